using System.Collections.Immutable;

namespace ContainerSdk.Engines.Processes;

/// <summary>A program and its arguments, each an element of argv; no shell is involved.</summary>
public sealed record ProcessCommand(string FileName, ImmutableArray<string> Arguments)
{
    /// <summary>Variables added to this process's environment; they may hold secrets, and no log shows them.</summary>
    public ImmutableDictionary<string, string> Environment { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The folder that it starts in; null is this process's own.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Writes what the process reads; null if that is nothing.</summary>
    public Func<Stream, CancellationToken, Task>? WriteInput { get; init; }

    /// <summary>Reads standard output as bytes; null takes it as lines of text. What it leaves is thrown away.</summary>
    public Func<Stream, CancellationToken, Task>? ReadOutput { get; init; }

    /// <summary>For logs only: words that a shell would split are put in single quotes.</summary>
    public override string ToString() =>
        string.Join(' ', Arguments.Prepend(FileName).Select(word =>
            word.Length > 0 && word.All(c => char.IsLetterOrDigit(c) || "-_./:=,@+".Contains(c, StringComparison.Ordinal)) ? word : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'"));
}
