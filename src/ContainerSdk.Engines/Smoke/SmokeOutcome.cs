using System.Collections.Immutable;

namespace ContainerSdk.Engines.Smoke;

/// <summary>How a smoke test went.</summary>
public sealed record SmokeOutcome
{
    /// <summary>What went wrong; null if nothing did.</summary>
    public SmokeProblem? Problem { get; init; }

    /// <summary>Whether the image started, became ready and ended as it should.</summary>
    public bool Passed => Problem is null;

    /// <summary>From the engine's word that the container runs to the first good answer; null where nothing was asked, or nothing answered.</summary>
    public TimeSpan? TimeToReady { get; init; }

    /// <summary>What the container used once it was ready, in bytes; null if the engine does not say.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>The exit code of the process; null if it never ended.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The last lines that the process wrote to both streams, fit to print; empty if the test passed.</summary>
    public ImmutableArray<string> Logs { get; init; } = [];

    /// <summary>The name of the container, if the engine failed to remove it.</summary>
    public string? Leftover { get; init; }
}
