namespace ContainerSdk.Images.Reports;

/// <summary>The treemap as elements within elements, each placed by its share of the one around it: it is whole without the script, and fits a page of any width.</summary>
internal static class HtmlTreemap
{
    private const int MaxBytes = 700_000;
    private const int MaxName = 60;
    private const int MaxPath = 160;

    /// <summary>The elements, as many as a page can hold.</summary>
    public static string Print(ImageReport report)
    {
        for (var budget = 2500; ; budget /= 2)
        {
            var page = new HtmlText();
            Print(page, Treemap.Draw(report, budget), 0, "");
            if (page.Bytes <= MaxBytes || budget < 10) return page.ToString();
        }
    }

    private static void Print(HtmlText page, TreemapCell cell, int depth, string origin)
    {
        if (cell.Layer is { } layer) origin = layer.IsBase ? " base" : layer.InstallsPackages ? " packages" : " own";
        page.Markup($"<div class=\"c {Class(cell.Kind)}{(cell.Layer is null ? "" : origin)}{(depth == 0 ? " open" : cell.Cells.IsEmpty ? "" : " z")}\" style=\"left:").Number(100 * cell.Area.X)
            .Markup("%;top:").Number(100 * cell.Area.Y).Markup("%;width:").Number(100 * cell.Area.Width).Markup("%;height:").Number(100 * cell.Area.Height)
            .Markup($"%\" role=\"treeitem\" tabindex=\"{(depth == 1 ? "0" : "-1")}\" aria-label=\"").Text(Label(cell)).Markup("\"><span>");
        Name(page, cell);
        page.Markup("</span>");
        if (!cell.Cells.IsEmpty)
        {
            page.Markup("<div class=\"k\" role=\"group\">");
            foreach (var inner in cell.Cells) Print(page, inner, depth + 1, origin);
            page.Markup("</div>");
        }

        page.Markup("</div>");
    }

    private static void Name(HtmlText page, TreemapCell cell)
    {
        page.Markup("<b>").Text(ReportText.ClipPath(cell.Name, MaxName)).Markup("</b> ");
        if (cell.Layer is { } layer) page.Markup(layer.IsBase ? "base, " : "own, ").Text(ReportText.Size(cell.Size)).Markup(" ").Text(ReportText.Clip(layer.Instruction, MaxPath));
        else page.Markup("<u>").Text(ReportText.Size(cell.Size)).Markup("</u>");
    }

    private static string Label(TreemapCell cell)
    {
        var size = ReportText.Size(cell.Size);
        return cell.Kind switch
        {
            TreemapKind.Image => $"{ReportText.Clip(cell.Name, MaxPath)}, {size} in {ReportText.Count(cell.Count, "file")}",
            TreemapKind.Layer => $"{cell.Name} of {(cell.Layer!.IsBase ? "the base image" : "this image")}, {size} in {ReportText.Count(cell.Count, "file")}{(cell.Layer.Instruction.Length > 0 ? ": " : "")}{ReportText.Clip(cell.Layer.Instruction, MaxPath)}",
            TreemapKind.Folder => $"{ReportText.ClipPath(cell.Path, MaxPath)}/, {size} in {ReportText.Count(cell.Count, "file")}",
            TreemapKind.Rest => $"{ReportText.ClipPath(cell.Path, MaxPath)}: {cell.Name}, {size}",
            _ => $"{ReportText.ClipPath(cell.Path, MaxPath)}, {size}",
        };
    }

    private static string Class(TreemapKind kind) => kind switch
    {
        TreemapKind.Image => "i",
        TreemapKind.Layer => "l",
        TreemapKind.Folder => "d",
        TreemapKind.File => "f",
        _ => "r",
    };
}
