using System.Text;

namespace ContainerSdk.Images.Reports;

/// <summary>The report for a terminal: aligned columns, no line longer than 110 characters, no control characters but line feeds.</summary>
public static class ConsoleReport
{
    private const int Indent = 2;
    private const int MaxListed = 5;

    /// <summary>Three lines: how large and against what, where the bytes come from, and who may do what.</summary>
    public static string PrintSummary(ImageReport report)
    {
        var text = new StringBuilder();
        foreach (var (index, line) in ReportSentences.Summary(report).Index())
            Line(text, index == 0 ? 0 : Indent, index == 0 ? $"{ReportText.OneLine(report.Title)}: {line}" : line);
        return text.ToString();
    }

    /// <summary>Everything.</summary>
    public static string Print(ImageReport report)
    {
        var text = new StringBuilder();
        Line(text, 0, $"{string.Join(", ", report.Names.Select(ReportText.OneLine).DefaultIfEmpty("image"))} ({ReportText.OneLine(report.Platform)})");
        Line(text, 0, $"id {ReportText.OneLine(report.Id)}");
        if (report.Digest is { } digest) Line(text, 0, $"digest {ReportText.OneLine(digest)}");
        Heading(text, "Size");
        var sizes = new TextTable("lrl");
        foreach (var (what, size, remark) in ReportSentences.Sizes(report.Sizes)) sizes.Add(what, size, remark);
        sizes.Print(text, Indent);
        Heading(text, "Where the bytes of the files are from");
        var split = new TextTable("lr");
        foreach (var (what, size) in ReportSentences.Split(report.Split)) split.Add(what, ReportText.Size(size));
        if (report.Split.Hidden > 0) split.Add("removed or replaced by a later layer", ReportText.Size(report.Split.Hidden));
        split.Print(text, Indent);
        Heading(text, "Layers");
        var (alignments, columns, rows) = ReportSentences.Layers(report);
        var layers = new TextTable(alignments).Add(columns);
        foreach (var row in rows) layers.Add(row);
        layers.Print(text, Indent);
        Heading(text, "Largest files");
        var files = new TextTable("rrll");
        foreach (var file in report.LargestFiles) files.Add($"{file.Layer}", ReportText.Size(file.Size), ReportSentences.From(file.IsBase), ReportText.OneLine(file.Path));
        files.Print(text, Indent);
        Security(text, report.Security);
        foreach (var (with, difference) in ReportSentences.Differences(report)) Difference(text, with, difference);
        return text.ToString();
    }

    private static void Security(StringBuilder text, SecurityTable security)
    {
        Heading(text, "Security");
        var table = new TextTable("ll");
        foreach (var (what, state) in ReportSentences.Security(security)) table.Add(what, state);
        table.Print(text, Indent);
        foreach (var (what, found) in ReportSentences.Paths(security))
        {
            Line(text, Indent, what + ":");
            foreach (var path in found.Paths.Take(MaxListed)) Line(text, 2 * Indent, ReportText.OneLine(path));
            if (found.Count > MaxListed) Line(text, 2 * Indent, ReportSentences.More(found.Count - MaxListed));
        }
    }

    private static void Difference(StringBuilder text, string with, ReportDifference difference)
    {
        Heading(text, $"Against {with}");
        var totals = new TextTable("lrrr").Add("", "then", "now", "change");
        foreach (var (what, change) in new[] { ("image", difference.Total), ("base layers", difference.Base), ("own layers", difference.Own) })
            totals.Add(what, ReportText.Size(change.Before), ReportText.Size(change.Now), ReportText.Change(change.Growth));
        totals.Print(text, Indent);
        var layers = new TextTable("rll");
        foreach (var layer in difference.Layers) layers.Add(ReportText.Change(layer.Now - layer.Before), ReportSentences.From(layer.IsBase) + " layer", ReportText.OneLine(layer.Instruction));
        layers.Print(text, Indent);
        foreach (var (what, changes) in ReportSentences.Changes(difference))
        {
            Line(text, Indent, ReportSentences.Changes(what, changes));
            var table = new TextTable("rl");
            foreach (var file in changes.Largest) table.Add(ReportText.Change(ReportSentences.Growth(file)), ReportText.OneLine(file.Path));
            table.Print(text, 2 * Indent);
        }
    }

    private static void Heading(StringBuilder text, string heading) => text.Append('\n').Append(heading).Append('\n');

    private static void Line(StringBuilder text, int indent, string line) => text.Append(' ', indent).Append(TextTable.Fit(line, TextTable.LineWidth - indent)).Append('\n');
}
