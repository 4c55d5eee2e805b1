using ContainerSdk.Images;
using Xunit;

namespace ContainerSdk.Core.Tests.Images;

public sealed class PortTests
{
    [Theory]
    [InlineData("80", null, 80, "tcp")]
    [InlineData("80/tcp", null, 80, "tcp")]
    [InlineData("53/udp", null, 53, "udp")]
    [InlineData("5000/sctp", null, 5000, "sctp")]
    [InlineData("53", "udp", 53, "udp")]
    [InlineData("53", "UDP", 53, "udp")]
    [InlineData("80/TCP", null, 80, "tcp")]
    [InlineData("1", null, 1, "tcp")]
    [InlineData("65535", null, 65535, "tcp")]
    public void ReadsNumberAndProtocol(string text, string? protocol, int number, string expected)
    {
        Assert.True(Port.TryParse(text, protocol, out var port));
        Assert.Equal(new Port(number, expected), port);
    }

    [Theory]
    [InlineData("125/dup", null)]
    [InlineData("invalidNumber", null)]
    [InlineData("welp/unknowntype", null)]
    [InlineData("a/b/c", null)]
    [InlineData("/tcp", null)]
    [InlineData("80/", null)]
    [InlineData("", null)]
    [InlineData("0", null)]
    [InlineData("65536", null)]
    [InlineData("-1", null)]
    [InlineData("+80", null)]
    [InlineData(" 80", null)]
    [InlineData("8 0", null)]
    [InlineData("80\n", null)]
    [InlineData("80-90", null)]
    [InlineData("0x50", null)]
    [InlineData("８０", null)]
    [InlineData("99999999999", null)]
    [InlineData("$PORT", null)]
    [InlineData("80/tcp", "tcp")]
    [InlineData("80", "dup")]
    [InlineData("80", "tcp\n")]
    public void RefusesTheRest(string text, string? protocol)
    {
        Assert.False(Port.TryParse(text, protocol, out var port));
        Assert.Null(port);
    }

    [Fact]
    public void IsWrittenAsExposeTakesIt() => Assert.Equal("8080/udp", new Port(8080, "udp").ToString());
}
