using System.Collections.Immutable;

namespace ContainerSdk.Images.Reports;

/// <summary>A cell of a treemap: an area within its parent's, as large as its share of the bytes.</summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="Name">What is written on it.</param>
/// <param name="Path">The path in the image; of a layer its instruction.</param>
/// <param name="Size">The bytes.</param>
internal sealed record TreemapCell(TreemapKind Kind, string Name, string Path, long Size)
{
    /// <summary>How many files are in it.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Where it lies in its parent, whose width and height are 1.</summary>
    public TreemapArea Area { get; init; } = new(0, 0, 1, 1);

    /// <summary>What is drawn within it, the largest first.</summary>
    public ImmutableArray<TreemapCell> Cells { get; init; } = [];

    /// <summary>The layer that it stands for; null of what lies in a layer.</summary>
    public ReportedLayer? Layer { get; init; }
}

/// <summary>What a cell stands for.</summary>
internal enum TreemapKind
{
    Image,
    Layer,
    Folder,
    File,

    /// <summary>Files that are too small to be drawn.</summary>
    Rest,
}

/// <summary>A rectangle.</summary>
internal readonly record struct TreemapArea(double X, double Y, double Width, double Height);
