using System.Collections.Immutable;
using System.Globalization;
using ContainerSdk.Diagnostics;
using ContainerSdk.Engines;
using ContainerSdk.Engines.Smoke;
using ContainerSdk.Plan;
using Microsoft.Build.Framework;

namespace ContainerSdk.Tasks;

/// <summary>Starts a container of the built image as production would, waits until it is ready, and asks it to end.</summary>
[MSBuildMultiThreadableTask]
public sealed class SmokeTestContainerImage : ImageTask
{
    private const int MiB = 1024 * 1024;

    // A process without anything to ask is well if it is there after a while.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    /// <summary>Whether it is what the user asked for now, so that the plan need not.</summary>
    public bool Asked { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken cancellation)
    {
        var plan = await ReadPlanAsync(cancellation);
        if (!Asked && plan.Verification.Smoke is not { IsGate: true }) return;
        var image = (await ImageFile.ReadAsync(FullImagePath, cancellation)).Image(plan);
        if (RequestOf(plan, Path.Combine(Path.GetDirectoryName(PlanPath)!, "Dockerfile")) is not { } request) return;
        var (engine, obstacle) = await ((IImageRunner)Engine).ProvideAsync(request, image, cancellation);
        if (engine is null)
        {
            Report(new Diagnostic(Descriptors.SmokeTestUnavailable, [obstacle]));
            return;
        }

        var outcome = await new SmokeTest(engine, TimeProvider.System).RunAsync(RequestFor(plan, image.Id), cancellation);
        if (outcome.Leftover is { } left) Log.LogMessage(MessageImportance.High, "The container {0} could not be removed.", left);
        if (outcome.Problem is { } problem)
        {
            Report(new Diagnostic(Descriptors.SmokeTestFailed, [problem.ToString()]) { Details = outcome.Logs });
            return;
        }

        var facts = new[]
        {
            outcome.TimeToReady is { } time ? string.Create(CultureInfo.InvariantCulture, $"ready after {time.TotalSeconds:0.00} s") : null,
            outcome.MemoryBytes is { } memory ? string.Create(CultureInfo.InvariantCulture, $"{memory / 1e6:0.0} MB of memory") : null,
            outcome.ExitCode is { } code ? string.Create(CultureInfo.InvariantCulture, $"ended with exit code {code}") : null,
        };
        Log.LogMessage(MessageImportance.High, "{0}: smoke test passed ({1})", plan.Name, string.Join(", ", facts.OfType<string>()));
    }

    private static SmokeRequest RequestFor(BuildPlan plan, string id)
    {
        var check = plan.Verification.Smoke ?? new SmokeCheck();
        SmokeReadiness readiness = check.Endpoint is { } endpoint ? new SmokeReadiness.Endpoint(endpoint.Port, endpoint.Path)
            : plan.Runtime.HealthCheck is { Command.IsEmpty: false } ? new SmokeReadiness.HealthCommand()
            : new SmokeReadiness.Running(Settled);
        var request = new SmokeRequest(id, readiness)
        {
            Environment = check.Environment.ToImmutableSortedDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal),
        };
        if (check.Timeout is { } timeout) request = request with { ReadyTimeout = timeout };
        return check.Memory is { } memory ? request with { MemoryLimit = (int)Math.Clamp(memory / MiB, 1, int.MaxValue) } : request;
    }
}
