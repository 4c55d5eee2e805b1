using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace ContainerSdk.Images.Reports;

/// <summary>A page while it is written: markup as it is, text of others encoded.</summary>
internal sealed class HtmlText
{
    private const int MaxText = 300;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _text = new();

    /// <summary>How long the page is by now, in bytes.</summary>
    public int Bytes => Encoding.UTF8.GetByteCount(_text.ToString());

    /// <summary>Markup, which holds nothing of anybody else.</summary>
    public HtmlText Markup(string markup)
    {
        _text.Append(markup);
        return this;
    }

    /// <summary>A number of an attribute.</summary>
    public HtmlText Number(double number)
    {
        _text.Append(CultureInfo.InvariantCulture, $"{number:0.###}");
        return this;
    }

    /// <summary>Text, or the value of an attribute in quotes.</summary>
    public HtmlText Text(string text)
    {
        var shown = text.StartsWith('/') && !text.Contains(", ", StringComparison.Ordinal) ? ReportText.ClipPath(text, MaxText) : ReportText.Clip(text, MaxText);
        _text.Append(Encoder.Encode(ReportText.OneLine(shown)));
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
