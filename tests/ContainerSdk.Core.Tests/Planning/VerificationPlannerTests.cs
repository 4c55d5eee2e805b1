using ContainerSdk.Plan;
using Xunit;

namespace ContainerSdk.Core.Tests.Planning;

public sealed class VerificationPlannerTests
{
    [Fact]
    public void AllRulesHoldByDefault()
    {
        var verification = SampleInputs.Valid.Planned().Verification;

        Assert.Equal((VerificationLevel.Error, null, false, false, 0), (verification.Level, verification.MaxSize, verification.NeedsCertificates, verification.NeedsTimeZones, verification.Exemptions.Length));
    }

    [Fact]
    public void WhatWasAskedForIsLookedFor()
    {
        var verification = SampleInputs.Valid.With("ContainerCaCertificates", "true").With("ContainerTimeZoneData", "true").With("ContainerStripSymbols", "true").Planned().Verification;

        Assert.Equal((true, true, true), (verification.NeedsCertificates, verification.NeedsTimeZones, verification.IsStripped));
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("50MB", 50_000_000)]
    [InlineData(" 1.5 gib ", 1_610_612_736)]
    [InlineData("12kB", 12_000)]
    [InlineData("7 b", 7)]
    public void ASizeHasAUnitOrNone(string text, long bytes) => Assert.Equal(bytes, SampleInputs.Valid.With("ContainerMaxImageSize", text).Planned().Verification.MaxSize);

    [Theory]
    [InlineData("fifty")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("5 TB")]
    [InlineData("1,5MB")]
    public void CSDK1058_WhatIsNoSizeIsRefused(string text) => Assert.Equal(
        [$"error CSDK1058: ContainerMaxImageSize is '{text}'; expected a number of bytes from 1, with kB, MB, GB, KiB, MiB or GiB behind it if you like, for example 50MB"],
        SampleInputs.Valid.With("ContainerMaxImageSize", text).Plan().Diagnostics.Select(diagnostic => diagnostic.ToString()));

    [Theory]
    [InlineData("app/demo.key", null, "names no absolute path in the image")]
    [InlineData("/app/demo.key", "CSDK1001", "has Code 'CSDK1001', which is no rule about paths")]
    [InlineData("/app/demo.key", "CSDK5999", "has Code 'CSDK5999', which is no rule about paths")]
    public void CSDK1057_AnExemptionFromNoRuleIsRefused(string path, string? code, string reason) => Assert.Equal(
        [$"error CSDK1057: ContainerVerifyIgnore '{path}' {reason}; give an absolute path in the image, and with Code the rule, for example <ContainerVerifyIgnore Include=\"/app/demo.key\" Code=\"CSDK5021\" />"],
        (code is null ? SampleInputs.Valid.WithItem("ContainerVerifyIgnore", path) : SampleInputs.Valid.WithItem("ContainerVerifyIgnore", path, ("Code", code))).Plan().Diagnostics.Select(diagnostic => diagnostic.ToString()));

    [Fact]
    public void AnUnknownLevelIsRefused() => Assert.Equal(
        ["error CSDK1011: ContainerVerify is 'strict'; expected one of: None, Warn, Error"],
        SampleInputs.Valid.With("ContainerVerify", "strict").Plan().Diagnostics.Select(diagnostic => diagnostic.ToString()));

    [Theory]
    [InlineData("/health", 8080, "/health")]
    [InlineData(":9000/live?full=1", 9000, "/live?full=1")]
    public void TheEndpointIsAPathOfAPort(string text, int port, string path) =>
        Assert.Equal(new HealthEndpoint(port, path), SampleInputs.Valid.WithItem("ContainerPort", "8080").With("ContainerHealthEndpoint", text).Planned().Verification.Smoke!.Endpoint);

    [Theory]
    [InlineData("health", "is no path")]
    [InlineData("http://localhost/health", "is no path")]
    [InlineData("/health", "names no port, and the image names none with ContainerPort")]
    public void CSDK1059_AnEndpointThatCannotBeAskedIsRefused(string text, string reason) => Assert.Equal(
        [$"error CSDK1059: ContainerHealthEndpoint is '{text}', which {reason}; give a path, with a port before it if it is not the first ContainerPort, for example /health or :9000/health"],
        SampleInputs.Valid.With("ContainerHealthEndpoint", text).Plan().Diagnostics.Select(diagnostic => diagnostic.ToString()));

    [Fact]
    public void ATestThatIsNotThereIsRefused() => Assert.Equal(
        ["error CSDK2008: ContainerStructureTest 'image.yaml' does not exist; correct the path, which is relative to the project, or remove the item"],
        SampleInputs.Valid.WithItem("ContainerStructureTest", "image.yaml").Plan().Diagnostics.Select(diagnostic => diagnostic.ToString()));
}
