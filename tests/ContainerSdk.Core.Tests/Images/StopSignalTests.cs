using ContainerSdk.Images;
using Xunit;

namespace ContainerSdk.Core.Tests.Images;

public sealed class StopSignalTests
{
    [Theory]
    [InlineData("SIGTERM", "SIGTERM")]
    [InlineData("sigint", "SIGINT")]
    [InlineData("quit", "SIGQUIT")]
    [InlineData("SIGRTMIN", "SIGRTMIN")]
    [InlineData("SIGRTMIN+3", "SIGRTMIN+3")]
    [InlineData("rtmax-14", "SIGRTMAX-14")]
    [InlineData("1", "1")]
    [InlineData("064", "64")]
    public void ANameOrNumberThatLinuxKnowsIsRead(string text, string expected)
    {
        Assert.True(StopSignal.TryParse(text, out var signal));
        Assert.Equal(expected, signal.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("SIG")]
    [InlineData("SIGSIGTERM")]
    [InlineData("SIGNOPE")]
    [InlineData("SIGRTMIN+16")]
    [InlineData("SIGRTMAX-15")]
    [InlineData("0")]
    [InlineData("65")]
    [InlineData("-9")]
    [InlineData("$SIGNAL")]
    [InlineData("SIGTERM\nUSER root")]
    public void AnythingElseIsNot(string text) => Assert.False(StopSignal.TryParse(text, out _));
}
