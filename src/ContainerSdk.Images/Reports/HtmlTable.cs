namespace ContainerSdk.Images.Reports;

/// <summary>A table of a page.</summary>
internal static class HtmlTable
{
    // An image with a thousand layers must not become a page that nobody can open.
    private const int MaxRows = 300;

    /// <summary>Prints it; <paramref name="alignments"/> has a letter for each column: <c>l</c> or <c>r</c>.</summary>
    public static void Print(HtmlText page, string alignments, string[] columns, IEnumerable<string[]> rows)
    {
        page.Markup(columns.Length > 4 ? "<div class=\"scroll\"><table>\n<tr>" : "<div class=\"scroll\"><table class=\"slim\">\n<tr>");
        for (var column = 0; column < columns.Length; column++) page.Markup(alignments[column] == 'r' ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">").Text(columns[column]).Markup("</th>");
        page.Markup("</tr>\n");
        foreach (var row in rows.Take(MaxRows))
        {
            page.Markup("<tr>");
            for (var column = 0; column < row.Length; column++) Cell(page, alignments[column], columns[column], row[column]);
            page.Markup("</tr>\n");
        }

        page.Markup("</table></div>\n");
    }

    private static void Cell(HtmlText page, char alignment, string column, string text)
    {
        if (alignment == 'r') page.Markup("<td class=\"n\">").Text(text);
        else if (column == "From") page.Markup($"<td><span class=\"tag {(text == "base" ? "base" : "own")}\">").Text(text).Markup("</span>");
        else if (column is "Instruction" or "File" or "Layer") page.Markup("<td><code>").Text(text).Markup("</code>");
        else page.Markup(column == "What is in it" ? "<td class=\"w\">" : "<td>").Text(text);
        page.Markup("</td>");
    }
}
