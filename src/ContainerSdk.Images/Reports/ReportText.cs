using System.Globalization;
using System.Text;

namespace ContainerSdk.Images.Reports;

/// <summary>Sizes and names as every printer shows them.</summary>
internal static class ReportText
{
    private const double Kilo = 1e3;
    private const double Mega = 1e6;

    /// <summary>MB of a million bytes, or kB below one MB.</summary>
    public static string Size(long bytes) => bytes == 0 ? "0 kB"
        : bytes < 0 ? "-" + Amount(-(double)bytes)
        : Amount(bytes);

    /// <summary>How many bytes more or less.</summary>
    public static string Change(long bytes) => bytes > 0 ? "+" + Size(bytes) : Size(bytes);

    /// <summary>What is in no other unit.</summary>
    public static string Percent(double percent) => string.Create(CultureInfo.InvariantCulture, $"{percent:0.0} %");

    /// <summary>How many of what: <c>1 file</c>, <c>20,000 files</c>.</summary>
    public static string Count(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {noun}{(count == 1 ? "" : "s")}");

    /// <summary>Shows characters that move the cursor, end a line, or turn the writing around, instead of doing what they say.</summary>
    public static string OneLine(string text)
    {
        if (!text.Any(IsUnsafe)) return text;
        var shown = new StringBuilder(text.Length + 16);
        foreach (var c in text) _ = IsUnsafe(c) ? shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") : shown.Append(c);
        return shown.ToString();
    }

    /// <summary>At most <paramref name="length"/> characters of <paramref name="text"/>, its beginning.</summary>
    public static string Clip(string text, int length)
    {
        if (text.Length <= length) return text;
        var end = length - 1;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)] + "…";
    }

    /// <summary>At most <paramref name="length"/> characters of a path: its first folder, and its end, where the name is.</summary>
    public static string ClipPath(string path, int length)
    {
        if (path.Length <= length) return path;
        var slash = path.IndexOf('/', 1);
        var head = slash is > 0 and < 12 ? path[..(slash + 1)] : "";
        var start = path.Length - (length - head.Length - 1);
        return head + "…" + path[(char.IsLowSurrogate(path[start]) ? start + 1 : start)..];
    }

    /// <summary>A layer's content in words.</summary>
    public static string Content(ReportedLayer layer)
    {
        if (layer.Folders.IsEmpty) return layer.FileCount > 0 ? Count(layer.FileCount, "file") : layer.HiddenSize > 0 ? "nothing that is still seen" : "no files";
        return string.Join(", ", layer.Folders.Select(folder => $"{OneLine(folder.Path)} {Size(folder.Size)}"));
    }

    private static bool IsUnsafe(char c) => char.IsControl(c) || c is '\u2028' or '\u2029' or '\u200e' or '\u200f' or '\u061c' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\ufeff';

    private static string Amount(double bytes) => bytes >= Mega - (Kilo / 20)
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / Mega:0.0} MB")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Max(bytes / Kilo, 0.1):0.0} kB");
}
