using System.Collections.Immutable;
using System.Globalization;

namespace ContainerSdk.Images.Reports;

/// <summary>What the printers say in the same words. The texts are safe to show on one line, but encoded for no syntax.</summary>
internal static class ReportSentences
{
    /// <summary>Three lines: how large and against what, where the bytes come from, and who may do what.</summary>
    public static IEnumerable<string> Summary(ImageReport report)
    {
        var (sizes, security) = (report.Sizes, report.Security);
        yield return ReportText.Size(sizes.Uncompressed)
            + (report.SincePrevious is { } difference ? $", {ReportText.Change(difference.Total.Growth)} since the previous build" : "")
            + (sizes.Compressed is { } compressed ? $"; {ReportText.Size(compressed)} compressed" : "")
            + (sizes.ReductionPercent is { } percent ? $"; {ReportText.Percent(Math.Abs(percent))} {(percent < 0 ? "more" : "less")} than {(sizes.SingleStage is null ? "the builder image" : "a single stage")}" : "");
        var parts = Split(report.Split).Select(part => $"{part.What} {ReportText.Size(part.Size)}");
        yield return string.Join(", ", Waste(report.Split) is { } waste ? parts.Append(waste) : parts.DefaultIfEmpty("no files"));
        yield return $"user {(security.User.IsRoot ? "root" : ReportText.OneLine(security.User.Configured))}, {Present(security.Shells, "shell")}, {Present(security.PackageManagers, "package manager")}"
            + (security.Packages is { } packages ? $", {ReportText.Count(packages.Base + packages.Own, "package")}" : "")
            + $", {ReportText.Count(security.SetIdFiles.Count, "set-uid file")}"
            + (security.Capabilities.IsEmpty ? "" : $", needs {string.Join(", ", security.Capabilities)}");
    }

    /// <summary>How many are not shown.</summary>
    public static string More(int count) => Number($"{count:#,0} more");

    /// <summary>The layers as a table, without columns that nothing is in. One letter of the alignments is a column: <c>l</c> or <c>r</c>.</summary>
    public static (string Alignments, string[] Columns, ImmutableArray<string[]> Rows) Layers(ImageReport report)
    {
        string[] columns = ["No.", "Size", "Compressed", "Hidden later", "From", "Instruction", "What is in it"];
        ImmutableArray<string[]> rows = [.. report.Layers.Select(layer => new[]
        {
            layer.Number, ReportText.Size(layer.Size), layer.CompressedSize is { } size ? ReportText.Size(size) : "", layer.HiddenSize > 0 ? ReportText.Size(layer.HiddenSize) : "",
            From(layer.IsBase), ReportText.OneLine(layer.Instruction), ReportText.Content(layer),
        })];
        var used = Enumerable.Range(0, columns.Length).Where(column => rows.Any(row => row[column].Length > 0)).ToArray();
        return (string.Concat(used.Select(column => "rrrrlll"[column])), [.. used.Select(column => columns[column])], [.. rows.Select(row => used.Select(column => row[column]).ToArray())]);
    }

    /// <summary>Which of the two brought a layer or file.</summary>
    public static string From(bool isBase) => isBase ? "base" : "own";

    /// <summary>The rows of the size table: what, how large, and a remark.</summary>
    public static IEnumerable<(string What, string Size, string Remark)> Sizes(SizeTable sizes)
    {
        yield return ("image", ReportText.Size(sizes.Uncompressed), "uncompressed, as it lies on a host");
        if (sizes.Compressed is { } compressed) yield return ("image compressed", ReportText.Size(compressed), "as it is pushed and pulled");
        if (sizes.Builder is { } builder) yield return ("builder image", ReportText.Size(builder.Size), ReportText.OneLine(builder.Name));
        if (sizes.SingleStage is { } single) yield return ("single stage", ReportText.Size(single), "estimate: builder image and application");
        if (sizes.ReductionPercent is { } percent) yield return ("reduction", ReportText.Percent(percent), $"against the {(sizes.SingleStage is null ? "builder image" : "single stage")}");
    }

    /// <summary>The parts that the bytes of the files are of; those that are nothing are left out.</summary>
    public static IEnumerable<(string What, long Size)> Split(SizeSplit split) =>
        new[] { ("base image", split.Base), ("packages", split.Packages), ("application", split.Application), ("other own files", split.Other) }.Where(part => part.Item2 > 0);

    /// <summary>Bytes that are carried along for nothing; null if there are none.</summary>
    public static string? Waste(SizeSplit split) => split.Hidden > 0 ? $"removed or replaced by a later layer: {ReportText.Size(split.Hidden)}" : null;

    /// <summary>The rows of the security table: what, and how it is.</summary>
    public static IEnumerable<(string What, string State)> Security(SecurityTable security)
    {
        yield return ("user", User(security.User));
        yield return ("shell", Programs(security.Shells));
        yield return ("package manager", Programs(security.PackageManagers));
        if (security.Packages is { } packages) yield return ("packages", Number($"{packages.Base + packages.Own}, {packages.Base} of the base image"));
        yield return ("set-uid and set-gid files", Number($"{security.SetIdFiles.Count}"));
        yield return ("world-writable", Number($"{security.WorldWritable.Count}{(security.StickyFolders.Count > 0 ? $", and {security.StickyFolders.Count} with the sticky bit" : "")}"));
        yield return ("files that the user may write to", security.WritableByUser is { } writable ? Number($"{writable.Count}") : "all, as root");
        yield return ("ports", security.Ports.IsEmpty ? "none" : string.Join(", ", security.Ports.Select(port => ReportText.OneLine(port.Port) + (port.IsPrivileged ? " (below 1024)" : ""))));
        yield return ("capabilities needed", security.Capabilities.IsEmpty ? "none" : string.Join(", ", security.Capabilities));
    }

    /// <summary>The lists of paths behind the security table; the empty ones are left out.</summary>
    public static IEnumerable<(string What, FoundPaths Found)> Paths(SecurityTable security) =>
        new[]
        {
            ("set-uid and set-gid files", security.SetIdFiles), ("world-writable files and folders", security.WorldWritable),
            ("world-writable folders with the sticky bit", security.StickyFolders), ("files that the user may write to", security.WritableByUser ?? new FoundPaths(0, [])),
        }.Where(list => list.Item2.Count > 0);

    /// <summary>Who the process runs as.</summary>
    public static string User(ReportedUser user)
    {
        var shown = user.Configured.Length == 0 ? "root, as none is configured" : ReportText.OneLine(user.Configured);
        if (user.UserId is not { } id) return $"{shown}, which the image's /etc/passwd does not know";
        var account = user.Name is null ? "" : $" ({ReportText.OneLine(user.Name)})";
        return string.Create(CultureInfo.InvariantCulture, $"{shown}: number {id}{account}, group {(user.GroupId is { } group ? group : "unknown")}");
    }

    /// <summary>The four ways in which files change.</summary>
    public static IEnumerable<(string What, FileChanges Changes)> Changes(ReportDifference difference) =>
        new[] { ("added", difference.Added), ("removed", difference.Removed), ("grown", difference.Grown), ("shrunk", difference.Shrunk) }.Where(change => change.Item2.Count > 0);

    /// <summary>How many files changed so, and by how much: <c>2 files added: +1.0 MB</c>.</summary>
    public static string Changes(string what, FileChanges changes) => $"{ReportText.Count(changes.Count, "file")} {what}: {ReportText.Change(changes.Size)}";

    /// <summary>The comparisons that the report has.</summary>
    public static IEnumerable<(string With, ReportDifference Difference)> Differences(ImageReport report)
    {
        if (report.SincePrevious is { } previous) yield return ("the previous build", previous);
        if (report.SinceBaseline is { } baseline) yield return ("the baseline", baseline);
    }

    /// <summary>A path and by how much it changed.</summary>
    public static long Growth(FileChange change) => change.Now - change.Before;

    private static string Present(IReadOnlyCollection<string> programs, string noun) => programs.Count == 0 ? $"no {noun}" : ReportText.Count(programs.Count, noun);

    private static string Programs(IReadOnlyCollection<string> programs) => programs.Count == 0 ? "none" : string.Join(", ", programs.Select(ReportText.OneLine));

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
