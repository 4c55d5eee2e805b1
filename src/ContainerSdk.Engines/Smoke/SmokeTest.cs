namespace ContainerSdk.Engines.Smoke;

/// <summary>
/// Starts an image as production would, waits until it is ready, measures it, and asks it to end. The container is removed in every case. What goes
/// wrong is part of the outcome; only a cancellation is an exception.
/// </summary>
/// <param name="engine">What runs it.</param>
/// <param name="time">Measures, and waits.</param>
public sealed class SmokeTest(SmokeEngine engine, TimeProvider time)
{
    /// <summary>Runs the test.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; the container is gone.</exception>
    public async Task<SmokeOutcome> RunAsync(SmokeRequest request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var container = new SmokeContainer(engine, $"containersdk-smoke-{Guid.NewGuid():n}", time);
        var (outcome, isGone) = (new SmokeOutcome(), false);
        try
        {
            outcome = await StartAsync(container, request, cancellation);
            if (!outcome.Passed) outcome = outcome with { Logs = await container.LogsAsync(cancellation) };
        }
        finally
        {
            isGone = await container.RemoveAsync();
        }

        return isGone || outcome.Problem is SmokeProblem.NotStarted ? outcome : outcome with { Leftover = container.Name };
    }

    private async Task<SmokeOutcome> StartAsync(SmokeContainer container, SmokeRequest request, CancellationToken cancellation)
    {
        var address = request.Readiness is SmokeReadiness.Endpoint ? await container.AddressAsync(cancellation) : EngineAddress.Local;
        if (await container.StartAsync(request, address, cancellation) is { } reason) return new SmokeOutcome { Problem = new SmokeProblem.NotStarted(reason) };
        var started = time.GetTimestamp();
        using var watch = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var end = container.EndAsync(watch.Token);
        try
        {
            var run = new SmokeRun(container, request, end, time, started);
            return request.Readiness switch
            {
                SmokeReadiness.Running running => await run.SettleAsync(running.After, cancellation),
                SmokeReadiness.Endpoint endpoint => await AskAsync(run, container, endpoint, address, cancellation),
                _ => await run.AskAsync(new HealthProbe(container, engine.Kind), cancellation),
            };
        }
        finally
        {
            await watch.CancelAsync();
            await end.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async Task<SmokeOutcome> AskAsync(SmokeRun run, SmokeContainer container, SmokeReadiness.Endpoint endpoint, EngineAddress machine, CancellationToken cancellation)
    {
        // A container that has ended has no port any more.
        if (await container.PortAsync(endpoint.Port, cancellation) is not { } port) return await run.LoseAsync($"it does not say under which port it has published {endpoint.Port}", cancellation);
        using var probe = new EndpointProbe(new UriBuilder(Uri.UriSchemeHttp, machine.Host, port).Uri, endpoint.Path, time);
        return await run.AskAsync(probe, cancellation);
    }
}
