using System.Collections.Immutable;
using ContainerSdk.Engines.Processes;

namespace ContainerSdk.Engines.Smoke;

/// <summary>A container of a smoke test, which goes by a name of its own: so it can be removed even if nobody heard its id.</summary>
/// <param name="engine">The engine.</param>
/// <param name="name">The container's name.</param>
/// <param name="time">Measures how long the engine may take.</param>
internal sealed class SmokeContainer(SmokeEngine engine, string name, TimeProvider time)
{
    // What an engine may take for one answer, beyond what it was asked to wait. An engine under load takes many seconds; one that hangs, forever.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // A container that is being made when the user cancels would come after it was removed.
    private static readonly TimeSpan StartGrace = TimeSpan.FromSeconds(10);

    /// <summary>The container's name.</summary>
    public string Name => name;

    /// <summary>Starts it; what the engine said if it could not, else null.</summary>
    public async Task<string?> StartAsync(SmokeRequest request, EngineAddress address, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource();
        await using var cancelled = cancellation.Register(() => late.CancelAfter(StartGrace));
        var result = await AskAsync(SmokeArguments.Run(engine.Kind, name, request, address), TimeSpan.Zero, late.Token);
        cancellation.ThrowIfCancellationRequested();
        return result.Succeeded ? null : EngineAnswers.Reason(engine.Command, result);
    }

    /// <summary>The machine that ports are published on.</summary>
    public async Task<EngineAddress> AddressAsync(CancellationToken cancellation)
    {
        if (engine.Endpoint is { Length: > 0 } || engine.Kind != SmokeEngineKind.Docker) return EngineAddress.Of(engine.Endpoint);
        var context = await AskAsync(SmokeArguments.Context, TimeSpan.Zero, cancellation);
        return EngineAddress.Of(context.Succeeded ? context.Output : null);
    }

    /// <summary>The port of the machine; null if the engine does not say, as for a container that has ended.</summary>
    public async Task<int?> PortAsync(int port, CancellationToken cancellation) => EngineAnswers.Port((await AskAsync(SmokeArguments.Port(name, port), TimeSpan.Zero, cancellation)).Output);

    /// <summary>What it is doing; null if the engine does not say.</summary>
    public async Task<ContainerState?> StateAsync(CancellationToken cancellation) => ContainerState.Read((await AskAsync(SmokeArguments.Inspect(name), TimeSpan.Zero, cancellation)).Output);

    /// <summary>Comes to an end when the process has ended, however long that takes.</summary>
    public async Task<ContainerState> EndAsync(CancellationToken cancellation)
    {
        var wait = await ProcessRunner.RunAsync(new ProcessCommand(engine.Command, SmokeArguments.Wait(name)), null, cancellation);
        if (wait.Succeeded && await StateAsync(cancellation) is { IsRunning: false } state) return state;
        await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellation);
        throw new OperationCanceledException(cancellation);
    }

    /// <summary>Runs podman's health check once.</summary>
    public Task<ProcessResult> CheckHealthAsync(CancellationToken cancellation) => AskAsync(SmokeArguments.PodmanHealth(name), TimeSpan.Zero, cancellation);

    /// <summary>What it uses now, in bytes.</summary>
    public async Task<long?> MemoryAsync(CancellationToken cancellation) => EngineAnswers.Memory((await AskAsync(SmokeArguments.Stats(name), TimeSpan.Zero, cancellation)).Output);

    /// <summary>Asks it to end; what the engine said if it could not, else null.</summary>
    public async Task<string?> StopAsync(TimeSpan grace, CancellationToken cancellation)
    {
        var result = await AskAsync(SmokeArguments.Stop(name, grace), grace, cancellation);
        return result.Succeeded ? null : EngineAnswers.Reason(engine.Command, result);
    }

    /// <summary>The last lines of both streams; none if the engine has no log.</summary>
    public async Task<ImmutableArray<string>> LogsAsync(CancellationToken cancellation)
    {
        var result = await AskAsync(SmokeArguments.Logs(name), TimeSpan.Zero, cancellation);
        return result.Succeeded ? [.. result.Tail.Select(LogText.Clean)] : [];
    }

    /// <summary>Removes it, whatever it is doing; whether it is gone.</summary>
    public async Task<bool> RemoveAsync()
    {
        var result = await AskAsync(SmokeArguments.Remove(engine.Kind, name), TimeSpan.Zero, CancellationToken.None);
        return result.Succeeded || result.ExitCode is null || result.Tail.Any(line => line.Contains("no such container", StringComparison.OrdinalIgnoreCase) || line.Contains("no container with", StringComparison.OrdinalIgnoreCase));
    }

    private async Task<ProcessResult> AskAsync(ImmutableArray<string> arguments, TimeSpan asked, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience + asked, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            return await ProcessRunner.RunAsync(new ProcessCommand(engine.Command, arguments), null, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new ProcessResult(-1, "", [$"'{engine.Command} {arguments[0]}' did not come to an end"]);
        }
    }
}
