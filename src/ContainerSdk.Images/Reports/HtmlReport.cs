namespace ContainerSdk.Images.Reports;

/// <summary>The report as one page that holds all that it shows: it may be opened from a disk, sent, or kept with a build, and asks nobody for anything.</summary>
public static class HtmlReport
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";

    /// <summary>The page.</summary>
    public static string Print(ImageReport report)
    {
        var page = new HtmlText();
        page.Markup($"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{Policy}\">\n")
            .Markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<link rel=\"icon\" href=\"data:,\">\n<title>").Text(report.Title).Markup(": size and security</title>\n<style>\n")
            .Markup(HtmlAssets.Style).Markup("\n</style>\n</head>\n<body>\n");
        Head(page, report);
        Map(page, report);
        foreach (var (with, difference) in ReportSentences.Differences(report)) Difference(page, with, difference);
        Section(page, "Layers");
        var layers = ReportSentences.Layers(report);
        HtmlTable.Print(page, layers.Alignments, layers.Columns, layers.Rows);
        Section(page, "Largest files");
        HtmlTable.Print(page, "rrll", ["Size", "Layer", "From", "File"], report.LargestFiles.Select(file => new[] { ReportText.Size(file.Size), $"{file.Layer}", ReportSentences.From(file.IsBase), file.Path }));
        Section(page, "Size");
        HtmlTable.Print(page, "lrl", ["What", "Size", "Remark"], ReportSentences.Sizes(report.Sizes).Select(row => new[] { row.What, row.Size, row.Remark }));
        Security(page, report.Security);
        return page.Markup("<script>\n").Markup(HtmlAssets.Script).Markup("\n</script>\n</body>\n</html>\n").ToString();
    }

    private static void Head(HtmlText page, ImageReport report)
    {
        page.Markup("<h1>").Text(report.Title).Markup("</h1>\n");
        foreach (var name in report.Names.Skip(1)) page.Markup("<p class=\"ids\">").Text(name).Markup("</p>\n");
        page.Markup("<p class=\"ids\">").Text(report.Platform).Markup(", id ").Text(report.Id).Markup("</p>\n");
        if (report.Digest is { } digest) page.Markup("<p class=\"ids\">digest ").Text(digest).Markup("</p>\n");
        page.Markup("<div class=\"cards\">\n");
        Card(page, ReportText.Size(report.Sizes.Uncompressed), "image, uncompressed");
        if (report.Sizes.Compressed is { } compressed) Card(page, ReportText.Size(compressed), "as pushed and pulled");
        if (report.Sizes.ReductionPercent is { } percent) Card(page, ReportText.Percent(Math.Abs(percent)), $"{(percent < 0 ? "more" : "less")} than {(report.Sizes.SingleStage is null ? "the builder image" : "a single stage")}");
        foreach (var (with, difference) in ReportSentences.Differences(report)) Card(page, ReportText.Change(difference.Total.Growth), $"against {with}");
        Card(page, report.Security.User.IsRoot ? "root" : report.Security.User.Configured, "runs as");
        page.Markup("</div>\n");
        (string Class, string What, long Size)[] parts =
        [
            ("base", "base image", report.Split.Base), ("packages", "packages", report.Split.Packages), ("application", "application", report.Split.Application),
            ("other", "other own files", report.Split.Other), ("hidden", "removed or replaced by a later layer", report.Split.Hidden),
        ];
        parts = [.. parts.Where(part => part.Size > 0)];
        page.Markup("<div class=\"bar\" aria-hidden=\"true\">");
        foreach (var part in parts) page.Markup($"<i class=\"{part.Class}\" style=\"width:").Number(100.0 * part.Size / parts.Sum(other => other.Size)).Markup("%\"></i>");
        page.Markup("</div>\n<ul class=\"legend\">\n");
        foreach (var part in parts) page.Markup($"<li><i class=\"{part.Class}\"></i>{part.What} <b>{ReportText.Size(part.Size)}</b></li>\n");
        page.Markup("</ul>\n");
    }

    private static void Map(HtmlText page, ImageReport report)
    {
        Section(page, "Where the bytes are");
        page.Markup("<ul class=\"legend\">");
        foreach (var (kind, what) in new[] { ("base", "layers of the base image"), ("packages", "layers that install packages"), ("application", report.Layers.Any(layer => layer.InstallsPackages) ? "other own layers" : "own layers") })
        {
            var layers = report.Layers.Where(layer => kind == (layer.IsBase ? "base" : layer.InstallsPackages ? "packages" : "application")).ToArray();
            if (layers.Length > 0) page.Markup($"<li><i class=\"{kind}\"></i>{what} <b>{ReportText.Size(layers.Sum(layer => layer.Files.Values.Sum()))}</b></li>");
        }

        page.Markup("</ul>\n")
            .Markup("<p class=\"key\">Areas are as large as files. Click, or Tab and Enter, goes into a folder; Escape goes back; the arrow keys go from cell to cell.</p>\n")
            .Markup("<nav id=\"where\" aria-label=\"Place in the treemap\"></nav>\n<div id=\"map\" role=\"tree\" aria-label=\"Treemap of layers, folders and files\">")
            .Markup(HtmlTreemap.Print(report)).Markup("</div>\n<p id=\"what\"></p>\n");
    }

    private static void Security(HtmlText page, SecurityTable security)
    {
        Section(page, "Security");
        HtmlTable.Print(page, "ll", ["What", "State"], ReportSentences.Security(security).Select(row => new[] { row.What, row.State }));
        foreach (var (what, found) in ReportSentences.Paths(security))
        {
            page.Markup("<details><summary>").Text($"{what} ({found.Count})").Markup("</summary><ul>\n");
            foreach (var path in found.Paths) page.Markup("<li><code>").Text(path).Markup("</code></li>\n");
            if (found.Count > found.Paths.Length) page.Markup("<li>").Text(ReportSentences.More(found.Count - found.Paths.Length)).Markup("</li>\n");
            page.Markup("</ul></details>\n");
        }
    }

    private static void Difference(HtmlText page, string with, ReportDifference difference)
    {
        Section(page, $"Against {with}");
        HtmlTable.Print(page, "lrrr", ["", "Then", "Now", "Change"], new[] { ("image", difference.Total), ("base layers", difference.Base), ("own layers", difference.Own) }
            .Select(row => new[] { row.Item1, ReportText.Size(row.Item2.Before), ReportText.Size(row.Item2.Now), ReportText.Change(row.Item2.Growth) }));
        if (!difference.Layers.IsEmpty)
        {
            page.Markup("<h3>Layers that are not the same</h3>\n");
            HtmlTable.Print(page, "rll", ["Change", "From", "Layer"], difference.Layers.Select(layer => new[] { ReportText.Change(layer.Now - layer.Before), ReportSentences.From(layer.IsBase), layer.Instruction }));
        }

        foreach (var (what, changes) in ReportSentences.Changes(difference))
        {
            page.Markup("<h3>").Text(ReportSentences.Changes(what, changes)).Markup("</h3>\n");
            HtmlTable.Print(page, "rl", ["Change", "File"], changes.Largest.Select(file => new[] { ReportText.Change(ReportSentences.Growth(file)), file.Path }));
        }
    }

    private static void Section(HtmlText page, string heading) => page.Markup("<h2>").Text(heading).Markup("</h2>\n");

    private static void Card(HtmlText page, string value, string what) => page.Markup("<div class=\"card\"><b>").Text(value).Markup("</b><span>").Text(what).Markup("</span></div>\n");
}
