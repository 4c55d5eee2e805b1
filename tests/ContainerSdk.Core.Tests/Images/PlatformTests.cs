using ContainerSdk.Images;
using Xunit;

namespace ContainerSdk.Core.Tests.Images;

public sealed class PlatformTests
{
    [Theory]
    [InlineData("linux-x64", "linux/amd64")]
    [InlineData("linux-musl-x64", "linux/amd64")]
    [InlineData("linux-arm64", "linux/arm64")]
    [InlineData("linux-musl-arm64", "linux/arm64")]
    [InlineData("linux-arm", "linux/arm/v7")]
    [InlineData("linux-x86", "linux/386")]
    [InlineData("linux-ppc64le", "linux/ppc64le")]
    [InlineData("linux-s390x", "linux/s390x")]
    [InlineData("linux-riscv64", "linux/riscv64")]
    [InlineData("linux-loongarch64", "linux/loong64")]
    public void ComesFromARuntimeIdentifier(string rid, string expected)
    {
        Assert.True(Platform.TryFromRuntimeIdentifier(rid, out var platform));
        Assert.Equal(expected, platform.ToString());
    }

    [Theory]
    [InlineData("win-x64")]
    [InlineData("osx-arm64")]
    [InlineData("linux")]
    [InlineData("linux-")]
    [InlineData("linux-musl")]
    [InlineData("linux-X64")]
    [InlineData("linux-bionic-x64")]
    [InlineData("linux-x64\n")]
    [InlineData("x64")]
    [InlineData("")]
    public void HasNoAnswerForARuntimeIdentifierWithoutLinuxImages(string rid)
    {
        Assert.False(Platform.TryFromRuntimeIdentifier(rid, out var platform));
        Assert.Null(platform);
    }

    [Theory]
    [InlineData("linux/amd64", "linux", "amd64", null)]
    [InlineData("linux/arm/v7", "linux", "arm", "v7")]
    public void ReadsWhatItWrites(string text, string os, string architecture, string? variant)
    {
        Assert.True(Platform.TryParse(text, out var platform));
        Assert.Equal(new Platform(os, architecture, variant), platform);
        Assert.Equal(text, platform.ToString());
    }

    [Theory]
    [InlineData("linux")]
    [InlineData("linux/")]
    [InlineData("linux/a/b/c")]
    [InlineData("linux/amd64,linux/arm64")]
    [InlineData("linux/amd 64")]
    [InlineData("linux/$ARCH")]
    [InlineData("")]
    public void RefusesTheRest(string text)
    {
        Assert.False(Platform.TryParse(text, out var platform));
        Assert.Null(platform);
    }
}
