using System.Collections.Immutable;
using ContainerSdk.Images.Inspection;
using ContainerSdk.Images.Layers;

namespace ContainerSdk.Images.Reports;

/// <summary>
/// Which layer each file that a container sees comes from, and what of a layer it does not see. A file counts where it is visible: in the layer that was the last to write it.
/// </summary>
public static class LayerContents
{
    /// <summary>How many files a report names. The smallest of an image with more are counted together with those of their folder.</summary>
    public const int MaxFiles = 20_000;

    private const int MaxDepth = 6;
    private const int MaxFolders = 3;

    // Below this share of a layer a folder explains nothing.
    private const double Telling = 0.02;
    private const double NearlyAll = 0.9;

    /// <summary>What of each layer is seen and what is not, in the image's order.</summary>
    internal static ImmutableArray<LayerContent> Read(InspectedImage image)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var contents = new LayerContent[image.Layers.Length];
        for (var index = image.Layers.Length - 1; index >= 0; index--) contents[index] = Read(image, image.Layers[index], seen);
        return [.. contents];
    }

    /// <summary>The folders with the most bytes, a step below where nearly all of them lie.</summary>
    internal static ImmutableArray<SizedPath> LargestFolders(LayerContent content)
    {
        var folders = new Dictionary<string, (int Depth, long Size)>(StringComparer.Ordinal) { [""] = (0, 0) };
        foreach (var (path, size) in content.Visible.Concat(content.Hidden))
        {
            folders[""] = (0, folders[""].Size + size);
            var slash = path.IndexOf('/', StringComparison.Ordinal);
            for (var depth = 1; depth <= MaxDepth && slash > 0; depth++, slash = path.IndexOf('/', slash + 1))
            {
                var folder = path[..slash];
                folders[folder] = (depth, folders.GetValueOrDefault(folder).Size + size);
            }
        }

        var total = folders[""].Size;
        if (total == 0) return [];
        var below = folders.ToLookup(folder => folder.Key.LastIndexOf('/') is var slash and >= 0 ? folder.Key[..slash] : folder.Key.Length == 0 ? "/" : "", StringComparer.Ordinal);
        var at = "";
        while (Largest(at).FirstOrDefault() is { Key: not null } largest && largest.Value.Size >= NearlyAll * total) at = largest.Key;
        ImmutableArray<SizedPath> found = [.. Largest(at).Where(folder => folder.Value.Size >= Telling * total).Take(MaxFolders).Select(folder => new SizedPath('/' + folder.Key, folder.Value.Size))];
        return found.IsEmpty || found.Sum(folder => folder.Size) < total / 2 ? [new SizedPath('/' + at, folders[at].Size)] : found;

        IEnumerable<KeyValuePair<string, (int Depth, long Size)>> Largest(string folder) =>
            below[folder].OrderByDescending(child => child.Value.Size).ThenBy(child => child.Key, StringComparer.Ordinal);
    }

    /// <summary>The files that a report names: all of them, or the largest, and the rest by their folders.</summary>
    internal static ImmutableArray<ImmutableSortedDictionary<string, long>> Named(ImmutableArray<LayerContent> contents)
    {
        var sizes = contents.SelectMany(content => content.Visible).Select(file => file.Size).OrderDescending().Take(MaxFiles + 1).ToArray();
        var smallest = sizes.Length > MaxFiles ? sizes[^1] : -1;
        return [.. contents.Select(content => Fold(content, smallest))];
    }

    private static ImmutableSortedDictionary<string, long> Fold(LayerContent content, long smallest)
    {
        var named = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (path, size) in content.Visible)
        {
            if (size > smallest) named['/' + path] = size;
            else Add('/' + path[..(path.LastIndexOf('/') + 1)], size);
        }

        // So many folders that they too have to be counted together.
        foreach (var folder in named.Count <= 2 * MaxFiles ? [] : named.Keys.Where(path => path is [_, .., '/']).ToArray())
        {
            named.Remove(folder, out var size);
            Add(folder.IndexOf('/', 1) is var slash ? folder[..(slash + 1)] : folder, size);
        }

        return named.ToImmutableSortedDictionary(StringComparer.Ordinal);

        void Add(string folder, long size) => named[folder] = named.GetValueOrDefault(folder) + size;
    }

    private static LayerContent Read(InspectedImage image, InspectedLayer layer, HashSet<string> seen)
    {
        var (visible, links, hidden) = (new List<SizedPath>(), new List<LayerName>(), new Dictionary<string, long>(StringComparer.Ordinal));
        for (var index = layer.Names.Length - 1; index >= 0; index--)
        {
            var (path, entry) = layer.Names[index];
            if (entry.Kind is not (LayerEntryKind.File or LayerEntryKind.HardLink) || IsWhiteout(path)) continue;
            // The tree holds the very entry of the layer that wrote it last.
            if (!ReferenceEquals(image.Files.Find(path), entry) || !seen.Add(path)) hidden[path] = hidden.GetValueOrDefault(path) + Math.Max(entry.Size, 0);
            else if (entry.Kind == LayerEntryKind.HardLink) links.Add(layer.Names[index]);
            else visible.Add(new SizedPath(path, Math.Max(entry.Size, 0)));
        }

        // The bytes of a file that is gone are still seen if it has another name.
        foreach (var link in links) visible.Add(new SizedPath(link.Path, hidden.Remove(link.Entry.Target, out var size) ? size : 0));
        return new LayerContent([.. visible.OrderBy(file => file.Path, StringComparer.Ordinal)], [.. hidden.Select(file => new SizedPath(file.Key, file.Value)).OrderBy(file => file.Path, StringComparer.Ordinal)]);
    }

    private static bool IsWhiteout(string path) => path.AsSpan(path.LastIndexOf('/') + 1).StartsWith(".wh.", StringComparison.Ordinal);
}

/// <summary>The files of a layer, by paths without a leading slash, in their order.</summary>
/// <param name="Visible">Those that a container sees.</param>
/// <param name="Hidden">Those that a later layer removes or replaces.</param>
internal sealed record LayerContent(ImmutableArray<SizedPath> Visible, ImmutableArray<SizedPath> Hidden);
