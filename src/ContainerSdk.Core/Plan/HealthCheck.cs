using System.Collections.Immutable;

namespace ContainerSdk.Plan;

/// <summary>How the engine finds out whether the process is well. What is null is the engine's default.</summary>
public sealed record HealthCheck
{
    /// <summary>The words of the command, which no shell reads; empty switches off what the base image has.</summary>
    public required ImmutableArray<string> Command { get; init; }

    /// <summary>The time between two checks.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>How long one check may take.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How long after its start the process may fail.</summary>
    public TimeSpan? StartPeriod { get; init; }

    /// <summary>How many failures in a row make it unhealthy.</summary>
    public int? Retries { get; init; }
}
