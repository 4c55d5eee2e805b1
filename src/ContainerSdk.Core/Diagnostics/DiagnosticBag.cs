using System.Collections.Immutable;

namespace ContainerSdk.Diagnostics;

/// <summary>Collects every mistake of one run, so the user sees them all at once.</summary>
public sealed class DiagnosticBag
{
    private readonly List<Diagnostic> _diagnostics = [];

    /// <summary>Whether anything collected stops the build.</summary>
    public bool HasErrors => _diagnostics.Any(d => d.Descriptor.Severity == DiagnosticSeverity.Error);

    /// <summary>Adds one mistake.</summary>
    public void Add(DiagnosticDescriptor descriptor, params ReadOnlySpan<string> arguments) =>
        _diagnostics.Add(new Diagnostic(descriptor, [.. arguments]));

    /// <summary>All of them, each once, by code and then in the order they were found.</summary>
    public ImmutableArray<Diagnostic> ToSorted() =>
        [.. _diagnostics.DistinctBy(d => d.ToString()).OrderBy(d => d.Descriptor.Id, StringComparer.Ordinal)];
}
