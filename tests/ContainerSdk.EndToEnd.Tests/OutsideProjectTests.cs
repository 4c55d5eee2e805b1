using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>Projects as users have them: from a template, with references, through each door.</summary>
public sealed class OutsideProjectTests
{
    public static TheoryData<string, string> Doors => new()
    {
        { "sdk-list", """<Project Sdk="Microsoft.NET.Sdk.Web;ContainerSdk/VERSION">BODY</Project>""" },
        { "sdk-element", """<Project Sdk="Microsoft.NET.Sdk.Web"><Sdk Name="ContainerSdk" Version="VERSION" />BODY</Project>""" },
        { "alone", """<Project Sdk="ContainerSdk/VERSION">BODY<ItemGroup><FrameworkReference Include="Microsoft.AspNetCore.App" /></ItemGroup><PropertyGroup><OutputType>Exe</OutputType></PropertyGroup></Project>""" },
        { "global-json", """<Project Sdk="Microsoft.NET.Sdk.Web;ContainerSdk">BODY</Project>""" },
        { "package", """<Project Sdk="Microsoft.NET.Sdk.Web">BODY<ItemGroup><PackageReference Include="ContainerSdk" Version="VERSION" PrivateAssets="all" /></ItemGroup></Project>""" },
    };

    [DockerFact]
    public async Task AWebApiFromTheTemplateNeedsOneLineMore()
    {
        using var workspace = new Workspace();
        workspace.DotNet(".", "new", "webapi", "--output", "weather", "--no-openapi", "--no-restore").Expect();
        var project = workspace.Read("weather/weather.csproj").Replace("\"Microsoft.NET.Sdk.Web\"", $"\"Microsoft.NET.Sdk.Web;ContainerSdk/{PackedSdk.Version}\"", StringComparison.Ordinal);
        workspace.Write("weather/weather.csproj", project);

        workspace.DotNet("weather", "publish", "-t:PublishContainer", "-warnaserror").Expect();

        using (var container = new RunningContainer("weather:latest"))
        {
            Assert.StartsWith("[{\"date\":", await container.GetAsync("/weatherforecast"), StringComparison.Ordinal);
            Assert.Equal("1654:1654", container.ProcessIds());
        }

        workspace.Passed = true;
    }

    [DockerTheory]
    [MemberData(nameof(Doors))]
    public async Task EveryDoorLeadsToAnImageThatAnswers(string door, string project)
    {
        using var workspace = new Workspace();
        const string Body = "<PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>";
        workspace.Write("door/door.csproj", project.Replace("BODY", Body, StringComparison.Ordinal).Replace("VERSION", PackedSdk.Version, StringComparison.Ordinal));
        workspace.Write("door/Program.cs", $"""
            var app = Microsoft.AspNetCore.Builder.WebApplication.CreateBuilder(args).Build();
            Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions.MapGet(app, "/", () => "{door}");
            app.Run();
            """);

        workspace.DotNet("door", "publish", "-warnaserror", $"-p:ContainerRepository=door-{door}").Expect();

        using (var container = new RunningContainer($"door-{door}:latest"))
            Assert.Equal(door, await container.GetAsync("/"));
        workspace.Passed = true;
    }

    [DockerFact]
    public async Task ASelfContainedProjectWithReferencesRunsOnTheBaseWithoutARuntime()
    {
        using var workspace = new Workspace();
        workspace.Write("Directory.Build.props", "<Project><PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup></Project>");
        workspace.Write("lib/lib.csproj", """<Project Sdk="Microsoft.NET.Sdk" />""");
        workspace.Write("lib/Greeting.cs", """public static class Greeting { public static string Text => "from the library"; }""");
        workspace.Write("app/app.csproj", """
            <Project Sdk="Microsoft.NET.Sdk.Web;ContainerSdk">
              <PropertyGroup><SelfContained>true</SelfContained><RuntimeIdentifier>linux-x64</RuntimeIdentifier></PropertyGroup>
              <ItemGroup><ProjectReference Include="../lib/lib.csproj" /></ItemGroup>
            </Project>
            """);
        workspace.Write("app/Program.cs", """
            var app = WebApplication.CreateBuilder(args).Build();
            app.MapGet("/", () => Greeting.Text);
            app.Run();
            """);

        workspace.DotNet("app", "publish", "-t:PublishContainer", "-warnaserror", "-p:ContainerRepository=self-contained").Expect();

        using (var container = new RunningContainer("self-contained:latest"))
            Assert.Equal("from the library", await container.GetAsync("/"));
        var image = ImageContent.Of("self-contained:latest");
        Assert.Equal(["/app/app"], image.Configuration.GetProperty("config").GetProperty("Entrypoint").EnumerateArray().Select(word => word.GetString()));
        Assert.DoesNotContain(image.Paths, path => path.StartsWith("/usr/share/dotnet/", StringComparison.Ordinal) || path.EndsWith(".pdb", StringComparison.Ordinal));
        workspace.Passed = true;
    }

    [DockerFact]
    public async Task LinkedFilesThatOnlyTheirOwnerMayReadAreReadInTheContainer()
    {
        using var workspace = new Workspace();
        workspace.Write("common/Greeting.cs", """internal static class Greeting { public static string Text => System.IO.File.ReadAllText("data/greeting.txt"); }""");
        CommandLine.Run(workspace.Root, "chmod", "600", workspace.Write("data/deep/greeting.txt", "from a linked file")).Expect();
        workspace.Write("app/app.csproj", """
            <Project Sdk="Microsoft.NET.Sdk.Web;ContainerSdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
              <ItemGroup>
                <Compile Include="../common/Greeting.cs" />
                <Content Include="../data/deep/greeting.txt" Link="data/greeting.txt" CopyToPublishDirectory="PreserveNewest" />
              </ItemGroup>
            </Project>
            """);
        workspace.Write("app/Program.cs", """
            var app = WebApplication.CreateBuilder(args).Build();
            app.MapGet("/", () => Greeting.Text);
            app.Run();
            """);

        workspace.DotNet("app", "publish", "-t:PublishContainer", "-warnaserror", "-p:ContainerRepository=linked").Expect();

        using (var container = new RunningContainer("linked:latest"))
            Assert.Equal("from a linked file", await container.GetAsync("/"));
        workspace.Passed = true;
    }
}
