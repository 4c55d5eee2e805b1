using ContainerSdk.Images;
using Xunit;

namespace ContainerSdk.Core.Tests.Images;

public sealed class AccessModeTests
{
    [Theory]
    [InlineData("644", "0644")]
    [InlineData("0755", "0755")]
    [InlineData("1777", "1777")]
    [InlineData("000", "0000")]
    public void ThreeOrFourOctalDigitsAreRead(string text, string expected)
    {
        Assert.True(AccessMode.TryParse(text, out var mode));
        Assert.Equal(expected, mode.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("64")]
    [InlineData("00644")]
    [InlineData("0689")]
    [InlineData("u+x")]
    [InlineData("$MODE")]
    [InlineData("644\n")]
    public void AnythingElseIsNot(string text) => Assert.False(AccessMode.TryParse(text, out _));
}
