using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>ContainerRegistry, with real registries.</summary>
public sealed class PushTests
{
    [RegistryFact]
    public async Task APushedImageIsPulledBackByItsDigestAndRuns()
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample("hello-go");

        var result = Publish(workspace, folder, Registry.Open, "e2e/pushed", "-p:ContainerImageTags=1.0 latest").Expect();

        Assert.Equal(
            [$"Pushed image 'e2e/pushed:1.0' to registry '{Registry.Open}'.", $"Pushed image 'e2e/pushed:latest' to registry '{Registry.Open}'."], result.LinesWith("Pushed image"));
        var outputs = Outputs(Publish(workspace, folder, Registry.Open, "e2e/pushed", "-p:ContainerImageTags=1.0 latest", "-getProperty:GeneratedContainerDigest", "-getProperty:GeneratedContainerManifest", "-getProperty:GeneratedContainerMediaType").Expect());
        var digest = outputs.GetProperty("GeneratedContainerDigest").GetString()!;
        Assert.Equal(digest, "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(outputs.GetProperty("GeneratedContainerManifest").GetString()!))));
        Assert.Equal("application/vnd.docker.distribution.manifest.v2+json", outputs.GetProperty("GeneratedContainerMediaType").GetString());
        Assert.All(result.LinesWith("app -> "), line => Assert.Contains($"@{digest} (", line, StringComparison.Ordinal));
        Docker.Run("rmi", "--force", $"{Registry.Open}/e2e/pushed:1.0", $"{Registry.Open}/e2e/pushed:latest");
        Docker.Run("pull", "--quiet", $"{Registry.Open}/e2e/pushed@{digest}");
        using (var container = new RunningContainer($"{Registry.Open}/e2e/pushed@{digest}")) Assert.Equal("Hello from Go\n", await container.GetAsync("/"));
        Docker.Run("rmi", "--force", $"{Registry.Open}/e2e/pushed@{digest}");
        workspace.Passed = true;
    }

    // The .NET SDK's own publishing adds tags such as 1.0-linux-x64.
    [RegistryFact]
    public async Task Fix09_ARegistryGetsTheTagsThatWereAskedForAndNoOthers()
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample("hello-go");

        Publish(workspace, folder, Registry.Open, "e2e/tags", "-p:ContainerImageTags=1.0 latest", "-p:ContainerRuntimeIdentifiers=linux-x64").Expect();

        Assert.Equal(["1.0", "latest"], await Registry.TagsAsync("e2e/tags"));
        workspace.Passed = true;
    }

    // MSBuild itself writes variables that begin with DOTNET into binary and diagnostic logs.
    [RegistryFact]
    public void ALockedRegistryTakesTheLoginOfTheEnvironmentAndNothingShowsIt()
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample("hello-go");
        var (_, password) = Registry.Login;
        var before = Directory.GetDirectories(Path.GetTempPath(), "containersdk-docker-*");

        var result = workspace.DotNet(folder, Registry.LoginAs("SDK_CONTAINER_REGISTRY"), [.. Arguments(Registry.Locked, "e2e/locked"), "-v:diagnostic", $"-bl:{folder}/obj/build.binlog"]).Expect();

        Assert.NotEmpty(result.LinesWith($"Pushed image 'e2e/locked:latest' to registry '{Registry.Locked}'."));
        Assert.DoesNotContain(password, result.Output, StringComparison.Ordinal);
        using (var binlog = new StreamReader(new GZipStream(File.OpenRead($"{folder}/obj/build.binlog"), CompressionMode.Decompress))) Assert.DoesNotContain(password, binlog.ReadToEnd(), StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, "obj", "container"), "*", SearchOption.AllDirectories))
            Assert.DoesNotContain(password, File.ReadAllText(file), StringComparison.Ordinal);
        Assert.Equal([], Directory.GetDirectories(Path.GetTempPath(), "containersdk-docker-*").Except(before));
        workspace.Passed = true;
    }

    [RegistryFact]
    public void CSDK4001_ALockedRegistrySaysHowToLogInAndTheNextPublishOnlyPushes()
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample("hello-go");

        var first = Publish(workspace, folder, Registry.Locked, "e2e/later").Expect(1);
        var second = workspace.DotNet(folder, Registry.LoginAs("DOTNET_CONTAINER_PUSH_REGISTRY"), [.. Arguments(Registry.Locked, "e2e/later"), "-v:normal"]).Expect();

        Assert.Equal(
            [
                $"{folder}/app.containerproj : error CSDK4001: ContainerRegistry '{Registry.Locked}' does not take 'e2e/later:latest' without a valid login (no basic auth credentials); run 'docker login {Registry.Locked}', or set the environment variables DOTNET_CONTAINER_PUSH_REGISTRY_UNAME and DOTNET_CONTAINER_PUSH_REGISTRY_PWORD",
                $"{folder}/app.containerproj : error CSDK4001:   The image is in the engine as {Registry.Locked}/e2e/later:latest; publishing again only pushes it.",
            ],
            first.LinesWith("error CSDK"));
        Assert.Empty(second.LinesWith("[build "));
        Assert.Equal([$"Pushed image 'e2e/later:latest' to registry '{Registry.Locked}'."], second.LinesWith("Pushed image"));
        workspace.Passed = true;
    }

    [RegistryFact]
    public void ABaseImageIsPulledWithTheLoginOfTheEnvironment()
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample("hello-go");
        var image = $"{Registry.Locked}/e2e/base:latest";
        workspace.DotNet(folder, Registry.LoginAs("DOTNET_CONTAINER_REGISTRY"), Arguments(Registry.Locked, "e2e/base")).Expect();
        Docker.Run("rmi", "--force", image);
        string[] onBase = ["publish", "-t:PublishContainer", "-p:ContainerRepository=e2e-on-base", $"-p:ContainerBaseImage={image}", "-clp:NoSummary"];

        var without = workspace.DotNet(folder, onBase).Expect(1);
        var general = workspace.DotNet(folder, Registry.LoginAs("DOTNET_CONTAINER_REGISTRY"), onBase).Expect(1);
        workspace.DotNet(folder, Registry.LoginAs("DOTNET_CONTAINER_PULL_REGISTRY"), onBase).Expect();

        foreach (var result in new[] { without, general })
            Assert.StartsWith($"{folder}/app.containerproj : error CSDK4008: The registry of '{image}' does not give it without a valid login (", Assert.Single(result.LinesWith("error CSDK")), StringComparison.Ordinal);
        workspace.Passed = true;
    }

    [DockerFact]
    public void CSDK4004_ARegistryThatIsNotThereIsNamed()
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample("hello-go");

        var result = Publish(workspace, folder, "localhost:1", "e2e/nowhere").Expect(1);

        Assert.StartsWith(
            $"{folder}/app.containerproj : error CSDK4004: ContainerRegistry 'localhost:1' cannot be reached to push 'e2e/nowhere:latest' (Get \"http://localhost:1/v2/\": dial tcp ", result.LinesWith("error CSDK")[0], StringComparison.Ordinal);
        workspace.Passed = true;
    }

    private static CommandResult Publish(Workspace workspace, string folder, string registry, string repository, params string[] more) =>
        workspace.DotNet(folder, [.. Arguments(registry, repository), .. more]);

    private static string[] Arguments(string registry, string repository) =>
        ["publish", "-t:PublishContainer", "--nologo", "-clp:NoSummary", $"-p:ContainerRegistry={registry}", $"-p:ContainerRepository={repository}"];

    private static JsonElement Outputs(CommandResult result) => JsonDocument.Parse(result.Output).RootElement.GetProperty("Properties");
}
