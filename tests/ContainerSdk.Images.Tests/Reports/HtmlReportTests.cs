using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ContainerSdk.Images.Reports;
using Xunit;
using static ContainerSdk.Images.Tests.Reports.MadeUpImage;

namespace ContainerSdk.Images.Tests.Reports;

public sealed partial class HtmlReportTests
{
    [Fact]
    public void APageAsksNobodyForAnything()
    {
        var page = HtmlReport.Print(Report);

        Assert.Contains("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:\">", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)https?:|url\\(|@import|src=|<img|<iframe|<object|<base|<form|fetch\\(|XMLHttpRequest|WebSocket", page);
        Assert.Equal(["<link rel=\"icon\" href=\"data:,\">"], Link().Matches(page).Select(match => match.Value));
        Assert.Equal(1, Regex.Count(page, "<script"));
    }

    [Fact]
    public void ThePageIsTheSameForTheSameReport() => Assert.Equal(HtmlReport.Print(Report), HtmlReport.Print(ReportJson.Read(ReportJson.Write(Report))));

    [Fact]
    public void HostileTextStaysText()
    {
        var page = HtmlReport.Print(PrinterTests.Hostile());
        // What is left without the tags that the page is made of must hold none.
        var markup = page.Replace(HtmlAssets.Script, "", StringComparison.Ordinal).Replace(HtmlAssets.Style, "", StringComparison.Ordinal);

        Assert.Equal(1, Regex.Count(markup, "<script"));
        Assert.DoesNotContain("alert(1)<", markup, StringComparison.Ordinal);
        Assert.DoesNotContain(markup, c => c != '\n' && (char.IsControl(c) || c is '\u202e' or '\u2028'));
        Assert.Equal("", OwnTags().Replace(markup, "").Where(c => c is '<' or '>').Aggregate("", (text, c) => text + c));
    }

    [Fact]
    public void EveryElementIsClosed()
    {
        var page = HtmlReport.Print(Report);

        foreach (var tag in new[] { "div", "span", "table", "tr", "td", "th", "p", "ul", "li", "b", "u", "i", "h1", "h2", "h3", "code", "details", "nav" })
            Assert.Equal(Regex.Count(page, $"<{tag}[ >]"), Regex.Count(page, $"</{tag}>"));
    }

    [Fact]
    public void CellsSayWhatTheyAreAndLayersAreReachedFirst()
    {
        var page = HtmlReport.Print(Report);

        Assert.Contains("<b>Layer 1</b> base, 2.2 MB ADD file:1 in /</span>", page, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"/app/wwwroot/, 20.0 kB in 1 file\"", page, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"Layer 3 of this image, 1.2 MB in 4 files: COPY --from=build /out/ /app/\"", page, StringComparison.Ordinal);
        Assert.Equal(3, Regex.Count(page, "role=\"treeitem\" tabindex=\"0\""));
        Assert.Equal(["c l packages z", "c l base z", "c l own z"], Layer().Matches(page).Select(match => match.Groups[1].Value));
    }

    [Fact]
    public void APageOfTwentyThousandFilesIsSmallerThanAMegabyte()
    {
        var report = ReportOf(Enumerable.Range(0, 20_000).Select(index => File(string.Create(CultureInfo.InvariantCulture, $"usr/share/{index % 40}/package-{index % 1300}/library file {index}.dll"), 20_000 + (index * 37 % 9000))));

        Assert.InRange(Encoding.UTF8.GetByteCount(HtmlReport.Print(report)), 100_000, 1_000_000);
    }

    [Fact]
    public void APageOfTwentyThousandLongNamesIsSmallerThanAMegabyte()
    {
        var name = string.Concat(Enumerable.Repeat("名<&\"'", 200));
        var report = ReportOf(Enumerable.Range(0, 20_000).Select(index => File(string.Create(CultureInfo.InvariantCulture, $"{name[..200]}{index % 40}/{name}{index}"), 20_000, "4777")));

        Assert.InRange(Encoding.UTF8.GetByteCount(HtmlReport.Print(report)), 100_000, 1_000_000);
    }

    [Fact]
    public void AnImageOfNothingHasAPage() => Assert.Contains("<h1>app:1</h1>", HtmlReport.Print(ReportOf()), StringComparison.Ordinal);

    [GeneratedRegex("<link[^>]*>")]
    private static partial Regex Link();

    [GeneratedRegex("<div class=\"(c l [^\"]*)\"")]
    private static partial Regex Layer();

    [GeneratedRegex("</?(?:!DOCTYPE html|html|head|meta|link|title|style|body|h1|h2|h3|p|div|i|ul|li|b|u|span|table|tr|th|td|code|details|summary|nav|script)(?: [a-z-]+=\"[^\"<>]*\")*>")]
    private static partial Regex OwnTags();
}
