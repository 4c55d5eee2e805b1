using ContainerSdk.Plan;
using Xunit;

namespace ContainerSdk.Engines.Tests;

public sealed class DockerEngineSaveTests
{
    [Fact]
    public async Task SavesUnderEveryName()
    {
        using var docker = new FakeDocker("exit 0");

        Assert.True(await docker.Engine.SaveAsync(Request(null), "/out/api.tar", new RecordingReporter(), TestContext.Current.CancellationToken));
        Assert.Equal(["save --output /out/api.tar docker.io/library/api:1.4 docker.io/library/api:latest"], docker.Calls);
    }

    [Fact]
    public async Task ABuilderBesideAClassicStoreWritesOciByItself()
    {
        using var docker = new FakeDocker(OciWriters.Builder + "\nexit 0");

        Assert.True(await docker.Engine.SaveAsync(Request(ImageFormat.Oci), "/out/api.tar", new RecordingReporter(), TestContext.Current.CancellationToken));
        Assert.Equal(
            "buildx build --progress plain --provenance=false --output type=oci,dest=/out/api.tar --tag docker.io/library/api:1.4 --tag docker.io/library/api:latest --platform linux/amd64 --file /repo/api/obj/container/Dockerfile --metadata-file /repo/api/obj/container/image.json.metadata /repo/api",
            docker.Calls[^1]);
    }

    [Theory]
    [InlineData(null, "echo 'no space left on device' >&2; exit 1")]
    [InlineData(ImageFormat.Oci, OciWriters.Builder + "\necho 'ERROR: failed to solve: no space left on device' >&2; exit 1")]
    public async Task CSDK3015_AnArchiveThatCannotBeWritten(ImageFormat? format, string script)
    {
        using var docker = new FakeDocker(script);
        var reporter = new RecordingReporter();

        Assert.False(await docker.Engine.SaveAsync(Request(format), "/out/api.tar.new", reporter, TestContext.Current.CancellationToken));
        Assert.Equal(
            ["error CSDK3015: ContainerArchiveOutputPath is 'out/api.tar', and the archive cannot be written: no space left on device; the image itself is finished, so that publishing again only writes the archive"],
            reporter.Diagnostics.Select(diagnostic => diagnostic.ToString()));
    }

    private static BuildRequest Request(ImageFormat? format)
    {
        var request = Requests.WithDestinations("api:1.4", "api:latest");
        return request with { Plan = request.Plan with { Delivery = new ArchiveDelivery("out/api.tar"), Format = format } };
    }
}
