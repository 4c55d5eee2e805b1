using System.Globalization;
using System.Text.RegularExpressions;

namespace ContainerSdk.Engines.Smoke;

/// <summary>Lines that a program of the user's wrote, as a build's log may show them: without colours and other orders to a terminal, and of a length that can be read.</summary>
internal static partial class LogText
{
    private const int MaxLength = 500;

    /// <summary>A line without what a terminal would obey.</summary>
    public static string Clean(string line)
    {
        // What is cut off anyway is not worth a search.
        var plain = Escapes().Replace(line.Length > 4 * MaxLength ? line[..(4 * MaxLength)] : line, "").TrimEnd();
        var shown = string.Concat(plain.Take(MaxLength).Select(c => c == '\t' ? ' ' : IsPrintable(c) ? c : '?'));
        return plain.Length > MaxLength ? shown + "…" : shown;
    }

    /// <summary>The last line of a text that is not blank.</summary>
    public static string Last(string text) => Clean(text.Split('\n').LastOrDefault(line => line.Trim().Length > 0)?.Trim() ?? "");

    private static bool IsPrintable(char c) =>
        char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    // ECMA-48: control sequences, strings such as a window's title, and the short ones.
    [GeneratedRegex(@"\x1B(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1B]*(?:\x07|\x1B\\)?|[@-Z\\-_])", RegexOptions.CultureInvariant)]
    private static partial Regex Escapes();
}
