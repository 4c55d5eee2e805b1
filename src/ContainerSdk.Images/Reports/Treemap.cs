using System.Collections.Immutable;

namespace ContainerSdk.Images.Reports;

/// <summary>
/// The image as cells within cells: layers, then folders, then files. Only so many cells are drawn as can be told apart; the rest of a folder is one cell.
/// </summary>
internal static class Treemap
{
    /// <summary>The width that proportions are made for, in pixels of the page.</summary>
    public const double Width = 1180;

    /// <summary>The height that proportions are made for.</summary>
    public const double Height = 640;

    /// <summary>What a cell's own name takes from the cells in it: above, and at each other side.</summary>
    public const double Header = 18;

    private const double Border = 2;
    private const int MaxDepth = 12;
    private const int MaxCells = 100;

    // Less of a folder than this is no wider than a line.
    private const double Visible = 0.0015;

    /// <summary>The cells, at most about <paramref name="budget"/> of them.</summary>
    public static TreemapCell Draw(ImageReport report, int budget)
    {
        var layers = report.Layers.Select(Grow).Where(node => node.Size > 0).ToArray();
        var root = new Node(TreemapKind.Image, ReportText.OneLine(report.Title), "/") { Size = layers.Sum(layer => layer.Size), Count = layers.Sum(layer => layer.Count) };
        foreach (var (index, layer) in layers.Index()) root.Children.Add($"{index}", layer);
        Open(root, budget);
        return Lay(root, Width, Height);
    }

    private static Node Grow(ReportedLayer layer)
    {
        var root = new Node(TreemapKind.Layer, $"Layer {layer.Number}", layer.Number) { Layer = layer };
        foreach (var (path, size) in layer.Files)
        {
            if (size <= 0) continue;
            var (node, start) = (root, 1);
            node.Size += size;
            for (var depth = 1; depth < MaxDepth && path.IndexOf('/', start) is var slash and > 0 && slash < path.Length - 1; depth++, start = slash + 1)
            {
                node = node.Folder(path[start..slash], path[..slash]);
                (node.Size, node.Count) = (node.Size + size, node.Count + 1);
            }

            var isRest = path.EndsWith('/');
            node.Children[path[start..]] = new Node(isRest ? TreemapKind.Rest : TreemapKind.File, isRest ? "small files" : path[start..], path) { Size = size, Count = 1 };
        }

        // More than there are paths, where small files are counted together.
        root.Count = layer.FileCount;
        return root;
    }

    // The largest folder is opened first, so that the cells go where the bytes are.
    private static void Open(Node root, int budget)
    {
        var closed = new PriorityQueue<Node, (long, string)>(Comparer<(long Size, string Path)>.Create((one, other) =>
            one.Size != other.Size ? other.Size.CompareTo(one.Size) : string.CompareOrdinal(one.Path, other.Path)));
        closed.Enqueue(root, (root.Size, root.Path));
        while (budget > 0 && closed.TryDequeue(out var node, out _))
        {
            foreach (var child in node.Open())
            {
                budget--;
                if (child.Children.Count > 0) closed.Enqueue(child, (child.Size, child.Path));
            }
        }
    }

    private static TreemapCell Lay(Node node, double width, double height)
    {
        var areas = node.Drawn.IsEmpty ? [] : Squares.Cut([.. node.Drawn.Select(child => (double)child.Size)], width, height);
        return new TreemapCell(node.Kind, node.Name, node.Path, node.Size)
        {
            Count = node.Count,
            Layer = node.Layer,
            Cells = [.. node.Drawn.Zip(areas, (child, area) => Lay(child, Math.Max(1, area.Width - (2 * Border)), Math.Max(1, area.Height - Header - Border)) with
            {
                Area = new TreemapArea(area.X / width, area.Y / height, area.Width / width, area.Height / height),
            })],
        };
    }

    private sealed class Node(TreemapKind kind, string name, string path)
    {
        public TreemapKind Kind { get; } = kind;

        public string Name { get; private set; } = name;

        public string Path { get; private set; } = path;

        public long Size { get; set; }

        public int Count { get; set; }

        public ReportedLayer? Layer { get; init; }

        public Dictionary<string, Node> Children { get; private set; } = new(StringComparer.Ordinal);

        public ImmutableArray<Node> Drawn { get; private set; } = [];

        public Node Folder(string name, string path)
        {
            if (Children.GetValueOrDefault(name) is { } there) return there;
            return Children[name] = new Node(TreemapKind.Folder, name, path);
        }

        public ImmutableArray<Node> Open()
        {
            var all = Children.Values.OrderByDescending(child => child.Size).ThenBy(child => child.Path, StringComparer.Ordinal).ToList();
            var count = Kind == TreemapKind.Image ? all.Count : Math.Min(MaxCells, all.Count(child => child.Size >= Visible * Size));
            // One cell more is no better than the file that it would stand for.
            if (all.Count == count + 1) count++;
            var rest = all[count..];
            foreach (var child in all) child.Collapse();
            if (rest.Count > 0)
            {
                var files = rest.Sum(child => child.Count);
                all = [.. all[..count].Append(new Node(TreemapKind.Rest, ReportText.Count(files, "more file"), Path) { Size = rest.Sum(child => child.Size), Count = files }).OrderByDescending(child => child.Size)];
            }

            Drawn = [.. all];
            return Drawn;
        }

        // A folder with nothing but one folder in it is that folder.
        private void Collapse()
        {
            while (Kind == TreemapKind.Folder && Children.Count == 1 && Children.Values.First() is { Kind: TreemapKind.Folder } only)
                (Name, Path, Children) = ($"{Name}/{only.Name}", only.Path, only.Children);
        }
    }
}
