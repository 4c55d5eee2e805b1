using System.IO.Compression;
using System.Text.Json;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>ContainerArchiveOutputPath and ContainerImageFormat.</summary>
public sealed class ArchiveTests
{
    // The .NET SDK's own publishing writes a plain tar file under such a name.
    [DockerFact]
    public async Task Fix05_AnArchiveNamedTarGzIsGzippedAndLoadsUnderEveryName()
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample("hello-go");
        var archive = Path.Combine(folder, "out", "e2e", "archived.tar.gz");

        var result = Publish(workspace, folder, "-p:ContainerArchiveOutputPath=out/", "-p:ContainerImageTags=1.0 latest").Expect();

        Assert.Equal([$"Pushed image 'e2e/archived:1.0' to local archive at '{archive}'.", $"Pushed image 'e2e/archived:latest' to local archive at '{archive}'."], result.LinesWith("Pushed image"));
        await using (var gzip = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress)) await gzip.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);
        Docker.Run("rmi", "--force", "e2e/archived:1.0", "e2e/archived:latest");
        Docker.Run("load", "--input", archive);
        using (var container = new RunningContainer("e2e/archived:1.0")) Assert.Equal("Hello from Go\n", await container.GetAsync("/"));
        Assert.Equal(Docker.Run("image", "inspect", "--format", "{{.Id}}", "e2e/archived:1.0"), Docker.Run("image", "inspect", "--format", "{{.Id}}", "e2e/archived:latest"));
        workspace.Passed = true;
    }

    [DockerFact]
    public void AnArchiveIsNoSourceOfTheNextImageAndIsWrittenAgainWhenItIsGone()
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample("hello-go");
        var archive = Path.Combine(folder, "api.tar");
        Publish(workspace, folder, "-p:ContainerArchiveOutputPath=api.tar").Expect();

        var second = Publish(workspace, folder, "-p:ContainerArchiveOutputPath=api.tar").Expect();
        File.Delete(archive);
        var third = Publish(workspace, folder, "-p:ContainerArchiveOutputPath=api.tar", "-v:normal").Expect();
        var path = Publish(workspace, folder, "-p:ContainerArchiveOutputPath=api.tar", "-getProperty:GeneratedArchiveOutputPath").Expect().Output;

        Assert.Equal(["app -> docker.io/e2e/archived:latest (up to date)"], second.LinesWith("->"));
        Assert.Equal([$"Pushed image 'e2e/archived:latest' to local archive at '{archive}'."], third.LinesWith("Pushed image"));
        Assert.Empty(third.LinesWith("[build "));
        Assert.Equal(archive, path);
        Assert.NotEqual(0x1f, File.ReadAllBytes(archive)[0]);
        workspace.Passed = true;
    }

    [DockerFact]
    public void CSDK3013_OciIsWrittenOrRefusedButNeverPretended()
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample("hello-go");
        var keepsManifests = Docker.Run("info", "--format", "{{json .DriverStatus}}").Contains("io.containerd.snapshotter", StringComparison.Ordinal);
        var isPlain = Docker.Run("buildx", "inspect").Split('\n').Any(line => line.StartsWith("Driver:", StringComparison.Ordinal) && line.Split(' ')[^1] == "docker");

        var result = Publish(workspace, folder, "-p:ContainerArchiveOutputPath=api.tar", "-p:ContainerImageFormat=OCI", "-getProperty:GeneratedContainerMediaType");

        if (isPlain && !keepsManifests)
        {
            result.Expect(1);
            Assert.Contains("error CSDK3013: ContainerImageFormat is 'OCI', but builder 'default' (driver docker) ", Assert.Single(result.LinesWith("error CSDK")), StringComparison.Ordinal);
            Assert.False(File.Exists(Path.Combine(folder, "api.tar")));
        }
        else
        {
            Assert.Equal("application/vnd.oci.image.manifest.v1+json", result.Expect().Output);
        }

        workspace.Passed = true;
    }

    private static CommandResult Publish(Workspace workspace, string folder, params string[] more) =>
        workspace.DotNet(folder, ["publish", "-t:PublishContainer", "--nologo", "-clp:NoSummary", "-p:ContainerRepository=e2e/archived", .. more]);
}
