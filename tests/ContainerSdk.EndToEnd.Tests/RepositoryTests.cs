using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>A repository of thirty projects, of which the application needs ten: what a change anywhere makes the builder do.</summary>
public sealed class RepositoryTests
{
    private const int Projects = 30;
    private const int Closure = 10;

    [DockerFact]
    public async Task AChangeRebuildsWhatDependsOnItAndNothingElse()
    {
        using var workspace = new Workspace();
        Write(workspace);
        var first = Publish(workspace, "first");
        Assert.Equal((1, 1), (first.Steps.Restores, first.Steps.Publishes));

        Append(workspace, "lib20/Part.cs", "// another application's");
        Append(workspace, "lib21/lib21.csproj", "<!-- another application's -->");
        workspace.Write("lib22/New.cs", "class New;");
        workspace.Write("docs/README.md", "nobody's");
        workspace.Write("lib1/bin/Debug/net10.0/lib1.dll", "a build's");
        var elsewhere = Publish(workspace, "elsewhere");
        Assert.Empty(elsewhere.Steps.Run);
        Assert.Equal(first.Steps.Run.Count + first.Steps.Cached.Count, elsewhere.Steps.Cached.Count);
        Assert.Equal(first.Image, elsewhere.Image);

        Append(workspace, "lib1/Part.cs", "static class Added;");
        var source = Publish(workspace, "source");
        Assert.Equal((0, 1), (source.Steps.Restores, source.Steps.Publishes));
        Assert.NotEqual(first.Image, source.Image);

        Append(workspace, "Directory.Packages.props", "<!-- the same versions, said anew -->");
        var packages = Publish(workspace, "packages");
        Assert.Equal((1, 1), (packages.Steps.Restores, packages.Steps.Publishes));

        using (var container = new RunningContainer("repository:latest"))
            Assert.Equal("9 8 7 6 5 4 3 2 1 {}", await container.GetAsync("/"));
        workspace.Passed = true;
    }

    private static (BuilderSteps Steps, string Image) Publish(Workspace workspace, string name)
    {
        var result = workspace.DotNet("app", "publish", "-t:PublishContainer", "-v:normal", "-p:ContainerRepository=repository", $"-p:ContainerImageTags={name}%3Blatest").Expect();
        return (BuilderSteps.Of(result), Docker.Run("image", "inspect", "--format", "{{.Id}}", $"repository:{name}").Trim());
    }

    // app refers to lib9, each library to the one before it; lib10 to lib29 are others'. A name of this run keeps engines from knowing the first build.
    private static void Write(Workspace workspace)
    {
        workspace.Write("Directory.Build.props", "<Project><PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup></Project>");
        workspace.Write("Directory.Packages.props", $"""
            <Project>
              <!-- {Guid.NewGuid()} -->
              <PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup>
              <ItemGroup><PackageVersion Include="Newtonsoft.Json" Version="13.0.3" /></ItemGroup>
            </Project>
            """);
        for (var i = 1; i < Projects; i++)
        {
            var reference = i is 1 or Closure ? "<PackageReference Include=\"Newtonsoft.Json\" />" : $"<ProjectReference Include=\"../lib{i - 1}/lib{i - 1}.csproj\" />";
            var value = i is 1 or Closure ? "Newtonsoft.Json.JsonConvert.SerializeObject(new { })" : $"Lib{i - 1}.Part.Text";
            workspace.Write($"lib{i}/lib{i}.csproj", $"<Project Sdk=\"Microsoft.NET.Sdk\"><ItemGroup>{reference}</ItemGroup></Project>");
            workspace.Write($"lib{i}/Part.cs", $"namespace Lib{i}; public static class Part {{ public static string Text => \"{i} \" + {value}; }}\n");
        }

        workspace.Write("app/app.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk.Web;ContainerSdk">
              <ItemGroup><ProjectReference Include="../lib{Closure - 1}/lib{Closure - 1}.csproj" /></ItemGroup>
            </Project>
            """);
        workspace.Write("app/Program.cs", Program($"{{Lib{Closure - 1}.Part.Text}}"));
    }

    private static string Program(string text) => $$"""
        var app = WebApplication.CreateBuilder(args).Build();
        app.MapGet("/", () => $"{{text}}");
        app.Run();
        """;

    private static void Append(Workspace workspace, string path, string text) => workspace.Write(path, $"{workspace.Read(path)}{text}\n");
}
