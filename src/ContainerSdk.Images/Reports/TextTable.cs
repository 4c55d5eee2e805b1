using System.Globalization;
using System.Text;

namespace ContainerSdk.Images.Reports;

/// <summary>Aligned columns for a terminal. The columns are as wide as what is in them, but the whole is never wider than a line.</summary>
/// <param name="alignments">One letter a column: <c>l</c> or <c>r</c>.</param>
internal sealed class TextTable(string alignments)
{
    /// <summary>How wide a line may be.</summary>
    public const int LineWidth = 110;

    private const string Gap = "  ";

    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row; the text of its cells must be safe to show.</summary>
    public TextTable Add(params string[] cells)
    {
        _rows.Add(cells);
        return this;
    }

    /// <summary>Appends the rows, each a line behind <paramref name="indent"/> blanks.</summary>
    public void Print(StringBuilder text, int indent)
    {
        if (_rows.Count == 0) return;
        var widths = alignments.Select((_, column) => _rows.Max(row => Width(row[column]))).ToArray();
        var surplus = indent + widths.Sum() + (Gap.Length * (widths.Length - 1)) - LineWidth;
        // The widest column gives way, then the next.
        for (; surplus > 0; surplus--) widths[Array.IndexOf(widths, widths.Max())]--;
        foreach (var row in _rows)
        {
            var line = new StringBuilder().Append(' ', indent);
            for (var column = 0; column < row.Length; column++)
            {
                var cell = Fit(row[column], widths[column]);
                var blanks = widths[column] - Width(cell);
                if (column > 0) line.Append(Gap);
                if (alignments[column] == 'r') line.Append(' ', blanks).Append(cell);
                else line.Append(cell).Append(' ', blanks);
            }

            text.Append(line.ToString().TrimEnd()).Append('\n');
        }
    }

    /// <summary>At most <paramref name="width"/> columns of <paramref name="text"/>: of a path its end, of any other text its beginning.</summary>
    public static string Fit(string text, int width)
    {
        if (Width(text) <= width) return text;
        var length = Math.Min(text.Length, width);
        while (true)
        {
            var clipped = text.StartsWith('/') && !text.Contains(", ", StringComparison.Ordinal) ? ReportText.ClipPath(text, length) : ReportText.Clip(text, length);
            if (Width(clipped) <= width || length <= 2) return clipped;
            length--;
        }
    }

    // East Asian wide characters and pictures take two columns (https://www.unicode.org/reports/tr11/).
    private static int Width(string text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            width += rune.Value is (>= 0x1100 and <= 0x115f) or (>= 0x2e80 and <= 0xa4cf) or (>= 0xac00 and <= 0xd7a3) or (>= 0xf900 and <= 0xfaff)
                or (>= 0xfe30 and <= 0xfe6f) or (>= 0xff00 and <= 0xff60) or (>= 0xffe0 and <= 0xffe6) or (>= 0x1f000 and <= 0x1faff) or (>= 0x20000 and <= 0x3fffd) ? 2
                : Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format ? 0
                : 1;
        }

        return width;
    }
}
