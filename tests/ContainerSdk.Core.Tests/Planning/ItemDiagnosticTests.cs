using ContainerSdk.Inputs;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.Core.Tests.Planning;

/// <summary>A mistake in an item says, in one sentence, what, where and what to do; and there is no plan.</summary>
public sealed class ItemDiagnosticTests
{
    [Theory]
    [InlineData("99999", null, "99999")]
    [InlineData("http", null, "http")]
    [InlineData("80", "dup", "80/dup")]
    [InlineData("80-90", "tcp", "80-90/tcp")]
    public void AnInvalidPortIsShownWithItsType(string identity, string? type, string shown) => Refuses(
        SampleInputs.Valid.WithItem("ContainerPort", identity, type is null ? [] : [("Type", type)]),
        $"error CSDK1005: '{shown}' is not a valid ContainerPort; use a number from 1 to 65535 with Type tcp, udp or sctp, for example <ContainerPort Include=\"8080\" Type=\"tcp\" />");

    [Theory]
    [InlineData("ContainerEnvironmentVariable", "1-BAD", "letters, digits and '_', not starting with a digit")]
    [InlineData("ContainerBuilderEnvironmentVariable", "A B", "letters, digits and '_', not starting with a digit")]
    [InlineData("ContainerLabel", "a b", "letters, digits, '.', '_', '-' and '/', starting with a letter or digit")]
    public void AnInvalidNameIsRefusedWithItsRule(string kind, string name, string rule) =>
        Refuses(SampleInputs.Valid.WithItem(kind, name, ("Value", "x")), $"error CSDK1006: '{name}' is not a valid name for {kind}; use {rule}");

    [Theory]
    [InlineData("relative")]
    [InlineData("/a b ")]
    public void AnInvalidTargetOfABuilderFileIsRefused(string target) => Refuses(
        SampleInputs.Valid.WithItem("ContainerBuilderFile", "/repo/app/x", ("TargetPath", "/x/../" + target)),
        $"error CSDK1008: '/x/../{target}' is not a valid container path in ContainerBuilderFile; use an absolute Linux path without '..', quotes, '$' or '\\', for example /app");

    [Fact]
    public void AStaticLinkThatTheToolchainCannotMakeIsRefused() => Refuses(
        SampleInputs.Valid.With("ContainerStaticLink", "true").WithItem("ContainerStaticLinkObstacle", "PublishAot", ("Reason", "only NativeAOT links"), ("Remedy", "set PublishAot to true")),
        "error CSDK1014: ContainerStaticLink is true, but only NativeAOT links; set PublishAot to true");

    [Fact]
    public void AnObstacleWithoutAStaticLinkIsNoMistake() =>
        Assert.Equal("", SampleInputs.Valid.WithItem("ContainerStaticLinkObstacle", "PublishAot", ("Reason", "only NativeAOT links")).Said());

    [Theory]
    [InlineData("ContainerEnvironmentVariable", "DB_PASSWORD")]
    [InlineData("ContainerBuilderEnvironmentVariable", "GITHUB_TOKEN")]
    [InlineData("ContainerLabel", "api_key")]
    public void ANameLikeASecretIsAWarningAndThePlanIsMade(string kind, string name)
    {
        var result = SampleInputs.Valid.WithItem(kind, name, ("Value", "x")).Plan();
        Assert.Equal(
            [$"warning CSDK1017: {kind} '{name}' looks like a secret, and its value would be readable by anyone who has the image; pass it when the container starts, or set NoWarn to CSDK1017 if the value is public"],
            result.Diagnostics.Select(diagnostic => diagnostic.ToString()));
        Assert.NotNull(result.Plan);
    }

    [Fact]
    public void AnAddressWithAPasswordIsAWarningWhateverItIsCalled() => Assert.Equal(
        "warning CSDK1017: ContainerEnvironmentVariable 'DATABASE' looks like a secret, and its value would be readable by anyone who has the image; pass it when the container starts, or set NoWarn to CSDK1017 if the value is public",
        SampleInputs.Valid.WithItem("ContainerEnvironmentVariable", "DATABASE", ("Value", "postgres://app:hunter2@db/orders")).Said());

    [Theory]
    [InlineData("clang; reboot", null, "clang; reboot")]
    [InlineData("--force", null, "--force")]
    [InlineData("clang", "14 && reboot", "clang=14 && reboot")]
    public void AnInvalidPackageIsShownWithItsVersion(string identity, string? version, string shown) => Refuses(
        SampleInputs.Valid.WithItem("ContainerBuilderPackage", identity, version is null ? [] : [("Version", version)]),
        $"error CSDK1018: '{shown}' is not a valid package in ContainerBuilderPackage; use the package's name, and Version metadata to pin it, for example <ContainerBuilderPackage Include=\"clang\" Version=\"1:14.0-55\" />");

    [Fact]
    public void AFileThatTheToolchainMissesIsNamed() => Refuses(
        SampleInputs.Valid.WithItem("ContainerMissingFile", "/repo/app/go.mod", ("Remedy", "run 'go mod init'")),
        "error CSDK2002: Toolchain 'custom' needs '/repo/app/go.mod', and it does not exist; run 'go mod init'");

    [Fact]
    public void ALockThatDoesNotKnowThePlatformIsNamed() => Refuses(
        SampleInputs.Valid.WithItem("ContainerRestoreObstacle", "/repo/app/packages.lock.json", ("RuntimeIdentifier", "linux-x64"), ("Reason", "PublishAot")),
        "error CSDK2009: '/repo/app/packages.lock.json' locks the restore, and does not know 'linux-x64', which PublishAot needs; add 'linux-x64' to RuntimeIdentifiers in the project, and run 'dotnet restore --force-evaluate'");

    [Theory]
    [InlineData("ContainerSource", "/other/lib/")]
    [InlineData("ContainerRestoreFile", "/other/Directory.Build.props")]
    [InlineData("ContainerBuilderFile", "/other/sdk/")]
    public void AFileOutsideAChosenRootIsRefused(string kind, string path) => Refuses(
        SampleInputs.Valid.With("ContainerContextRoot", "/repo").WithItem(kind, path, ("TargetPath", "/x")),
        $"error CSDK2001: {kind} '{path}' is outside the context root '/repo/'; move it inside, or set ContainerContextRoot to a folder that holds both");

    [Theory]
    [InlineData("ContainerSource", "/repo/app/a*b/")]
    [InlineData("ContainerRestoreFile", "/repo/app/a?b")]
    public void AFileThatEnginesLoseIsRefused(string kind, string path) => Refuses(
        SampleInputs.Valid.WithItem(kind, path),
        $"error CSDK2005: {kind} '{path}' has '*' or '?' in its name, and engines lose such a file when a Dockerfile copies it; rename it");

    [Fact]
    public void FilesThatShareOnlyTheFileSystemsRootAreRefused() => Refuses(
        SampleInputs.Valid.WithItem("ContainerRestoreFile", "/other/Directory.Build.props"),
        "error CSDK2003: The only folder that holds both '/repo/app/' and '/other/Directory.Build.props' is the file system's root; keep them in one repository, or set ContainerContextRoot");

    [Theory]
    [InlineData("ContainerEnvironmentVariable", "ContainerEnvironmentVariable 'NAME'")]
    [InlineData("ContainerBuilderEnvironmentVariable", "ContainerBuilderEnvironmentVariable 'NAME'")]
    [InlineData("ContainerLabel", "ContainerLabel 'NAME'")]
    [InlineData("ContainerEntrypoint", "ContainerEntrypoint")]
    [InlineData("ContainerAppCommandArgs", "ContainerAppCommandArgs")]
    [InlineData("ContainerDefaultArgs", "ContainerDefaultArgs")]
    [InlineData("ContainerRestoreCommand", "ContainerRestoreCommand")]
    [InlineData("ContainerBuildCommand", "ContainerBuildCommand")]
    public void AControlCharacterInAValueIsRefusedWhereverItStands(string kind, string named)
    {
        var inputs = kind == "ContainerEntrypoint" ? SampleInputs.Valid.Without("ContainerAppCommand") : SampleInputs.Valid;
        Assert.All(HostileValues.Uncarriable, row => Refuses(
            inputs.WithItem(kind, "NAME", ("Value", row.Value)),
            $"error CSDK1009: The value of {named} contains the control character {row.Character}, which a Dockerfile cannot carry; remove it, or read such a value from a file when the application starts"));
    }

    [Theory]
    [InlineData("ContainerSource", "/repo/app/a\nb/")]
    [InlineData("ContainerRestoreFile", "/repo/app/a\nb")]
    [InlineData("ContainerBuilderFile", "/repo/app/a\nb")]
    [InlineData("ContainerSourceExclude", "/repo/app/a\nb/")]
    public void AControlCharacterInAPathIsRefused(string kind, string path) => Refuses(
        SampleInputs.Valid.WithItem(kind, path, ("TargetPath", "/x")),
        $"error CSDK1009: The value of {kind} contains the control character U+000A, which a Dockerfile cannot carry; remove it, or read such a value from a file when the application starts");

    [Fact]
    public void AControlCharacterInAnIgnorePatternIsRefused() => Refuses(
        SampleInputs.Valid.WithItem("ContainerSourceExclude", "/repo/app/", ("Pattern", "obj\n!secret")),
        "error CSDK1009: The value of ContainerSourceExclude contains the control character U+000A, which a Dockerfile cannot carry; remove it, or read such a value from a file when the application starts");

    [Theory]
    [InlineData("id\nUSER root", "/cache")]
    [InlineData("id,target=/etc", "/cache")]
    [InlineData("id --network=host", "/cache")]
    [InlineData("id", "/ca,che")]
    [InlineData("id", "/ca che")]
    public void ACacheThatWouldEndItsMountFlagIsRefused(string id, string target) =>
        Assert.False(SampleInputs.Valid.WithItem("ContainerCache", id, ("TargetPath", target)).Plan().Diagnostics.IsEmpty);

    [Fact]
    public void TabsAreCarried() =>
        Assert.Equal("a\tb", SampleInputs.Valid.WithItem("ContainerEnvironmentVariable", "A", ("Value", "a\tb")).Planned().Runtime.Environment.Single().Value);

    private static void Refuses(ContainerInputs inputs, string expected)
    {
        Assert.Equal(expected, inputs.Said());
        Assert.Null(inputs.Plan().Plan);
    }
}
