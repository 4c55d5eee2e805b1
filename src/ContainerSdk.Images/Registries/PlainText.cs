using System.Globalization;
using System.Text;

namespace ContainerSdk.Images.Registries;

/// <summary>What somebody else says, as part of one line of a log.</summary>
internal static class PlainText
{
    private const int MaxLength = 300;

    /// <summary>White space is one space, what cannot be seen is gone, and a long text ends early.</summary>
    public static string Of(string text)
    {
        var clean = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length >= MaxLength) return clean.Append('…').ToString();
            if (Rune.IsWhiteSpace(rune)) clean.Append(clean.Length > 0 && clean[^1] != ' ' ? " " : "");
            else if (IsVisible(rune)) clean.Append(rune.ToString());
        }

        return clean.ToString().TrimEnd();
    }

    // Direction marks turn a log around.
    private static bool IsVisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
