using System.Collections.Immutable;

namespace ContainerSdk.Images.Reports;

/// <summary>What is different between two reports.</summary>
internal static class ReportComparison
{
    private const int MaxLargest = 10;

    public static ReportDifference Compare(ImageReport earlier, ImageReport report)
    {
        var (before, now) = (Files(earlier), Files(report));
        var changes = before.Keys.Union(now.Keys, StringComparer.Ordinal)
            .Select(path => (Kind: before.ContainsKey(path) ? now.ContainsKey(path) ? 0 : -1 : 1, Change: new FileChange(path, before.GetValueOrDefault(path), now.GetValueOrDefault(path))))
            .ToLookup(change => change.Kind != 0 ? change.Kind : 2 * change.Change.Now.CompareTo(change.Change.Before), change => change.Change);
        return new ReportDifference
        {
            Id = earlier.Id,
            Total = new SizeChange(earlier.Sizes.Uncompressed, report.Sizes.Uncompressed),
            Base = new SizeChange(Sum(earlier, isBase: true), Sum(report, isBase: true)),
            Own = new SizeChange(Sum(earlier, isBase: false), Sum(report, isBase: false)),
            Layers = Layers(earlier, report),
            Added = Changes(changes[1]),
            Removed = Changes(changes[-1]),
            Grown = Changes(changes[2]),
            Shrunk = Changes(changes[-2]),
        };
    }

    private static FileChanges Changes(IEnumerable<FileChange> changes)
    {
        var all = changes.OrderByDescending(change => Math.Abs((decimal)change.Now - change.Before)).ThenBy(change => change.Path, StringComparer.Ordinal).ToArray();
        return new FileChanges(all.Length, all.Sum(change => change.Now - change.Before), [.. all.Take(MaxLargest)]);
    }

    // The same content is the same layer; of what is left, the same instruction is the same layer with another content.
    private static ImmutableArray<LayerChange> Layers(ImageReport earlier, ImageReport report)
    {
        var old = earlier.Layers.ToList();
        var changed = new List<ReportedLayer>();
        foreach (var layer in report.Layers)
        {
            if (old.FindIndex(other => other.DiffIds.AsSpan().SequenceEqual(layer.DiffIds.AsSpan())) is var same and >= 0) old.RemoveAt(same);
            else changed.Add(layer);
        }

        var changes = ImmutableArray.CreateBuilder<LayerChange>();
        foreach (var layer in changed)
        {
            var before = old.FindIndex(other => other.IsBase == layer.IsBase && other.Instruction == layer.Instruction);
            changes.Add(new LayerChange(layer.Instruction, layer.IsBase, before < 0 ? 0 : old[before].Size, layer.Size));
            if (before >= 0) old.RemoveAt(before);
        }

        changes.AddRange(old.Select(layer => new LayerChange(layer.Instruction, layer.IsBase, layer.Size, 0)));
        return changes.ToImmutable();
    }

    private static Dictionary<string, long> Files(ImageReport report)
    {
        var files = new Dictionary<string, long>(StringComparer.Ordinal);
        // Small files of one folder may be in several layers.
        foreach (var (path, size) in report.Layers.SelectMany(layer => layer.Files)) files[path] = files.GetValueOrDefault(path) + size;
        return files;
    }

    private static long Sum(ImageReport report, bool isBase) => report.Layers.Where(layer => layer.IsBase == isBase).Sum(layer => layer.Size);
}
