using ContainerSdk.Engines.Docker;
using Xunit;

namespace ContainerSdk.Engines.Tests;

/// <summary>What docker says when an image is to be looked into, by a command that plays docker.</summary>
public sealed class DockerEngineInspectionTests
{
    private const string Configuration = """{"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":["sha256:bb061a6753e0cc3bf831fdb41ac514f587aba20c3280f6817c4ffa6dd6a98a85"]}}""";

    [Fact]
    public async Task CSDK5023_AnImageThatDockerDoesNotHandOut()
    {
        using var docker = new FakeDocker("echo 'Error response from daemon: no space left on device' >&2; exit 1");
        var (folder, reporter) = (Directory.CreateTempSubdirectory("containersdk-inspection"), new RecordingReporter());
        var image = new BuiltImage([Requests.Image("api:1")], "sha256:aa", null, 4, [], "", Configuration);

        var images = await new DockerEngine(docker.Command, new EngineCache(folder.FullName, TimeProvider.System)).InspectAsync(Requests.Plain, image, reporter, TestContext.Current.CancellationToken);

        Assert.Null(images);
        Assert.Equal(["error CSDK5023: The image cannot be verified: 'docker save' says: Error response from daemon: no space left on device; publish again, or set ContainerVerify to none"], reporter.Diagnostics.Select(diagnostic => diagnostic.ToString().Replace(docker.Command, "docker", StringComparison.Ordinal)));
        Assert.Equal(["save"], docker.Calls.Select(call => call.Split(' ')[0]));
        folder.Delete(recursive: true);
    }
}
