using ContainerSdk.Engines.Processes;
using ContainerSdk.Engines.Smoke;
using Xunit;

namespace ContainerSdk.Engines.Tests.Smoke;

public sealed class EngineAnswersTests
{
    [Theory]
    [InlineData("556KiB / 512MiB\n", 569344L)]
    [InlineData("1.5GiB / 2GiB\n", 1610612736L)]
    [InlineData("573.4kB / 536.9MB\n", 573400L)]
    [InlineData("21.5MB / 536.9MB\n", 21500000L)]
    [InlineData("812B / 64MiB\n", 812L)]
    [InlineData("0B / 0B\n", null)]
    [InlineData("-- / --\n", null)]
    [InlineData("12parsecs / 1B\n", null)]
    [InlineData("99999999999999999999TiB / 1B\n", null)]
    [InlineData("", null)]
    public void ReadsMemoryInEitherCount(string answer, long? expected) => Assert.Equal(expected, EngineAnswers.Memory(answer));

    [Theory]
    [InlineData("127.0.0.1:49153\n", 49153)]
    [InlineData("0.0.0.0:49153\n[::]:49154\n", 49153)]
    [InlineData("[::]:49154\n", 49154)]
    [InlineData("127.0.0.1:70000\n", null)]
    [InlineData("127.0.0.1:0\n", null)]
    [InlineData("Error: no public port '8080/tcp' published\n", null)]
    [InlineData("", null)]
    public void ReadsThePort(string answer, int? expected) => Assert.Equal(expected, EngineAnswers.Port(answer));

    [Fact]
    public void GivesTheErrorAndNotTheAdvice()
    {
        Assert.Equal(
            "docker: Error response from daemon: exec: \"/nope\": no such file.",
            EngineAnswers.Reason("docker", new ProcessResult(127, "", ["aa55", "docker: Error response from daemon: exec: \"/nope\": no such file.", "", "Run 'docker run --help' for more information"])));
        Assert.Equal("Cannot connect", EngineAnswers.Reason("docker", new ProcessResult(125, "", ["Cannot connect", "See 'docker run --help'."])));
        Assert.Equal("no output", EngineAnswers.Reason("docker", new ProcessResult(1, "", [])));
        Assert.Equal("no 'docker' command was found on PATH", EngineAnswers.Reason("docker", new ProcessResult(null, "", [])));
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("\u001b[31;1mred\u001b[0m and \u001b]0;title\u0007after\r", "red and after")]
    [InlineData("\u001b]0;open", "")]
    [InlineData("a\tb", "a b")]
    [InlineData("bell\u0007 back\b null\0 turned\u202e line\u2028end", "bell? back? null? turned? line?end")]
    [InlineData("grün ✓", "grün ✓")]
    public void CleansLinesOfOrdersToATerminal(string line, string expected) => Assert.Equal(expected, LogText.Clean(line));

    [Fact]
    public void CutsLongLines() => Assert.Equal(new string('x', 500) + "…", LogText.Clean(new string('x', 5_000_000)));
}
