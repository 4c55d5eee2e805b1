namespace ContainerSdk.Engines.Smoke;

/// <summary>A container that has been started, until it has ended.</summary>
/// <param name="container">The container.</param>
/// <param name="request">What is expected of it.</param>
/// <param name="end">Comes when its process ends.</param>
/// <param name="time">Measures, and waits.</param>
/// <param name="started">When the engine said that it runs.</param>
internal sealed class SmokeRun(SmokeContainer container, SmokeRequest request, Task<ContainerState> end, TimeProvider time, long started)
{
    private const double Growth = 1.5;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    /// <summary>Waits for <paramref name="after"/>; a process that has ended well by then has passed.</summary>
    public async Task<SmokeOutcome> SettleAsync(TimeSpan after, CancellationToken cancellation)
    {
        await PauseAsync(after, cancellation);
        if (!end.IsCompletedSuccessfully) return await MeasureAsync(new SmokeOutcome(), cancellation);
        var state = await end;
        return state is { ExitCode: 0, IsOutOfMemory: false } ? new SmokeOutcome { ExitCode = 0 } : Ended(state);
    }

    /// <summary>Asks until it is ready, has ended, or the time is over.</summary>
    public async Task<SmokeOutcome> AskAsync(IReadinessProbe probe, CancellationToken cancellation)
    {
        for (var pause = FirstPause; ; pause = Shorter(pause * Growth, LongestPause))
        {
            var answer = await probe.AskAsync(cancellation);
            var elapsed = time.GetElapsedTime(started);
            if (answer.IsReady) return await MeasureAsync(new SmokeOutcome { TimeToReady = elapsed }, cancellation);
            if (end.IsCompletedSuccessfully) return Ended(await end);
            if (elapsed >= request.ReadyTimeout) return new SmokeOutcome { Problem = Problem(answer) };
            await PauseAsync(Shorter(pause, request.ReadyTimeout - elapsed), cancellation);
        }
    }

    /// <summary>The outcome if the engine does not answer, unless the reason for that is an end.</summary>
    public async Task<SmokeOutcome> LoseAsync(string reason, CancellationToken cancellation) =>
        await container.StateAsync(cancellation) is { IsRunning: false } state ? Ended(state) : new SmokeOutcome { Problem = new SmokeProblem.EngineFailed(reason) };

    private async Task<SmokeOutcome> MeasureAsync(SmokeOutcome outcome, CancellationToken cancellation)
    {
        outcome = outcome with { MemoryBytes = await container.MemoryAsync(cancellation) };
        if (end.IsCompletedSuccessfully) return Ended(await end) with { TimeToReady = outcome.TimeToReady };
        var refusal = await container.StopAsync(request.StopTimeout, cancellation);
        if (await container.StateAsync(cancellation) is not { IsRunning: false } state) return outcome with { Problem = new SmokeProblem.EngineFailed(refusal ?? "it does not say how the process ended") };
        return outcome with { ExitCode = state.ExitCode, Problem = Problem(state) };
    }

    private SmokeProblem Problem(ProbeAnswer answer) =>
        answer.Status is { } status && request.Readiness is SmokeReadiness.Endpoint endpoint ? new SmokeProblem.WrongAnswer(endpoint.Path, status) : new SmokeProblem.NotReady(request.ReadyTimeout, answer.Words);

    private SmokeProblem? Problem(ContainerState state) => state switch
    {
        { IsOutOfMemory: true } => new SmokeProblem.OutOfMemory(request.MemoryLimit),
        { IsCleanExit: true } => null,
        { ExitCode: ContainerState.KilledExitCode } => new SmokeProblem.Killed(state.StopSignal, request.StopTimeout),
        _ => new SmokeProblem.UncleanExit(state.ExitCode),
    };

    private SmokeOutcome Ended(ContainerState state) => new()
    {
        ExitCode = state.ExitCode,
        Problem = state.IsOutOfMemory ? new SmokeProblem.OutOfMemory(request.MemoryLimit) : new SmokeProblem.ExitedEarly(state.ExitCode),
    };

    // An end cuts the pause short.
    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(end, Task.Delay(pause, time, over.Token));
        await over.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
