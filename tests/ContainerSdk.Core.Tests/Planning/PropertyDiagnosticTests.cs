using Xunit;

namespace ContainerSdk.Core.Tests.Planning;

/// <summary>A mistake in one property says, in one sentence, what, where and what to do; and there is no plan.</summary>
public sealed class PropertyDiagnosticTests
{
    [Fact]
    public void NothingIsSaidAboutInputsWithoutAMistake() => Assert.Equal("", SampleInputs.Valid.Said());

    [Theory]
    [InlineData("ContainerEngine", "rocker", "error CSDK1001: ContainerEngine is 'rocker'; expected 'auto', 'docker' or 'embedded'")]
    [InlineData("ContainerBaseImage", "Not An Image",
        "error CSDK1002: 'Not An Image' is not a valid image reference in ContainerBaseImage: it is not of the form name[:tag][@digest]; expected registry/repository:tag, for example mcr.microsoft.com/dotnet/aspnet:10.0")]
    [InlineData("ContainerBuilderImage", "sdk:$TAG",
        "error CSDK1002: 'sdk:$TAG' is not a valid image reference in ContainerBuilderImage: '$TAG' is not a tag; expected registry/repository:tag, for example mcr.microsoft.com/dotnet/aspnet:10.0")]
    [InlineData("ContainerBaseImage", "alpine\nUSER root",
        "error CSDK1002: 'alpine\\u000aUSER root' is not a valid image reference in ContainerBaseImage: it is not of the form name[:tag][@digest]; expected registry/repository:tag, for example mcr.microsoft.com/dotnet/aspnet:10.0")]
    [InlineData("ContainerRegistry", "https://example.com",
        "error CSDK1034: 'https://example.com' is not a valid ContainerRegistry; use a host with an optional port and nothing before or after it, for example ghcr.io or localhost:5000")]
    [InlineData("ContainerOnPublish", "ja", "error CSDK1010: ContainerOnPublish is 'ja'; expected 'true' or 'false'")]
    [InlineData("ContainerRepository", "*nothing",
        "error CSDK1003: '*nothing' in ContainerRepository cannot be made a repository name; use lower-case letters, digits, '.', '_', '-' and '/', for example team/orders-api")]
    [InlineData("ContainerImageTag", "-v1",
        "error CSDK1004: '-v1' is not a valid tag in ContainerImageTag; use up to 128 letters, digits, '_', '.' and '-', not starting with '.' or '-'")]
    [InlineData("ContainerImageTags", "1.0;v+1",
        "error CSDK1004: 'v+1' is not a valid tag in ContainerImageTags; use up to 128 letters, digits, '_', '.' and '-', not starting with '.' or '-'")]
    [InlineData("ContainerUser", "Bad User",
        "error CSDK1007: 'Bad User' is not a valid ContainerUser; use a number from 0 to 4294967294 or a lower-case account name such as app")]
    [InlineData("ContainerWorkingDirectory", "app",
        "error CSDK1008: 'app' is not a valid container path in ContainerWorkingDirectory; use an absolute Linux path without '..', quotes, '$' or '\\', for example /app")]
    [InlineData("ContainerBuildOutput", "/out/$X",
        "error CSDK1008: '/out/$X' is not a valid container path in ContainerBuildOutput; use an absolute Linux path without '..', quotes, '$' or '\\', for example /app")]
    [InlineData("ContainerStaticLink", "yes", "error CSDK1010: ContainerStaticLink is 'yes'; expected 'true' or 'false'")]
    [InlineData("ContainerKeepBaseEntrypoint", "no", "error CSDK1010: ContainerKeepBaseEntrypoint is 'no'; expected 'true' or 'false'")]
    [InlineData("ContainerGenerateLabels", "0", "error CSDK1010: ContainerGenerateLabels is '0'; expected 'true' or 'false'")]
    [InlineData("ContainerGenerateLabelsImageVendor", "no", "error CSDK1010: ContainerGenerateLabelsImageVendor is 'no'; expected 'true' or 'false'")]
    [InlineData("ContainerBuildMode", "Remote", "error CSDK1011: ContainerBuildMode is 'Remote'; expected one of: Container, Host")]
    [InlineData("ContainerDialect", "1", "error CSDK1011: ContainerDialect is '1'; expected one of: Portable, BuildKit")]
    [InlineData("ContainerAppCommandInstruction", "Cmd", "error CSDK1011: ContainerAppCommandInstruction is 'Cmd'; expected one of: Entrypoint, DefaultArgs, None")]
    [InlineData("ContainerRuntimeIdentifier", "linux-x64;linux-arm64",
        "error CSDK1020: No base image that a Dockerfile can build on is known for ContainerRuntimeIdentifier 'linux-x64;linux-arm64'; use a Linux one: linux-x64, linux-arm64, linux-arm or linux-musl-x64")]
    [InlineData("ContainerRuntimeIdentifiers", "linux-x64;osx-arm64",
        "error CSDK1020: No base image that a Dockerfile can build on is known for ContainerRuntimeIdentifiers 'osx-arm64'; use a Linux one: linux-x64, linux-arm64, linux-arm or linux-musl-x64")]
    [InlineData("ContainerRuntimeIdentifier", "win-x64",
        "error CSDK1020: No base image that a Dockerfile can build on is known for ContainerRuntimeIdentifier 'win-x64'; use a Linux one: linux-x64, linux-arm64, linux-arm or linux-musl-x64")]
    [InlineData("ContainerArchiveOutputPath", "out/app.tar.zst",
        "error CSDK1035: ContainerArchiveOutputPath is 'out/app.tar.zst', and an image archive is a plain tar file or a gzipped one; end the name in '.tar' or '.tar.gz'")]
    [InlineData("ContainerForceBuild", "yes", "error CSDK1010: ContainerForceBuild is 'yes'; expected 'true' or 'false'")]
    [InlineData("ContainerImageFormat", "OCIv2", "error CSDK1011: ContainerImageFormat is 'OCIv2'; expected one of: Docker, Oci")]
    [InlineData("LocalRegistry", "Podman",
        "error CSDK1021: LocalRegistry is 'Podman', and this version of ContainerSdk knows the docker engine only; remove it, or set it to Docker")]
    public void AMistakeInAPropertyExplainsItself(string property, string value, string expected) =>
        Refuses(SampleInputs.Valid.Without("ContainerSource").With(property, value), expected);

    [Theory]
    [InlineData("MSBuildProjectName")]
    [InlineData("MSBuildProjectDirectory")]
    [InlineData("ContainerBaseImage")]
    [InlineData("ContainerBuilderImage")]
    [InlineData("ContainerBuildCommand")]
    [InlineData("ContainerRepository")]
    public void AMissingInputIsNamed(string name) => Refuses(
        SampleInputs.Valid.Without("ContainerSource").Without(name),
        $"error CSDK1013: {name} has no value, and toolchain 'custom' has no default for it; set {name} in the project");

    [Fact]
    public void AProjectFolderThatNoContainerPathCanNameIsRefused() => Refuses(
        SampleInputs.Valid.With("ContainerContextRoot", "/repo").With("MSBuildProjectDirectory", "/repo/it's"),
        "error CSDK1008: '/src/it's' is not a valid container path in MSBuildProjectDirectory; use an absolute Linux path without '..', quotes, '$' or '\\', for example /app");

    [Fact]
    public void TagAndTagsTogetherAreRefused() => Refuses(
        SampleInputs.Valid.With("ContainerImageTag", "1.0").With("ContainerImageTags", "1.0;latest"),
        "error CSDK1012: ContainerImageTag ('1.0') and ContainerImageTags ('1.0;latest') are both set; keep one of them");

    [Fact]
    public void AnOldNameIsAWarningAndThePlanIsMade()
    {
        var result = SampleInputs.Valid.With("ContainerImageName", "app").Plan();
        Assert.Equal(["warning CSDK1044: ContainerImageName is the old name of ContainerRepository; rename it in the project"], result.Diagnostics.Select(diagnostic => diagnostic.ToString()));
        Assert.NotNull(result.Plan);
    }

    [Fact]
    public void AGroupByNameOnScratchIsRefused() => Refuses(
        SampleInputs.Valid.With("ContainerBaseImage", "scratch").With("ContainerUser", "1654:app"),
        "error CSDK1016: ContainerUser is '1654:app', but nothing can add that account to 'scratch': a group without a user makes no account; use numbers, for example <ContainerUser>1654</ContainerUser>");

    [Theory]
    [InlineData("ContainerDialect", "buildkit")]
    [InlineData("ContainerBuildMode", "container")]
    [InlineData("ContainerEngine", "auto")]
    [InlineData("ContainerEngine", "docker")]
    [InlineData("ContainerStaticLink", " True ")]
    [InlineData("ContainerImageFormat", "Docker")]
    [InlineData("ContainerImageFormat", "oci")]
    [InlineData("ContainerForceBuild", "True")]
    [InlineData("LocalRegistry", "Docker")]
    [InlineData("LocalRegistry", "docker ")]
    [InlineData("ContainerUser", " 1654 ")]
    [InlineData("ContainerBaseImage", " alpine:3.22 ")]
    public void LettersOfEitherCaseAndBlanksAroundAValueAreRead(string property, string value) =>
        Assert.Equal("", SampleInputs.Valid.With(property, value).Said());

    [Fact]
    public void AVeryLongValueIsShortenedInTheMessage() => Refuses(
        SampleInputs.Valid.With("ContainerStaticLink", new string('x', 64 * 1024)),
        $"error CSDK1010: ContainerStaticLink is '{new string('x', 297)}...'; expected 'true' or 'false'");

    private static void Refuses(Inputs.ContainerInputs inputs, string expected)
    {
        Assert.Equal(expected, inputs.Said());
        Assert.Null(inputs.Plan().Plan);
    }
}
