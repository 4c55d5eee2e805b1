using ContainerSdk.Engines.Smoke;
using Xunit;

namespace ContainerSdk.Engines.Tests.Smoke;

public sealed class ContainerStateTests
{
    [Fact]
    public void ReadsDocker() => Assert.Equal(
        new ContainerState(false, 137, true, "SIGQUIT", new ContainerHealth("unhealthy", "its health command ended with exit code 1 (no route)")),
        ContainerState.Read("""
            [{ "State": { "Status": "exited", "Running": false, "OOMKilled": true, "ExitCode": 137,
                "Health": { "Status": "unhealthy", "Log": [{ "ExitCode": 0, "Output": "" }, { "ExitCode": 1, "Output": "wget:\n no route\n\n" }] } },
              "Config": { "StopSignal": "SIGQUIT" } }]
            """));

    [Fact]
    public void ReadsPodman() => Assert.Equal(
        new ContainerState(true, 0, false, "SIGTERM", new ContainerHealth("", null)),
        ContainerState.Read("""[{ "State": { "Running": true, "OOMKilled": false, "ExitCode": 0, "Health": { "Status": "", "FailingStreak": 0, "Log": null } }, "Config": { "StopSignal": 15 } }]"""));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[{}]")]
    [InlineData("[1]")]
    [InlineData("""[{ "State": 1 }]""")]
    [InlineData("""[{ "State": { "Running": "yes", "ExitCode": 0 } }]""")]
    [InlineData("""[{ "State": { "Running": true, "ExitCode": 99999999999 } }]""")]
    [InlineData("""[{ "State": { "Running": true, "ExitCode": 0, "Health": { "Status": 1 } } }]""")]
    [InlineData("""[{ "State": { "Running": true, "ExitCode": 0, "Health": { "Status": "", "Log": [{}] } } }]""")]
    [InlineData("""[{ "State": { "Running": true, "ExitCode": 0 }, "Config": { "StopSignal": 1.5 } }]""")]
    [InlineData("""[{ "State": { "Running": true, "ExitCode": 0 }, "Config": 7 }]""")]
    public void DoesNotGuess(string answer) => Assert.Null(ContainerState.Read(answer));

    [Theory]
    [InlineData("SIGTERM", 0, true)]
    [InlineData("SIGTERM", 143, true)]
    [InlineData("SIGTERM", 137, false)]
    [InlineData("SIGTERM", 1, false)]
    [InlineData("SIGTERM", 131, false)]
    [InlineData("SIGQUIT", 131, true)]
    [InlineData("quit", 131, true)]
    [InlineData("3", 131, true)]
    [InlineData("SIGINT", 130, true)]
    [InlineData("SIGRTMIN+3", 165, false)]
    [InlineData("SIGRTMIN+3", 0, true)]
    public void KnowsTheExitCodeOfTheStopSignal(string signal, int exitCode, bool expected) => Assert.Equal(expected, new ContainerState(false, exitCode, false, signal, null).IsCleanExit);
}
