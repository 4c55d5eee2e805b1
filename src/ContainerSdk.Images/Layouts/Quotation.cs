namespace ContainerSdk.Images.Layouts;

/// <summary>Text that somebody else wrote, as a message may show it: on one line, and of a length that can be read.</summary>
internal static class Quotation
{
    private const int MaxLength = 200;

    /// <summary>A name or value, between quotes.</summary>
    public static string Of(string text) => $"'{OneLine(text)}'";

    /// <summary>What an exception says, to stand within a sentence.</summary>
    public static string Of(Exception problem) => OneLine(problem.Message.TrimEnd('.'));

    private static string OneLine(string text)
    {
        var shown = string.Concat(text.Take(MaxLength).Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? '?' : c));
        return text.Length > MaxLength ? shown + "…" : shown;
    }
}
