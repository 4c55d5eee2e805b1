using System.Text.RegularExpressions;
using ContainerSdk.Images.Reports;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.Images.Tests.Reports;

/// <summary>The whole texts of a made-up image are beside this file, in <c>Expected</c>.</summary>
public sealed partial class PrinterTests
{
    private static readonly string Long = string.Concat(Enumerable.Repeat("/very-long-folder-name", 4000 / 22));

    private static readonly string[] Names =
    [
        "<script>alert(1)</script>", "a|b", "`code`", "\"quoted\" 'name'", "line\nbreak\r\n", "\u001b[31mred\u0007", "turned\u202eexe.txt", "\u2028", "**bold** [link](x) _it_ #1 @user ~~no~~", "$x$", "&lt;", "名前😀", Long,
        .. HostileValues.FileNames,
    ];

    [Fact]
    public void ConsoleShowsTheWholeReport() => AssertExpected("report.txt", ConsoleReport.Print(MadeUpImage.Report));

    [Fact]
    public void ConsoleShowsThreeLines() => Assert.Equal(
        """
        shop/api:1.0: 35.2 MB, +31.5 MB since the previous build; 13.0 MB compressed; 95.9 % less than a single stage
          base image 2.2 MB, packages 31.3 MB, application 1.2 MB, removed or replaced by a later layer: 500.0 kB
          user 1654, 2 shells, 1 package manager, 3 packages, 1 set-uid file, needs NET_BIND_SERVICE

        """,
        ConsoleReport.PrintSummary(MadeUpImage.Report));

    [Fact]
    public void ConsoleShowsThreeLinesOfAnImageOfWhichNothingIsKnown() => Assert.Equal(
        """
        app:1: 0.1 kB
          no files
          user root, no shell, no package manager, 0 set-uid files

        """,
        ConsoleReport.PrintSummary(MadeUpImage.ReportOf()));

    [Fact]
    public void MarkdownShowsTheWholeReport() => AssertExpected("report.md", MarkdownReport.Print(MadeUpImage.Report));

    [Fact]
    public void JsonIsTheWholeReport() => AssertExpected("report.json", ReportJson.Write(MadeUpImage.Report));

    [Fact]
    public void ConsoleNeverLeavesItsLineNorItsWidth()
    {
        foreach (var line in (ConsoleReport.Print(Hostile()) + ConsoleReport.PrintSummary(Hostile())).Split('\n'))
        {
            Assert.InRange(line.Length, 0, 110);
            Assert.DoesNotContain(line, c => char.IsControl(c) || c is '\u2028' or '\u202e');
        }
    }

    [Fact]
    public void MarkdownTablesKeepTheirColumnsWhateverANameIs()
    {
        var (columns, inTable) = (0, false);
        foreach (var line in MarkdownReport.Print(Hostile()).Split('\n'))
        {
            var cells = UnescapedPipe().Count(line);
            if (inTable && line.StartsWith('|')) Assert.Equal(columns, cells);
            (columns, inTable) = (line.StartsWith('|') ? cells : 0, line.StartsWith('|'));
            Assert.DoesNotContain("<script", line, StringComparison.Ordinal);
            Assert.True(line.Length < 2000, line);
        }
    }

    [Fact]
    public void MarkdownFitsIntoAComment()
    {
        var report = MadeUpImage.ReportOf(Enumerable.Range(0, 500).Select(index => MadeUpImage.File($"folder{index}/" + new string('n', 400), index, "4777")));
        report = report with { Layers = [.. Enumerable.Repeat(report.Layers[0] with { Instruction = new string('i', 300) }, 1000)] };
        report = report with { SincePrevious = ReportComparison.Compare(MadeUpImage.Report, report), SinceBaseline = ReportComparison.Compare(report, MadeUpImage.Report) };

        Assert.InRange(MarkdownReport.Print(report).Length, 10_000, 65_536);
    }

    [Theory]
    [InlineData("a|b", "a\\|b")]
    [InlineData("<b>&", "&lt;b&gt;&amp;")]
    [InlineData("`x`", "\\`x\\`")]
    [InlineData("a\nb\r", "a\\\\u000ab\\\\u000d")]
    [InlineData("__init__.py", "\\_\\_init\\_\\_.py")]
    [InlineData("[x](y) @me #1 *", "\\[x\\](y) &#64;me \\#1 \\*")]
    [InlineData("back\\slash", "back\\\\slash")]
    public void MarkdownShowsTextAsItIs(string text, string expected) => Assert.Equal(expected, MarkdownReport.Escape(text));

    [Theory]
    [InlineData(0, "0 kB")]
    [InlineData(1, "0.1 kB")]
    [InlineData(999, "1.0 kB")]
    [InlineData(150_000, "150.0 kB")]
    [InlineData(999_949, "999.9 kB")]
    [InlineData(999_950, "1.0 MB")]
    [InlineData(234_249_000, "234.2 MB")]
    [InlineData(-1_500_000, "-1.5 MB")]
    [InlineData(long.MaxValue, "9223372036854.8 MB")]
    [InlineData(long.MinValue, "-9223372036854.8 MB")]
    public void SizesAreInMegabytesOrKilobytes(long bytes, string expected) => Assert.Equal(expected, ReportText.Size(bytes));

    [Fact]
    public void ALongPathKeepsItsFirstFolderAndItsEnd() => Assert.Equal("/usr/…System.Runtime.dll", ReportText.ClipPath("/usr/share/dotnet/shared/System.Runtime.dll", 24));

    [Fact]
    public void WideCharactersTakeTwoColumns()
    {
        var text = new System.Text.StringBuilder();
        new TextTable("lr").Add("名前", "1").Add("plain", "22").Print(text, 0);
        Assert.Equal("名前    1\nplain  22\n", text.ToString());
    }

    /// <summary>A report in which every text is hostile.</summary>
    internal static ImageReport Hostile()
    {
        var report = MadeUpImage.ReportOf([.. Names.Select((name, index) => MadeUpImage.File($"app/{index}/{name}", 1000 + index, "4777")), .. Names.Select((name, index) => MadeUpImage.File(name.Trim('/') + index, 5000))]);
        var hostile = string.Concat(Names.Take(11));
        return report with
        {
            Names = [hostile, .. Names], Id = hostile, Digest = hostile, Platform = hostile,
            Sizes = report.Sizes with { Builder = new SizedImage(hostile, 1) },
            Layers = [report.Layers[0] with { Instruction = hostile }, .. Names.Select(name => report.Layers[0] with { Instruction = name })],
            Security = report.Security with { User = new ReportedUser { Configured = hostile, Name = hostile, UserId = 1, IsRoot = false }, Ports = [new ReportedPort(hostile, false)] },
            SincePrevious = ReportComparison.Compare(MadeUpImage.Report, report with { Layers = [report.Layers[0] with { Instruction = hostile }] }),
        };
    }

    private static void AssertExpected(string name, string text) =>
        Assert.Equal(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "tests", "ContainerSdk.Images.Tests", "Reports", "Expected", name)), text);

    [GeneratedRegex(@"(?<!\\)(?:\\\\)*\|")]
    private static partial Regex UnescapedPipe();
}
