using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ContainerSdk.Diagnostics;
using ContainerSdk.Plan;

namespace ContainerSdk.Images.Verification;

/// <summary>What rules find, but for what the user knows of.</summary>
/// <param name="exemptions">What the user knows of.</param>
internal sealed class Findings(ImmutableArray<VerificationExemption> exemptions)
{
    private readonly DiagnosticBag _diagnostics = new();
    private readonly ImmutableArray<(Regex Path, string? Code)> _exemptions = [.. exemptions.Select(exemption => (Pattern(exemption.Path), exemption.Code))];

    public void Add(DiagnosticDescriptor rule, params ReadOnlySpan<string> arguments) => _diagnostics.Add(rule, arguments);

    /// <summary>The same, unless the rule does not hold for <paramref name="path"/>.</summary>
    public void AddAt(string path, DiagnosticDescriptor rule, params ReadOnlySpan<string> arguments)
    {
        if (!IsExempt(path, rule)) _diagnostics.Add(rule, arguments);
    }

    /// <summary>Whether the rule does not hold for <paramref name="path"/>, which has a leading slash.</summary>
    public bool IsExempt(string path, DiagnosticDescriptor rule) => _exemptions.Any(exemption => (exemption.Code ?? rule.Id) == rule.Id && exemption.Path.IsMatch(path));

    public ImmutableArray<Diagnostic> ToSorted() => _diagnostics.ToSorted();

    private static Regex Pattern(string path) => new(
        $"\\A{Regex.Escape(path.TrimEnd('/')).Replace("\\*\\*", ".*", StringComparison.Ordinal).Replace("\\*", "[^/]*", StringComparison.Ordinal)}(?:/.*)?\\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.Singleline);
}
