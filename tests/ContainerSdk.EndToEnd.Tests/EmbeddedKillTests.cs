using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>A real publish that is killed with all its processes. Where else one may be killed is tried by ContainerSdk.Faults.Tests.</summary>
public sealed class EmbeddedKillTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Theory(SkipUnless = nameof(CanKill), Skip = "Only Unix has signals.")]
    [InlineData("cache/containersdk/unfinished")]
    [InlineData("out")]
    public async Task TheNextPublishMakesTheSameImage(string place)
    {
        using var workspace = new Workspace();
        var folder = Path.Combine(workspace.Root, "api");
        workspace.Write("api/api.csproj", """
            <Project Sdk="Microsoft.NET.Sdk;ContainerSdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Exe</OutputType>
                <SelfContained>true</SelfContained>
                <InvariantGlobalization>true</InvariantGlobalization>
                <ContainerEngine>embedded</ContainerEngine>
                <ContainerBaseImage>scratch</ContainerBaseImage>
                <ContainerRuntimeClosure>true</ContainerRuntimeClosure>
                <ContainerArchiveOutputPath>../out/api.tar</ContainerArchiveOutputPath>
              </PropertyGroup>
            </Project>
            """);
        workspace.Write("api/Program.cs", "return 0;");
        var environment = new Dictionary<string, string> { ["XDG_CACHE_HOME"] = Path.Combine(workspace.Root, "cache") };
        string[] arguments = ["publish", "-t:PublishContainer", "-nodeReuse:false", "-getProperty:GeneratedContainerDigest"];

        using (var process = CommandLine.Start(folder, environment, "dotnet", arguments))
        {
            var waiting = System.Diagnostics.Stopwatch.StartNew();
            while (!HasFile(Path.Combine(workspace.Root, place)) && !process.HasExited && waiting.Elapsed < Patience) await Task.Delay(1, TestContext.Current.CancellationToken);
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(137, process.ExitCode);
        }

        Assert.False(File.Exists(Path.Combine(workspace.Root, "out/api.tar")));
        Assert.DoesNotContain(Directory.EnumerateFiles(Path.Combine(folder, "obj"), "receipt.json", SearchOption.AllDirectories), receipt => File.ReadAllText(receipt).Contains("api.tar", StringComparison.Ordinal));
        var digest = workspace.DotNet(folder, environment, arguments).Expect().Output.Trim();
        var archive = await File.ReadAllBytesAsync(Path.Combine(workspace.Root, "out/api.tar"), TestContext.Current.CancellationToken);
        Assert.Equal(["api.tar"], Directory.GetFiles(Path.Combine(workspace.Root, "out")).Select(Path.GetFileName));
        foreach (var left in new[] { "cache", "out", "api/obj", "api/bin" }) Directory.Delete(Path.Combine(workspace.Root, left), recursive: true);
        Assert.Equal(digest, workspace.DotNet(folder, environment, arguments).Expect().Output.Trim());
        Assert.Equal(archive, await File.ReadAllBytesAsync(Path.Combine(workspace.Root, "out/api.tar"), TestContext.Current.CancellationToken));
        workspace.Passed = true;
    }

    public static bool CanKill => !OperatingSystem.IsWindows();

    private static bool HasFile(string folder) => Directory.Exists(folder) && Directory.EnumerateFiles(folder).Any();
}
