using ContainerSdk.Inputs;
using ContainerSdk.Plan;
using Xunit;

namespace ContainerSdk.Core.Tests.Planning;

public sealed class PackagePlannerTests
{
    [Theory]
    [InlineData("debian:bookworm-slim", "Apt: tini, libicu72=72.1-3")]
    [InlineData("alpine:3.22", "Apk: tini, icu-libs")]
    [InlineData("mcr.microsoft.com/dotnet/aspnet:10.0-azurelinux3.0", "Tdnf: tini")]
    public void AnItemOfAManagerAppliesOnlyWhereTheBaseHasIt(string image, string expected) => Assert.Equal(
        expected,
        Text(SampleInputs.Valid.With("ContainerBaseImage", image).WithItem("ContainerPackage", "tini")
            .WithItem("ContainerPackage", "libicu72", ("Version", "72.1-3"), ("Manager", "apt")).WithItem("ContainerPackage", "icu-libs", ("Manager", " APK "))));

    [Theory]
    [InlineData("scratch")]
    [InlineData("gcr.io/distroless/static-debian12:nonroot")]
    public void ItemsOfAManagerAreNoMistakeWhereThereIsNone(string image) =>
        Assert.Empty(SampleInputs.Valid.With("ContainerBaseImage", image).WithItem("ContainerPackage", "icu-libs", ("Manager", "apk")).Planned().Runtime.Preparation);

    [Fact]
    public void APackageIsThereOnceAndAnImpliedOneDoesNotReplaceItsVersion() => Assert.Equal(
        "Apt: tzdata=2026a-0, curl, ca-certificates",
        Text(SampleInputs.Valid.With("ContainerCaCertificates", "true").With("ContainerTimeZoneData", "true")
            .WithItem("ContainerPackage", "tzdata", ("Version", "2026a-0")).WithItem("ContainerPackage", "curl").WithItem("ContainerPackage", "curl")));

    [Fact]
    public void BuilderPackagesKnowManagersToo() => Assert.Equal(
        [new OsPackage("clang", null)],
        SampleInputs.Valid.WithItem("ContainerBuilderPackage", "clang", ("Manager", "apt")).WithItem("ContainerBuilderPackage", "build-base", ("Manager", "apk")).Planned().Builders[0].Packages!.Packages);

    [Fact]
    public void AnUnknownManagerIsRefused() => Assert.Equal(
        "error CSDK1011: Manager of ContainerPackage 'curl' is 'yum'; expected one of: Apt, Apk, Tdnf",
        SampleInputs.Valid.WithItem("ContainerPackage", "curl", ("Manager", "yum")).Said());

    [Fact]
    public void AnInvalidPackageOfTheRuntimeStageIsRefused() => Assert.Equal(
        "error CSDK1018: 'curl; id=1 && id' is not a valid package in ContainerPackage; use the package's name, and Version metadata to pin it, for example <ContainerPackage Include=\"clang\" Version=\"1:14.0-55\" />",
        SampleInputs.Valid.WithItem("ContainerPackage", "curl; id", ("Version", "1 && id")).Said());

    [Theory]
    [InlineData("mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled", "'mcr.microsoft.com/dotnet/aspnet:10.0-noble', which is ContainerFamily 'noble'")]
    [InlineData("gcr.io/distroless/base-debian12:nonroot", "'docker.io/library/debian:12-slim'")]
    [InlineData("scratch", "'docker.io/library/debian:bookworm-slim' or 'docker.io/library/alpine:3.22'")]
    public void PackagesOnABaseWithoutAManagerNameTheBaseToSwitchTo(string image, string remedy) => Assert.Equal(
        $"error CSDK1022: ContainerPackage 'curl', 'jq' needs a package manager, and ContainerBaseImage '{image}' has none; use a base image that has one, for example {remedy}",
        SampleInputs.Valid.With("ContainerBaseImage", image).WithItem("ContainerPackage", "curl").WithItem("ContainerPackage", "jq").Said());

    [Fact]
    public void PackagesOfABuilderWithoutAManagerAreRefused() => Assert.Equal(
        "error CSDK1022: ContainerBuilderPackage 'clang' needs a package manager, and ContainerBuilderImage 'example.com/sdk:1-chiseled' has none; use a base image that has one, for example 'docker.io/library/debian:bookworm-slim' or 'docker.io/library/alpine:3.22'",
        SampleInputs.Valid.With("ContainerBuilderImage", "example.com/sdk:1-chiseled").WithItem("ContainerBuilderPackage", "clang").Said());

    [Fact]
    public void ABaseThatCannotBeReadIsTheOnlyMistake() => Assert.StartsWith(
        "error CSDK1002: ",
        Assert.Single(SampleInputs.Valid.With("ContainerBaseImage", "Not An Image").WithItem("ContainerPackage", "curl").WithItem("ContainerRun", "id").Plan().Diagnostics).ToString(),
        StringComparison.Ordinal);

    private static string Text(ContainerInputs inputs)
    {
        var install = Assert.IsType<RuntimeStep.Install>(Assert.Single(inputs.Planned().Runtime.Preparation));
        return $"{install.Manager}: {string.Join(", ", install.Packages.Select(package => package.Version is null ? package.Name : $"{package.Name}={package.Version}"))}";
    }
}
