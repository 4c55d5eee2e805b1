using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>The repositories under <c>tests/graph</c>, built and asked.</summary>
public sealed class GraphBuildTests
{
    [DockerTheory]
    [InlineData("fsharp", "from F#")]
    [InlineData("visual-basic", "from Visual Basic")]
    [InlineData("source-generator", "from a generator")]
    [InlineData("multi-target-library", "from net10.0")]
    [InlineData("central-packages", """{"from":"a package"}""")]
    [InlineData("razor-class-library", "from a Razor page")]
    [InlineData("linked-files", "One A C Used True")]
    [InlineData("nested-projects", "Shared Class True")]
    [InlineData("special-names", "Hash Bang Name AB Dollar Blank")]
    [InlineData("symbolic-links", "One A B")]
    public async Task WhatTheContextHoldsIsEnough(string name, string answer)
    {
        using var workspace = new Workspace();
        GraphFeature.Read(name).WriteTo(workspace);

        workspace.DotNet("app", "publish", "-t:PublishContainer", $"-p:ContainerRepository=graph-{name}").Expect();

        using (var container = new RunningContainer($"graph-{name}:latest"))
            Assert.Equal(answer, (await container.GetAsync("/")).Trim());
        workspace.Passed = true;
    }

    /// <summary>Locked restore, from a feed that travels with the repository, where the lock files know of the image's platform nothing, or enough.</summary>
    [DockerTheory]
    [InlineData("portable", "", "")]
    [InlineData("declared", "<SelfContained>true</SelfContained><RuntimeIdentifiers>linux-x64</RuntimeIdentifiers>", "\"-r\", \"linux-x64\"")]
    public async Task ALockedRestoreTakesItsPackagesFromTheRepository(string name, string properties, string published)
    {
        using var workspace = new Workspace();
        LockedRepository(workspace, properties);
        workspace.DotNet("greeting", "pack", "-o", "../feed").Expect();
        workspace.DotNet("app", "restore").Expect();

        workspace.DotNet("app", "publish", "-t:PublishContainer", $"-p:ContainerRepository=locked-{name}").Expect();

        using (var container = new RunningContainer($"locked-{name}:latest"))
            Assert.Equal("from a feed", await container.GetAsync("/"));
        var dockerfile = Directory.EnumerateFiles(Path.Combine(workspace.Root, "app/obj"), "Dockerfile", SearchOption.AllDirectories).Single();
        var runs = File.ReadAllLines(dockerfile).Where(line => line.StartsWith("RUN ", StringComparison.Ordinal)).ToArray();
        Assert.Contains("\"-p:RestoreLockedMode=true\"", runs[0], StringComparison.Ordinal);
        Assert.DoesNotContain("--source=", runs[0], StringComparison.Ordinal);
        Assert.DoesNotContain("-p:RuntimeIdentifier=", runs[0], StringComparison.Ordinal);
        Assert.Equal(published.Length > 0, runs[1].Contains("\"-r\", \"linux-x64\"", StringComparison.Ordinal));
        workspace.Passed = true;
    }

    // A package of the repository, a library that uses it, and an application; each but the package with a lock file. The package's version is that of this
    // run, because NuGet never looks twice at one that it knows.
    private static void LockedRepository(Workspace workspace, string properties)
    {
        var version = $"1.0.0-test.{Guid.NewGuid():n}";
        workspace.Write("feed/.gitkeep", "");
        File.Copy(Path.Combine(PackedSdk.Feed, $"ContainerSdk.{PackedSdk.Version}.nupkg"), Path.Combine(workspace.Root, "feed", $"ContainerSdk.{PackedSdk.Version}.nupkg"));
        workspace.Write("nuget.config", """<configuration><packageSources><add key="own" value="feed" /></packageSources></configuration>""");
        workspace.Write("Directory.Build.props", "<Project><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>");
        workspace.Write("greeting/greeting.csproj", $"""<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><PackageId>ContainerSdk.Tests.Greeting</PackageId><Version>{version}</Version></PropertyGroup></Project>""");
        workspace.Write("greeting/Greeting.cs", """public static class Greeting { public static string Text => "from a feed"; }""");
        workspace.Write("lib/lib.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><RestorePackagesWithLockFile>true</RestorePackagesWithLockFile></PropertyGroup>
              <ItemGroup><PackageReference Include="ContainerSdk.Tests.Greeting" Version="{version}" /></ItemGroup>
            </Project>
            """);
        workspace.Write("app/app.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk.Web;ContainerSdk">
              <PropertyGroup><RestorePackagesWithLockFile>true</RestorePackagesWithLockFile><ImplicitUsings>enable</ImplicitUsings>{properties}</PropertyGroup>
              <ItemGroup><ProjectReference Include="../lib/lib.csproj" /></ItemGroup>
            </Project>
            """);
        workspace.Write("app/Program.cs", """
            var app = WebApplication.CreateBuilder(args).Build();
            app.MapGet("/", () => Greeting.Text);
            app.Run();
            """);
    }
}
