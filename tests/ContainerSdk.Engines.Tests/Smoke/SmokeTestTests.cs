using System.Collections.Immutable;
using ContainerSdk.Engines.Smoke;
using Xunit;

namespace ContainerSdk.Engines.Tests.Smoke;

/// <summary>Every way in which a smoke test ends, and that the container is removed in each.</summary>
public sealed class SmokeTestTests
{
    private static readonly ImmutableArray<string> Logs = ["out", "err"];
    private static readonly SmokeReadiness Endpoint = new SmokeReadiness.Endpoint(8080, "/health");
    private static readonly SmokeReadiness Running = new SmokeReadiness.Running(TimeSpan.FromMilliseconds(50));

    // What passes takes as long as it needs; what waits for the end of the time gets little.
    private static readonly TimeSpan Patient = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Brief = TimeSpan.FromMilliseconds(300);

    [Theory]
    [InlineData("200 OK")]
    [InlineData("204 No Content")]
    [InlineData("302 Found\r\nLocation: http://127.0.0.1:1/elsewhere")]
    public async Task PassesOnceTheEndpointAnswers(string answer)
    {
        using var server = new TinyServer("", "503 Service Unavailable", answer);
        using var container = FakeContainer.Running(server.Port);

        var outcome = await RunAsync(container, Endpoint, Patient);

        Assert.NotNull(outcome.TimeToReady);
        Assert.Equal(new SmokeOutcome { TimeToReady = outcome.TimeToReady, MemoryBytes = 2 << 20, ExitCode = 0 }, outcome);
        Assert.Contains("GET /health HTTP/1.1", server.Requests);
        Assert.Equal(["run", "port", "stats", "stop", "container", "rm"], container.Calls.Where((call, i) => i == 0 || call != container.Calls[i - 1]));
    }

    [Fact]
    public async Task CallsTheContainerByOneName()
    {
        using var container = FakeContainer.Running();

        await RunAsync(container, Running, Patient);

        var name = container.Lines[0].Split(' ')[5];
        Assert.StartsWith("containersdk-smoke-", name, StringComparison.Ordinal);
        Assert.All(container.Lines.Skip(1), line => Assert.EndsWith(" " + name, line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task PassesWhatStillRuns()
    {
        using var container = FakeContainer.Running();

        Assert.Equal(new SmokeOutcome { MemoryBytes = 2 << 20, ExitCode = 0 }, await RunAsync(container, Running, Patient));
    }

    [Fact]
    public async Task PassesAProgramThatEndsWell()
    {
        using var container = FakeContainer.Ended("""  "ExitCode": 0 """);

        Assert.Equal(new SmokeOutcome { ExitCode = 0 }, await RunAsync(container, new SmokeReadiness.Running(Patient), Patient));
        Assert.Equal("rm", container.Calls[^1]);
    }

    [Fact]
    public async Task PassesOnceDockerCallsItHealthy()
    {
        using var container = FakeContainer.Running(answers: """
            container) if [ -e "$0.stopped" ]; then state false '"ExitCode": 143'
                       elif [ -e "$0.checked" ]; then state true '"ExitCode": 0, "Health": { "Status": "healthy" }'
                       else touch "$0.checked"; state true '"ExitCode": 0, "Health": { "Status": "unhealthy" }'; fi;;
            """);

        var outcome = await RunAsync(container, new SmokeReadiness.HealthCommand(), Patient);

        Assert.Equal(new SmokeOutcome { TimeToReady = outcome.TimeToReady, MemoryBytes = 2 << 20, ExitCode = 143 }, outcome);
    }

    [Fact]
    public async Task PassesOncePodmansCheckSucceeds()
    {
        using var container = FakeContainer.Running(answers: """healthcheck) if [ ! -e "$0.checked" ]; then touch "$0.checked"; echo unhealthy; exit 1; fi;;""");

        var outcome = await new SmokeTest(container.Engine with { Kind = SmokeEngineKind.Podman }, TimeProvider.System)
            .RunAsync(new SmokeRequest("sha256:aa", new SmokeReadiness.HealthCommand()) { ReadyTimeout = Patient }, TestContext.Current.CancellationToken);

        Assert.Equal(new SmokeOutcome { TimeToReady = outcome.TimeToReady, MemoryBytes = 2 << 20, ExitCode = 0 }, outcome);
        Assert.Equal(2, container.Calls.Count(call => call == "healthcheck"));
    }

    [Fact]
    public async Task TellsOfAWrongAnswer()
    {
        using var server = new TinyServer("404 Not Found");
        using var container = FakeContainer.Running(server.Port);

        Equal(new SmokeProblem.WrongAnswer("/health", 404), null, Logs, await RunAsync(container, Endpoint, Brief));
        Assert.Equal(["logs", "rm"], container.Calls[^2..]);
    }

    [Fact]
    public async Task TellsOfNoAnswer()
    {
        using var container = FakeContainer.Running(port: 1);

        var outcome = await RunAsync(container, Endpoint, Brief);

        Equal(new SmokeProblem.NotReady(Brief, "GET /health failed (Connection refused)"), null, Logs, outcome);
        Assert.Equal("it was not ready within 0.3 s: GET /health failed (Connection refused)", outcome.Problem?.ToString());
    }

    [Theory]
    [InlineData("""  "ExitCode": 0 """, "the container has no health command")]
    [InlineData("""  "ExitCode": 0, "Health": { "Status": "starting" } """, "its health command has not ended yet")]
    [InlineData("""  "ExitCode": 0, "Health": { "Status": "unhealthy", "Log": [{ "ExitCode": 7, "Output": "refused\n" }] } """, "its health command ended with exit code 7 (refused)")]
    public async Task TellsWhatTheHealthCommandSaid(string state, string expected)
    {
        using var container = FakeContainer.Running(answers: $"container) state true '{state}';;");

        Equal(new SmokeProblem.NotReady(Brief, expected), null, Logs, await RunAsync(container, new SmokeReadiness.HealthCommand(), Brief));
    }

    [Fact]
    public async Task TellsOfAProcessThatEndsBeforeItIsReady()
    {
        using var container = FakeContainer.Ended("""  "ExitCode": 3 """);

        Equal(new SmokeProblem.ExitedEarly(3), 3, Logs, await RunAsync(container, Endpoint, Patient));
        Equal(new SmokeProblem.ExitedEarly(3), 3, Logs, await RunAsync(container, new SmokeReadiness.HealthCommand(), Patient));
        Equal(new SmokeProblem.ExitedEarly(3), 3, Logs, await RunAsync(container, new SmokeReadiness.Running(Patient), Patient));
    }

    [Fact]
    public async Task AServiceThatEndsWellHasEndedAllTheSame()
    {
        using var container = FakeContainer.Ended("""  "ExitCode": 0 """);

        Equal(new SmokeProblem.ExitedEarly(0), 0, Logs, await RunAsync(container, Endpoint, Patient));
    }

    [Fact]
    public async Task TellsOfMemory()
    {
        using var early = FakeContainer.Ended("""  "ExitCode": 137, "OOMKilled": true """);
        using var late = FakeContainer.Running(end: """ "ExitCode": 137, "OOMKilled": true """);

        Equal(new SmokeProblem.OutOfMemory(512), 137, Logs, await RunAsync(early, Running, Patient));
        Equal(new SmokeProblem.OutOfMemory(512), 137, Logs, await RunAsync(late, Running, Patient));
    }

    [Fact]
    public async Task TellsOfAnEndThatIsNotClean()
    {
        using var container = FakeContainer.Running(end: """ "ExitCode": 5 """);

        Equal(new SmokeProblem.UncleanExit(5), 5, Logs, await RunAsync(container, Running, Patient));
    }

    [Fact]
    public async Task TellsOfAProcessThatHadToBeKilled()
    {
        using var container = FakeContainer.Running(end: """ "ExitCode": 137 """);

        var outcome = await RunAsync(container, Running, Patient);

        Equal(new SmokeProblem.Killed("SIGTERM", TimeSpan.FromSeconds(10)), 137, Logs, outcome);
        Assert.Equal("it did not end within 10 s of SIGTERM, and was killed", outcome.Problem?.ToString());
    }

    [Fact]
    public async Task TellsWhyItWasNotStartedAndRemovesWhatTheEngineHasMade()
    {
        using var container = FakeContainer.Running(answers: """
            run) printf 'docker: Error response from daemon: no such program\n\nRun '\''docker run --help'\'' for more information\n' >&2; exit 127;;
            logs) exit 1;;
            """);

        Equal(new SmokeProblem.NotStarted("docker: Error response from daemon: no such program"), null, [], await RunAsync(container, Endpoint, Patient));
        Assert.Equal(["run", "logs", "rm"], container.Calls);
    }

    [Fact]
    public async Task TellsThatThereIsNoEngine()
    {
        using var folder = new TempFolder();

        var outcome = await new SmokeTest(new SmokeEngine(SmokeEngineKind.Docker, folder["docker"], null), TimeProvider.System)
            .RunAsync(new SmokeRequest("sha256:aa", Running), TestContext.Current.CancellationToken);

        Equal(new SmokeProblem.NotStarted($"no '{folder["docker"]}' command was found on PATH"), null, [], outcome);
    }

    [Fact]
    public async Task TellsOfAnEngineThatStopsAnswering()
    {
        using var port = FakeContainer.Running(answers: "port) exit 1;;");
        using var stop = FakeContainer.Running(answers: "stop) echo 'Error: is the daemon running?' >&2; exit 1;;");

        Equal(new SmokeProblem.EngineFailed("it does not say under which port it has published 8080"), null, Logs, await RunAsync(port, Endpoint, Patient));
        Equal(new SmokeProblem.EngineFailed("Error: is the daemon running?"), null, Logs, await RunAsync(stop, Running, Patient));
    }

    [Fact]
    public async Task NamesAContainerThatCannotBeRemoved()
    {
        using var container = FakeContainer.Running(answers: "rm) echo 'Error response from daemon: device or resource busy' >&2; exit 1;;");

        var outcome = await RunAsync(container, Running, Patient);

        Assert.Equal(new SmokeOutcome { MemoryBytes = 2 << 20, ExitCode = 0, Leftover = container.Lines[0].Split(' ')[5] }, outcome);
    }

    [Fact]
    public async Task FollowsDockersContextToItsMachine()
    {
        using var container = FakeContainer.Running(answers: "context) echo tcp://build.invalid:2375;;\nrun) echo \"$*\" > \"$0.run\"; exit 1;;");

        await new SmokeTest(container.Engine with { Endpoint = null }, TimeProvider.System).RunAsync(new SmokeRequest("sha256:aa", Endpoint), TestContext.Current.CancellationToken);

        Assert.Contains(" --publish 8080 ", container.Lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("port")]
    [InlineData("container")]
    [InlineData("stats")]
    [InlineData("stop")]
    public async Task RemovesTheContainerWhenTheUserCancels(string during)
    {
        using var container = FakeContainer.Running(answers: $"{during}) touch \"$0.{during}\"; sleep 0.2; touch \"$0.stopped\";;");
        using var cancellation = new CancellationTokenSource();
        var readiness = during switch { "port" => Endpoint, "container" => new SmokeReadiness.HealthCommand(), _ => Running };

        var run = new SmokeTest(container.Engine, TimeProvider.System).RunAsync(new SmokeRequest("sha256:aa", readiness) { ReadyTimeout = Patient }, cancellation.Token);
        while (!File.Exists($"{container.Engine.Command}.{during}")) await Task.Delay(5, TestContext.Current.CancellationToken);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal("rm", container.Calls[^1]);
    }

    [Fact]
    public async Task StartsNothingIfTheUserCancelledBefore()
    {
        using var container = FakeContainer.Running();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new SmokeTest(container.Engine, TimeProvider.System).RunAsync(new SmokeRequest("sha256:aa", Running), new CancellationToken(canceled: true)));

        Assert.False(File.Exists(container.Engine.Command + ".calls"));
    }

    private static Task<SmokeOutcome> RunAsync(FakeContainer container, SmokeReadiness readiness, TimeSpan timeout) =>
        new SmokeTest(container.Engine, TimeProvider.System).RunAsync(new SmokeRequest("sha256:aa", readiness) { ReadyTimeout = timeout }, TestContext.Current.CancellationToken);

    private static void Equal(SmokeProblem problem, int? exitCode, ImmutableArray<string> logs, SmokeOutcome outcome)
    {
        Assert.Equal(problem, outcome.Problem);
        Assert.Equal(exitCode, outcome.ExitCode);
        Assert.Equal(logs.Order(StringComparer.Ordinal), outcome.Logs.Order(StringComparer.Ordinal));
        Assert.Null(outcome.Leftover);
    }
}
