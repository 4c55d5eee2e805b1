using ContainerSdk.Images;
using ContainerSdk.Plan;
using Xunit;

namespace ContainerSdk.Engines.Tests;

/// <summary>ContainerImageFormat against what builder and store can do.</summary>
public sealed class DockerEngineFormatTests
{
    private const string Image =
        """
        [ "$1" = image ] && { echo '[{ "Id": "sha256:aa", "Config": {}, "Architecture": "amd64", "Os": "linux", "Size": 1, "RootFS": { "Layers": [] } }]'; exit 0; }
        echo '#5 writing image sha256:6633633b9e15acaa205afa403623672908c0fa1cbcff1bdcbeac46b24532184f done' >&2
        """;

    [Fact]
    public async Task CSDK3013_NoBuilderThatWritesOciForARegistry() => await AssertRefused(new RegistryDelivery());

    [Fact]
    public async Task CSDK3013_NoBuilderThatWritesOciForAnArchive() => await AssertRefused(new ArchiveDelivery("api.tar"));

    [Theory]
    [InlineData(OciWriters.None, null, "--load")]
    [InlineData(OciWriters.Builder, null, "--load")]
    [InlineData(OciWriters.Store, null, "--load")]
    [InlineData(OciWriters.None, ImageFormat.Docker, "--output type=docker,oci-mediatypes=false")]
    [InlineData(OciWriters.Store, ImageFormat.Docker, "--output type=docker,oci-mediatypes=false")]
    [InlineData(OciWriters.Builder, ImageFormat.Oci, "--load")]
    [InlineData(OciWriters.Store, ImageFormat.Oci, "--output type=docker,oci-mediatypes=true")]
    public async Task AStoreGetsTheFormatThatItCanKeep(string writers, ImageFormat? format, string expected)
    {
        using var docker = new FakeDocker($"{writers}\n{Image}");

        Assert.NotNull(await docker.Engine.BuildAsync(Request(format, new RegistryDelivery()), new RecordingReporter(), TestContext.Current.CancellationToken));

        Assert.Contains($"buildx build --progress plain --provenance=false {expected} --platform", docker.Calls.Single(call => call.StartsWith("buildx build", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnImageThatStaysInAClassicStoreHasItsFormat()
    {
        using var docker = new FakeDocker($"{OciWriters.None}\n{Image}");

        Assert.NotNull(await docker.Engine.BuildAsync(Request(ImageFormat.Oci, null), new RecordingReporter(), TestContext.Current.CancellationToken));
        Assert.Contains(" --load ", docker.Calls.Single(call => call.StartsWith("buildx build", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OciWriters.None, "builder 'default', driver docker")]
    [InlineData(OciWriters.Builder, "builder 'far', driver docker-container")]
    public async Task CSDK3012_AStoreThatKeepsOnePlatform(string writers, string builder)
    {
        using var docker = new FakeDocker(writers);
        var reporter = new RecordingReporter();

        Assert.Null(await docker.Engine.BuildAsync(TwoPlatforms, reporter, TestContext.Current.CancellationToken));

        Assert.Equal(
            [$"error CSDK3012: ContainerRuntimeIdentifiers asks for linux/amd64 and linux/arm64, but docker's image store ({builder}) keeps one platform of an image; turn on docker's containerd image store, or publish one platform with ContainerRuntimeIdentifier"],
            reporter.Diagnostics.Select(diagnostic => diagnostic.ToString()));
        Assert.Equal(["buildx inspect", "info --format {{json .DriverStatus}}"], docker.Calls);
    }

    [Fact]
    public async Task AStoreOfManifestsTakesSeveralPlatforms()
    {
        using var docker = new FakeDocker($"{OciWriters.Store}\n{Image}");

        Assert.NotNull(await docker.Engine.BuildAsync(TwoPlatforms, new RecordingReporter(), TestContext.Current.CancellationToken));

        Assert.Contains(" --load --platform linux/amd64,linux/arm64 ", docker.Calls.Single(call => call.StartsWith("buildx build", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private static BuildRequest TwoPlatforms => Requests.Plain with { Plan = Requests.Plain.Plan with { Platforms = [new Platform("linux", "amd64"), new Platform("linux", "arm64")] } };

    private static async Task AssertRefused(Delivery delivery)
    {
        using var docker = new FakeDocker(OciWriters.None);
        var reporter = new RecordingReporter();

        Assert.Null(await docker.Engine.BuildAsync(Request(ImageFormat.Oci, delivery), reporter, TestContext.Current.CancellationToken));

        Assert.Equal(
            ["error CSDK3013: ContainerImageFormat is 'OCI', but builder 'default' (driver docker) puts images into a store that keeps no manifest, and writes none itself; remove ContainerImageFormat, turn on docker's containerd image store, or choose a builder of another driver with 'docker buildx create --use'"],
            reporter.Diagnostics.Select(diagnostic => diagnostic.ToString()));
        Assert.Equal(["buildx inspect", "info --format {{json .DriverStatus}}"], docker.Calls);
    }

    private static BuildRequest Request(ImageFormat? format, Delivery? delivery) =>
        Requests.Plain with { Plan = Requests.Plain.Plan with { Format = format, Delivery = delivery } };
}
