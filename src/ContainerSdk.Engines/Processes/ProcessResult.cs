using System.Collections.Immutable;

namespace ContainerSdk.Engines.Processes;

/// <summary>How a process ended.</summary>
/// <param name="ExitCode">The exit code; null if the program was not found.</param>
/// <param name="Output">All of standard output.</param>
/// <param name="Tail">The last lines of both streams, in the order they came.</param>
public sealed record ProcessResult(int? ExitCode, string Output, ImmutableArray<string> Tail)
{
    /// <summary>All of standard error.</summary>
    public string Error { get; init; } = "";

    /// <summary>How many lines <see cref="Tail"/> holds at most.</summary>
    public const int TailLines = 50;

    /// <summary>Whether it ended with 0.</summary>
    public bool Succeeded => ExitCode == 0;

    /// <summary>The last line that is not blank, for a one-line message.</summary>
    public string LastLine => Tail.LastOrDefault(line => line.Trim().Length > 0)?.Trim() ?? "no output";
}
