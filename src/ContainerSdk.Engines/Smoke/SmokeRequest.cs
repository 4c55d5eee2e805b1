using System.Collections.Immutable;
using ContainerSdk.Images;

namespace ContainerSdk.Engines.Smoke;

/// <summary>An image that shall be started as production would start it, and what counts as well.</summary>
/// <param name="Image">The image's id in the engine's store, for example <c>sha256:…</c>; nothing is pulled.</param>
/// <param name="Readiness">How the test finds out that the process is ready.</param>
public sealed record SmokeRequest(string Image, SmokeReadiness Readiness)
{
    /// <summary>Variables of the process; they stand in the engine's argument list, so they are no place for a secret.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Folders beside <c>/tmp</c> that the process may write to, each a file system in memory; whoever the process runs as.</summary>
    public ImmutableArray<ContainerPath> WritableFolders { get; init; } = [];

    /// <summary>How much memory the container may use, in MiB.</summary>
    public int MemoryLimit { get; init; } = 512;

    /// <summary>How long the process may take to become ready.</summary>
    public TimeSpan ReadyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the process may take to end once it was asked to; whole seconds.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>How a test finds out that a process is ready.</summary>
public abstract record SmokeReadiness
{
    private SmokeReadiness()
    {
    }

    /// <summary>It answers a GET with 2xx or 3xx.</summary>
    /// <param name="Port">The container's port, which is published under a free one.</param>
    /// <param name="Path">What is asked for, for example <c>/health</c>.</param>
    public sealed record Endpoint(int Port, string Path) : SmokeReadiness;

    /// <summary>The image's own health command says so.</summary>
    public sealed record HealthCommand : SmokeReadiness;

    /// <summary>It still runs after a while, or has ended with exit code 0 until then.</summary>
    /// <param name="After">The while.</param>
    public sealed record Running(TimeSpan After) : SmokeReadiness;
}
