using System.Text;

namespace ContainerSdk.Images.Reports;

/// <summary>The report as a comment on a pull request: GitHub's Markdown (https://github.github.com/gfm/), with the long tables folded.</summary>
public static class MarkdownReport
{
    // A comment on GitHub may have 65536 characters.
    private const int MaxText = 160;
    private const int MaxRows = 40;
    private const int MaxPaths = 10;

    /// <summary>The comment.</summary>
    public static string Print(ImageReport report)
    {
        var text = new StringBuilder();
        text.Append("### Image ").Append(Escape(report.Title)).Append(" (").Append(Escape(report.Platform)).Append(")\n\n");
        foreach (var line in ReportSentences.Summary(report)) text.Append("- ").Append(Escape(line)).Append('\n');
        text.Append('\n');
        Table(text, "lrl", ["", "Size", "Remark"], ReportSentences.Sizes(report.Sizes).Select(row => new[] { row.What, row.Size, row.Remark }));
        foreach (var (with, difference) in ReportSentences.Differences(report)) Difference(text, with, difference);
        var layers = ReportSentences.Layers(report);
        Fold(text, $"Layers ({report.Layers.Sum(layer => layer.DiffIds.Length)})", () => Table(text, layers.Alignments, layers.Columns, layers.Rows));
        Fold(text, "Largest files", () => Table(text, "rrll", ["Size", "Layer", "From", "File"], report.LargestFiles.Select(file => new[] { ReportText.Size(file.Size), $"{file.Layer}", ReportSentences.From(file.IsBase), file.Path })));
        Fold(text, "Security", () => Security(text, report.Security));
        text.Append("Id ").Append(Escape(report.Id)).Append('\n');
        return text.ToString();
    }

    /// <summary>Text as it is read, whatever it holds: on one line, and no part of a table, of emphasis, of a link, or of HTML.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var c in ReportText.OneLine(text.StartsWith('/') ? ReportText.ClipPath(text, MaxText) : ReportText.Clip(text, MaxText)))
        {
            _ = c switch
            {
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '&' => escaped.Append("&amp;"),
                // So that nobody is called.
                '@' => escaped.Append("&#64;"),
                '\\' or '|' or '`' or '*' or '_' or '[' or ']' or '~' or '#' or '$' => escaped.Append('\\').Append(c),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

    private static void Security(StringBuilder text, SecurityTable security)
    {
        Table(text, "ll", ["What", "State"], ReportSentences.Security(security).Select(row => new[] { row.What, row.State }));
        foreach (var (what, found) in ReportSentences.Paths(security))
        {
            text.Append(Escape(what)).Append(":\n\n");
            foreach (var path in found.Paths.Take(MaxPaths)) text.Append("- ").Append(Escape(path)).Append('\n');
            if (found.Count > MaxPaths) text.Append("- ").Append(ReportSentences.More(found.Count - MaxPaths)).Append('\n');
            text.Append('\n');
        }
    }

    private static void Difference(StringBuilder text, string with, ReportDifference difference)
    {
        text.Append("Against ").Append(with).Append(":\n\n");
        Table(text, "lrrr", ["", "Then", "Now", "Change"], new[] { ("image", difference.Total), ("base layers", difference.Base), ("own layers", difference.Own) }
            .Select(row => new[] { row.Item1, ReportText.Size(row.Item2.Before), ReportText.Size(row.Item2.Now), ReportText.Change(row.Item2.Growth) }));
        if (difference.Layers.IsEmpty && !ReportSentences.Changes(difference).Any()) return;
        Fold(text, $"What changed against {with}", () =>
        {
            if (!difference.Layers.IsEmpty)
                Table(text, "rll", ["Change", "From", "Layer"], difference.Layers.Select(layer => new[] { ReportText.Change(layer.Now - layer.Before), ReportSentences.From(layer.IsBase), layer.Instruction }));
            foreach (var (what, changes) in ReportSentences.Changes(difference))
            {
                text.Append(Escape(ReportSentences.Changes(what, changes))).Append("\n\n");
                Table(text, "rl", ["Change", "File"], changes.Largest.Select(file => new[] { ReportText.Change(ReportSentences.Growth(file)), file.Path }));
            }
        });
    }

    private static void Fold(StringBuilder text, string summary, Action print)
    {
        text.Append("<details><summary>").Append(summary).Append("</summary>\n\n");
        print();
        text.Append("</details>\n\n");
    }

    private static void Table(StringBuilder text, string alignments, string[] columns, IEnumerable<string[]> rows)
    {
        text.Append("| ").AppendJoin(" | ", columns).Append(" |\n|");
        foreach (var alignment in alignments) text.Append(alignment == 'r' ? "---:|" : "---|");
        text.Append('\n');
        var more = 0;
        foreach (var (index, row) in rows.Index())
        {
            if (index < MaxRows) text.Append("| ").AppendJoin(" | ", row.Select(Escape)).Append(" |\n");
            else more++;
        }

        text.Append('\n');
        if (more > 0) text.Append(ReportSentences.More(more)).Append("\n\n");
    }
}
