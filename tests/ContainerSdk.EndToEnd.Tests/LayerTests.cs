using System.Text.Json;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>How an application is cut into layers, and what a change leaves as it was.</summary>
public sealed class LayerTests
{
    private static readonly string[] App =
    [
        "644 0:0 /app/app.deps.json", "644 0:0 /app/app.dll", "644 0:0 /app/app.runtimeconfig.json", "644 0:0 /app/app.staticwebassets.endpoints.json", "644 0:0 /app/notice.txt",
    ];

    [DockerFact]
    public async Task Fix04_AFrameworkDependentApplicationIsCutByPackageOwnCutProjectAndApplication()
    {
        using var workspace = Shop();

        Publish(workspace, "layers:fdd");

        var layers = Layers("layers:fdd", 5);
        Assert.Equal(["644 0:0 /app/Newtonsoft.Json.dll"], Files(layers[0]));
        Assert.Equal(["644 0:0 /app/models/a.bin"], Files(layers[1]));
        Assert.Equal(["644 0:0 /app/lib.dll"], Files(layers[2]));
        Assert.Equal([.. App, "755 0:0 /app/tools/run"], Files(layers[3]));
        Assert.All(layers.Take(4), layer => Assert.Contains("755 0:0 /app/", layer));
        Assert.Empty(layers[4]);
        Assert.Equal(["1980-01-01T00:00:00.0000000+00:00"], ImageContent.Of("layers:fdd").Times.TakeLast(5).SelectMany(times => times).Distinct());
        using (var container = new RunningContainer("layers:fdd"))
            Assert.Equal("\"from the library\"", await container.GetAsync("/"));
        workspace.Passed = true;
    }

    [DockerFact]
    public void TheFrameworkOfASelfContainedApplicationIsALayerOfItsOwn()
    {
        using var workspace = Shop();

        Publish(workspace, "layers:sc", "-p:SelfContained=true");

        var layers = Layers("layers:sc", 6);
        Assert.Equal(
            ["644 0:0 /app/System.Private.CoreLib.dll", "644 0:0 /app/libcoreclr.so", "755 0:0 /app/createdump"],
            Files(layers[0]).Where(file => file.EndsWith("CoreLib.dll", StringComparison.Ordinal) || file.EndsWith("coreclr.so", StringComparison.Ordinal) || file.EndsWith("createdump", StringComparison.Ordinal)));
        Assert.Equal(["644 0:0 /app/Newtonsoft.Json.dll"], Files(layers[1]));
        Assert.Equal(["644 0:0 /app/lib.dll"], Files(layers[3]));
        Assert.Equal([.. App, "755 0:0 /app/app", "755 0:0 /app/tools/run"], Files(layers[4]));
        workspace.Passed = true;
    }

    [DockerFact]
    public void Fix08_AFreshBuildMakesTheSameLayersAndAChangedLineOneNewOne()
    {
        using var workspace = Shop();
        Publish(workspace, "layers:before");
        var before = Digests("layers:before");
        workspace.Write("app/Notice.cs", "internal static class Notice { public const int Version = 2; }");

        Publish(workspace, "layers:after");

        var after = Digests("layers:after");
        Assert.Equal([before.Length - 2], before.Zip(after).Index().Where(pair => pair.Item.First != pair.Item.Second).Select(pair => pair.Index));
        File.Delete(Path.Combine(workspace.Root, "app/Notice.cs"));
        Docker.Run("buildx", "build", "--no-cache", "--load", "--tag", "layers:fresh", "--file", Directory.EnumerateFiles(workspace.Root, "Dockerfile", SearchOption.AllDirectories).Single(), workspace.Root);
        Assert.Equal(before, Digests("layers:fresh"));
        workspace.Passed = true;
    }

    [DockerTheory]
    [InlineData("fdd")]
    [InlineData("sc", "-p:SelfContained=true")]
    public async Task TheHostsBuildGivesTheSameLayersFilesAndConfiguration(string tag, params string[] arguments)
    {
        using var workspace = Shop();
        Publish(workspace, $"layers-container:{tag}", arguments);
        Publish(workspace, $"layers-host:{tag}", ["-p:ContainerBuildMode=Host", .. arguments]);

        var (container, host) = (ImageContent.Of($"layers-container:{tag}"), ImageContent.Of($"layers-host:{tag}"));
        Assert.Equal(container.Layers, host.Layers);
        Assert.Equal(container.Times, host.Times);
        Assert.Equal(Text(container.Configuration), Text(host.Configuration));
        Assert.Equal(Digests($"layers-container:{tag}")[..^3], Digests($"layers-host:{tag}")[..^3]);
        using (var running = new RunningContainer($"layers-host:{tag}"))
            Assert.Equal("\"from the library\"", await running.GetAsync("/"));
        workspace.Passed = true;
    }

    private static Workspace Shop()
    {
        var workspace = new Workspace();
        workspace.Write("lib/lib.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><PackageReference Include="Newtonsoft.Json" Version="13.0.3" /></ItemGroup>
            </Project>
            """);
        workspace.Write("lib/Greeting.cs", """public static class Greeting { public static string Text => Newtonsoft.Json.JsonConvert.SerializeObject("from the library"); }""");
        workspace.Write("app/app.csproj", """
            <Project Sdk="Microsoft.NET.Sdk.Web;ContainerSdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="../lib/lib.csproj" />
                <Content Include="models/*;tools/*;notice.txt" CopyToPublishDirectory="PreserveNewest" />
                <ContainerLayer Include="models" Path="models/**" />
              </ItemGroup>
            </Project>
            """);
        workspace.Write("app/Program.cs", """
            var app = WebApplication.CreateBuilder(args).Build();
            app.MapGet("/", () => Greeting.Text);
            app.Run();
            """);
        workspace.Write("app/models/a.bin", "model");
        workspace.Write("app/notice.txt", "notice");
        CommandLine.Run(workspace.Root, "chmod", "700", workspace.Write("app/tools/run", "#!/bin/sh\n")).Expect();
        return workspace;
    }

    private static void Publish(Workspace workspace, string image, params string[] arguments) => workspace.DotNet(
        "app", ["publish", "-t:PublishContainer", "-warnaserror", $"-p:ContainerRepository={image.Split(':')[0]}", $"-p:ContainerImageTag={image.Split(':')[1]}", .. arguments]).Expect();

    private static IReadOnlyList<string>[] Layers(string image, int count) => [.. ImageContent.Of(image).Layers.TakeLast(count)];

    private static IEnumerable<string> Files(IEnumerable<string> layer) => layer.Where(entry => !entry.EndsWith('/'));

    private static string[] Digests(string image) => JsonSerializer.Deserialize<string[]>(Docker.Run("image", "inspect", "--format", "{{json .RootFS.Layers}}", image))!;

    private static string Text(JsonElement configuration) => configuration.GetProperty("config").GetRawText();
}
