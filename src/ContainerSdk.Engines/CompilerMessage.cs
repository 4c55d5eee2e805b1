using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using ContainerSdk.Diagnostics;

namespace ContainerSdk.Engines;

/// <summary>An error or warning line of a compiler: MSBuild's canonical form, or the <c>file:line:column: message</c> of GNU tools and Go.</summary>
/// <param name="File">As the compiler printed it; empty if it named none.</param>
/// <param name="Line">From 1; 0 if it named none.</param>
/// <param name="Column">From 1; 0 if it named none.</param>
/// <param name="Code">For example <c>CS0103</c>; empty if there is none.</param>
/// <param name="Message">The rest.</param>
public sealed partial record CompilerMessage(string File, int Line, int Column, string Code, string Message)
{
    /// <summary>What the compiler called it.</summary>
    public required DiagnosticSeverity Severity { get; init; }

    /// <summary>The words before the severity, for example <c>Trim analysis</c>; empty if there are none.</summary>
    public string Subcategory { get; init; } = "";

    /// <summary>Reads one line of a build's output.</summary>
    public static bool TryParse(string line, [NotNullWhen(true)] out CompilerMessage? message)
    {
        var match = Canonical().Match(line);
        if (!match.Success) match = Gnu().Match(line);
        message = match.Success
            ? new CompilerMessage(match.Groups["file"].Value.Trim(), Number(match.Groups["line"]), Number(match.Groups["column"]), match.Groups["code"].Value, match.Groups["message"].Value.Trim())
            {
                Severity = match.Groups["severity"].Value == "warning" ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error,
                Subcategory = match.Groups["subcategory"].Value.Trim(),
            }
            : null;
        return match.Success;
    }

    private static int Number(Group group) => group.Success ? int.Parse(group.Value, CultureInfo.InvariantCulture) : 0;

    // MSBuild appends the project in brackets; that is where it happened, not what.
    [GeneratedRegex(@"^\s*(?:(?<file>[^:]+?)(?:\((?<line>\d+)(?:,(?<column>\d+))?(?:,\d+,\d+)?\))?\s*:\s*)?(?<subcategory>(?:[a-zA-Z]+ ){0,2})(?<severity>error|warning) (?(file)(?<code>[A-Za-z]+\d+)?|(?<code>[A-Za-z]+\d+))\s*:\s*(?<message>.*?)(?:\s\[[^\]]*\])?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Canonical();

    // A warning says that it is one; what says nothing is an error, as Go prints them.
    [GeneratedRegex(@"^(?<file>[^\s:]+\.\w+):(?<line>\d+):(?<column>\d+):\s+(?!note:)(?:(?<severity>warning):\s+)?(?<message>\S.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Gnu();
}
