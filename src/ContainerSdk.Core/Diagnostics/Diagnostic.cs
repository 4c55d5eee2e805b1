using System.Collections.Immutable;
using System.Globalization;

namespace ContainerSdk.Diagnostics;

/// <summary>A mistake that was found: a descriptor and the values that fill its message.</summary>
public sealed record Diagnostic(DiagnosticDescriptor Descriptor, ImmutableArray<string> Arguments)
{
    /// <summary>Lines that follow the sentence: what a failing step printed last.</summary>
    public ImmutableArray<string> Details { get; init; } = [];

    /// <summary>The whole sentence for the user, and the details below it.</summary>
    public string Message =>
        string.Join("\n  ", Details.Prepend(string.Format(CultureInfo.InvariantCulture, Descriptor.MessageFormat, [.. Arguments.Select(Shorten)])));

    /// <inheritdoc/>
    public override string ToString() => $"{Descriptor.Severity.ToString().ToLowerInvariant()} {Descriptor.Id}: {Message}";

    // A 64 KiB value in an error helps nobody, and a control character would break the log line.
    private static string Shorten(string argument)
    {
        var printable = string.Concat(argument.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString()));
        return printable.Length <= 300 ? printable : string.Concat(printable.AsSpan(0, 297), "...");
    }
}
