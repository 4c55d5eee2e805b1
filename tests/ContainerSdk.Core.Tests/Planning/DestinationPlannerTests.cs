using ContainerSdk.Inputs;
using ContainerSdk.Plan;
using Xunit;

namespace ContainerSdk.Core.Tests.Planning;

public sealed class DestinationPlannerTests
{
    [Theory]
    [InlineData("1.0;latest")]
    [InlineData("1.0,latest")]
    [InlineData("1.0 latest")]
    [InlineData(" 1.0 ;\n  latest;;")]
    [InlineData("1.0\tlatest\r\n")]
    [InlineData("1.0;latest;1.0")]
    public void TagsAreSeparatedBySemicolonCommaOrBlankAndKeepTheirOrder(string tags) =>
        Assert.Equal("docker.io/library/app:1.0 docker.io/library/app:latest", Destinations(("ContainerImageTags", tags)));

    [Fact]
    public void OneTagMayStandInContainerImageTag() => Assert.Equal("docker.io/library/app:2.0", Destinations(("ContainerImageTag", "2.0")));

    [Fact]
    public void TheTagIsLatestUnlessChosen() => Assert.Equal("docker.io/library/app:latest", Destinations());

    [Theory]
    [InlineData("localhost:5000", "Team/My.App", "localhost:5000/team/my-app:latest")]
    [InlineData(" registry.example.com ", " app ", "registry.example.com/app:latest")]
    [InlineData("localhost", "app", "localhost/app:latest")]
    [InlineData("docker.io", "app", "docker.io/library/app:latest")]
    [InlineData("[::1]:5000", "app", "[::1]:5000/app:latest")]
    public void RegistryAndRepositoryComeBeforeTheTag(string registry, string repository, string expected) =>
        Assert.Equal(expected, Destinations(("ContainerRegistry", registry), ("ContainerRepository", repository)));

    [Theory]
    [InlineData("ContainerImageTag", ";")]
    [InlineData("ContainerImageTags", ";")]
    [InlineData("ContainerImageTags", " , ")]
    public void TagsThatNameNoneAreRefused(string property, string tags) => Assert.Equal("CSDK1004", Codes((property, tags)));

    [Theory]
    [InlineData("registry")]
    [InlineData("team")]
    public void ARegistryThatDockerWouldTakeForAFolderOfItsHubIsRefused(string registry) => Assert.Equal("CSDK1034", Codes(("ContainerRegistry", registry)));

    [Theory]
    [InlineData("registry.example.com")]
    [InlineData("docker.io")]
    public void ANameTooLongWithItsRegistryIsRefused(string registry) =>
        Assert.Equal("CSDK1003", Codes(("ContainerRegistry", registry), ("ContainerRepository", new string('a', 250))));

    [Fact]
    public void AnImageStaysInTheEngineUnlessAPropertyNamesAnotherPlace() => Assert.Null(Delivery());

    [Theory]
    [InlineData("localhost:5000")]
    [InlineData("docker.io")]
    public void ARegistryIsPushedTo(string registry) => Assert.Equal(new RegistryDelivery(), Delivery(("ContainerRegistry", registry)));

    [Theory]
    [InlineData("out/app.tar.gz", "out/app.tar.gz")]
    [InlineData(" /srv/images/ ", "/srv/images/")]
    [InlineData("app.tgz", "app.tgz")]
    [InlineData("app", "app")]
    public void AnArchiveKeepsThePathThatItWasGiven(string path, string expected) => Assert.Equal(new ArchiveDelivery(expected), Delivery(("ContainerArchiveOutputPath", path)));

    [Fact]
    public void AnArchiveComesBeforeARegistry() =>
        Assert.Equal(new ArchiveDelivery("app.tar"), Delivery(("ContainerArchiveOutputPath", "app.tar"), ("ContainerRegistry", "localhost:5000")));

    [Fact]
    public void ABlankArchivePathIsNone() => Assert.Null(Delivery(("ContainerArchiveOutputPath", " ")));

    [Theory]
    [InlineData("app.tar.zst")]
    [InlineData("app.tar.bz2")]
    [InlineData("app.TAR.XZ")]
    [InlineData("app.tar.lz4")]
    [InlineData("app.zip")]
    [InlineData("app.7z")]
    public void AnArchiveOfAnotherCompressionIsRefused(string path) => Assert.Equal("CSDK1035", Codes(("ContainerArchiveOutputPath", path)));

    [Theory]
    [InlineData(null, null)]
    [InlineData("OCI", ImageFormat.Oci)]
    [InlineData("docker", ImageFormat.Docker)]
    public void TheFormatIsTheEnginesUnlessChosen(string? text, ImageFormat? expected) =>
        Assert.Equal(expected, (text is null ? SampleInputs.Valid : SampleInputs.Valid.With("ContainerImageFormat", text)).Planned().Format);

    private static Delivery? Delivery(params ReadOnlySpan<(string Name, string Value)> properties) => Inputs(properties).Planned().Delivery;

    private static string Destinations(params ReadOnlySpan<(string Name, string Value)> properties) => string.Join(' ', Inputs(properties).Planned().Destinations);

    private static string Codes(params ReadOnlySpan<(string Name, string Value)> properties) =>
        string.Join(' ', Inputs(properties).Plan().Diagnostics.Select(diagnostic => diagnostic.Descriptor.Id));

    private static ContainerInputs Inputs(ReadOnlySpan<(string Name, string Value)> properties)
    {
        var inputs = SampleInputs.Valid;
        foreach (var (name, value) in properties) inputs = inputs.With(name, value);
        return inputs;
    }
}
