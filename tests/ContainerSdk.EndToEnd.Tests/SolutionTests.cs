using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>A solution is published as one command: what is an application gets an image, and the rest says why not.</summary>
public sealed class SolutionTests
{
    [DockerFact]
    public async Task ExactlyTheApplicationsOfASolutionGetImages()
    {
        using var workspace = new Workspace();
        Write(workspace);

        var result = workspace.DotNet("", "publish", "App.slnx", "-t:PublishContainer", "--nologo").Expect();

        Assert.Equal(["api -> docker.io/e2e/solution-api:latest", "worker -> docker.io/e2e/solution-worker:latest"], result.LinesWith(" -> docker.io/").Select(line => line.Split(" (")[0]).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["lib: no image, because it is no application", "shared: no image, because it is no application", "tests: no image, because it is a test project"],
            result.LinesWith(": no image, ").Select(line => line.Split(" (")[0]).Distinct().Order(StringComparer.Ordinal));
        using (var container = new RunningContainer("e2e/solution-api")) Assert.Equal("lib shared", await container.GetAsync("/"));
        using (var container = new RunningContainer("e2e/solution-worker")) Assert.Equal("lib", container.Output());
        workspace.Passed = true;
    }

    [DockerTheory]
    [InlineData("App.slnx", "slnx")]
    [InlineData("App.sln", "sln")]
    public async Task AProjectInAnotherLanguageIsAddedToASolutionAndPublishedWithIt(string solution, string format)
    {
        using var workspace = new Workspace();
        Project(workspace, "mixed", "Microsoft.NET.Sdk.Web", "net10.0");
        workspace.Write("mixed/Program.cs", "var app = Microsoft.AspNetCore.Builder.WebApplication.Create(args);\nMicrosoft.AspNetCore.Builder.EndpointRouteBuilderExtensions.MapGet(app, \"/\", () => \"mixed\");\napp.Run();\n");
        workspace.CopySample("hello-go");
        workspace.DotNet("", "new", "sln", "--name", "App", "--format", format).Expect();
        workspace.DotNet("", "sln", solution, "add", "mixed/mixed.csproj", "hello-go/app.containerproj").Expect();

        var result = workspace.DotNet("", "publish", solution, "-t:PublishContainer", "--nologo", "-warnaserror", "-p:ContainerImageTag=solution").Expect();

        Assert.Equal(["app -> docker.io/library/hello-go:solution", "mixed -> docker.io/e2e/solution-mixed:solution"], result.LinesWith(" -> docker.io/").Select(line => line.Split(" (")[0]).Order(StringComparer.Ordinal));
        using (var container = new RunningContainer("e2e/solution-mixed:solution")) Assert.Equal("mixed", await container.GetAsync("/"));
        using (var container = new RunningContainer("hello-go:solution")) Assert.Equal("Hello from Go\n", await container.GetAsync("/"));
        workspace.Passed = true;
    }

    private static void Write(Workspace workspace)
    {
        workspace.Write("App.slnx", """
            <Solution>
              <Project Path="api/api.csproj" />
              <Project Path="worker/worker.csproj" />
              <Project Path="lib/lib.csproj" />
              <Project Path="shared/shared.csproj" />
              <Project Path="tests/tests.csproj" />
            </Solution>
            """);
        Project(workspace, "api", "Microsoft.NET.Sdk.Web", "net10.0", "<ProjectReference Include=\"../lib/lib.csproj\" /><ProjectReference Include=\"../shared/shared.csproj\" />");
        workspace.Write("api/Program.cs", "using Microsoft.AspNetCore.Builder;\nvar app = WebApplication.CreateBuilder(args).Build();\napp.MapGet(\"/\", () => Lib.Text + \" \" + Shared.Text);\napp.Run();\n");
        Project(workspace, "worker", "Microsoft.NET.Sdk.Worker", "net10.0", "<ProjectReference Include=\"../lib/lib.csproj\" />");
        workspace.Write("worker/Program.cs", "System.Console.WriteLine(Lib.Text);\n");
        Project(workspace, "lib", "Microsoft.NET.Sdk", "net10.0");
        workspace.Write("lib/Lib.cs", "public static class Lib { public const string Text = \"lib\"; }\n");
        Project(workspace, "shared", "Microsoft.NET.Sdk", "net9.0;net10.0");
        workspace.Write("shared/Shared.cs", "public static class Shared { public const string Text = \"shared\"; }\n");
        Project(workspace, "tests", "Microsoft.NET.Sdk", "net10.0", "<ProjectReference Include=\"../lib/lib.csproj\" />", "<OutputType>Exe</OutputType><IsTestProject>true</IsTestProject>");
        workspace.Write("tests/Program.cs", "System.Console.WriteLine(Lib.Text);\n");
    }

    private static void Project(Workspace workspace, string name, string sdk, string frameworks, string items = "", string properties = "") =>
        workspace.Write($"{name}/{name}.csproj", $"""
            <Project Sdk="{sdk};ContainerSdk">
              <PropertyGroup>
                <TargetFramework{(frameworks.Contains(';', StringComparison.Ordinal) ? "s" : "")}>{frameworks}</TargetFramework{(frameworks.Contains(';', StringComparison.Ordinal) ? "s" : "")}>
                <ContainerRepository>e2e/solution-{name}</ContainerRepository>
                {properties}
              </PropertyGroup>
              <ItemGroup>{items}</ItemGroup>
            </Project>
            """);
}
