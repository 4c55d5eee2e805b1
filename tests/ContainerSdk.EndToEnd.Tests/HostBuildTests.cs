using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>When a publish compiles on this machine, and when it does not need to.</summary>
public sealed class HostBuildTests
{
    private const string Base = $"{Registry.Open}/dotnet/aspnet:10.0";

    [RegistryFact]
    public void WhatWouldComeOutTheSameIsNotCompiledAgain()
    {
        using var workspace = new Workspace();
        var folder = Shop(workspace);
        File.CreateSymbolicLink(Path.Combine(folder, "gone"), "nowhere");
        File.CreateSymbolicLink(Path.Combine(folder, "loop"), "loop");

        Assert.Equal(["lib", "shop"], Compiled());
        Assert.Equal([], Compiled());
        Assert.Equal([], Compiled("-p:ContainerImageTag=next"));
        foreach (var change in new Action[]
        {
            () => workspace.Write("shop/Program.cs", Program + "// changed\n"),
            () => workspace.Write("shop/appsettings.json", "{}"),
            () => File.Delete(Path.Combine(folder, "appsettings.json")),
            () => workspace.Write("shared/Linked.cs", "internal static class Linked { public const int Value = 2; }"),
            () => workspace.Write("lib/Lib.cs", "public static class Lib { public const int Value = 2; }"),
            () => workspace.Write("Directory.Build.props", "<Project><PropertyGroup><Product>Changed</Product></PropertyGroup></Project>"),
        })
        {
            change();
            Assert.Equal(["lib", "shop"], Compiled());
        }

        Assert.Equal([], Compiled());
        Assert.Equal(["lib", "shop"], Compiled("-p:ContainerForceBuild=true"));
        Assert.Equal(["lib", "shop"], Compiled("-p:DefineConstants=FEATURE"));
        workspace.Passed = true;

        string[] Compiled(params string[] arguments) => CompiledBy(Publish(workspace, folder, arguments));
    }

    // What was restored before is used as it is: NuGet would find a change each time if the two restores were not the same.
    [RegistryFact]
    public void APublishRestoresOnce()
    {
        using var workspace = new Workspace();
        var folder = Shop(workspace);

        var first = Publish(workspace, folder, "-v:normal");
        var second = Publish(workspace, folder, "-v:normal", "-p:ContainerForceBuild=true");

        Assert.Equal(["shop.csproj", "lib.csproj"], first.LinesWith("Restored ").Select(line => line.Split('/')[^1].Split(' ')[0]).OrderDescending(StringComparer.Ordinal));
        Assert.Equal(["All projects are up-to-date for restore."], second.LinesWith("up-to-date for restore"));
        workspace.Passed = true;
    }

    [RegistryFact]
    public void PackagesOfOnePlatformAreRestoredForIt()
    {
        using var workspace = new Workspace();
        var folder = Shop(workspace);
        var project = File.ReadAllText(Path.Combine(folder, "shop.csproj"));
        workspace.Write("shop/shop.csproj", project.Replace("</ItemGroup>", """<PackageReference Include="Newtonsoft.Json" Version="13.0.4" Condition="'$(RuntimeIdentifier)' != ''" /></ItemGroup>""", StringComparison.Ordinal));
        workspace.Write("shop/Program.cs", "System.Console.WriteLine(typeof(Newtonsoft.Json.JsonConvert));\n");

        Assert.Equal(["lib", "shop"], CompiledBy(Publish(workspace, folder)));
        Assert.Equal([], CompiledBy(Publish(workspace, folder)));
        workspace.Passed = true;
    }

    private const string Program = "var app = WebApplication.CreateSlimBuilder(args).Build();\napp.MapGet(\"/\", () => Lib.Value + Linked.Value);\napp.Run();\n";

    private static string Shop(Workspace workspace)
    {
        workspace.Write("lib/lib.csproj", """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>""");
        workspace.Write("lib/Lib.cs", "public static class Lib { public const int Value = 1; }");
        workspace.Write("shared/Linked.cs", "internal static class Linked { public const int Value = 1; }");
        workspace.Write("shop/shop.csproj", """
            <Project Sdk="Microsoft.NET.Sdk.Web;ContainerSdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
              <ItemGroup><ProjectReference Include="../lib/lib.csproj" /><Compile Include="../shared/Linked.cs" /></ItemGroup>
            </Project>
            """);
        workspace.Write("shop/Program.cs", Program);
        Docker.Run("tag", "mcr.microsoft.com/dotnet/aspnet:10.0", Base);
        Docker.Run("push", "--quiet", Base);
        return Path.Combine(workspace.Root, "shop");
    }

    private static CommandResult Publish(Workspace workspace, string folder, params string[] arguments) =>
        workspace.DotNet(folder, ["publish", "-t:PublishContainer", "--nologo", "-p:ContainerEngine=embedded", $"-p:ContainerBaseImage={Base}", $"-p:ContainerRegistry={Registry.Open}", "-p:ContainerRepository=e2e/host-build", .. arguments]).Expect();

    /// <summary>The projects whose assembly the publish has made.</summary>
    private static string[] CompiledBy(CommandResult result) => [.. result.LinesWith(".dll").Select(line => line.Trim().Split(' ')[0]).Order(StringComparer.Ordinal)];
}
