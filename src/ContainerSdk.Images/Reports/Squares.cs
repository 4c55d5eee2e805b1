using System.Collections.Immutable;

namespace ContainerSdk.Images.Reports;

/// <summary>
/// Cuts a rectangle into parts of given sizes that are as nearly square as can be (Bruls, Huizing, van Wijk: Squarified Treemaps, https://vanwijk.win.tue.nl/stm.pdf).
/// </summary>
internal static class Squares
{
    private const double Least = 1e-12;

    /// <summary>The parts, in the order of <paramref name="sizes"/>: the largest first, and each above zero.</summary>
    public static ImmutableArray<TreemapArea> Cut(IReadOnlyList<double> sizes, double width, double height)
    {
        var parts = ImmutableArray.CreateBuilder<TreemapArea>(sizes.Count);
        var scale = width * height / sizes.Sum();
        var (rest, first) = (new TreemapArea(0, 0, width, height), 0);
        while (first < sizes.Count)
        {
            // What is left may be less than a number can tell.
            var side = Math.Max(Math.Min(rest.Width, rest.Height), Least);
            var (sum, end) = (sizes[first] * scale, first + 1);
            while (end < sizes.Count && Worst(sizes[first] * scale, sizes[end] * scale, sum + (sizes[end] * scale), side) <= Worst(sizes[first] * scale, sizes[end - 1] * scale, sum, side)) sum += sizes[end++] * scale;
            rest = Lay(parts, sizes.Skip(first).Take(end - first).Select(size => size * scale), sum, rest, isLast: end == sizes.Count);
            first = end;
        }

        return parts.MoveToImmutable();
    }

    // Along the shorter side; what is left is the rest of the longer one.
    private static TreemapArea Lay(ImmutableArray<TreemapArea>.Builder parts, IEnumerable<double> areas, double sum, TreemapArea rest, bool isLast)
    {
        var isWide = rest.Width >= rest.Height;
        var (side, length) = isWide ? (rest.Height, rest.Width) : (rest.Width, rest.Height);
        var depth = isLast ? length : Math.Min(length, sum / Math.Max(side, Least));
        var at = 0.0;
        foreach (var area in areas)
        {
            var extent = side * area / sum;
            parts.Add(isWide ? new TreemapArea(rest.X, rest.Y + at, depth, extent) : new TreemapArea(rest.X + at, rest.Y, extent, depth));
            at += extent;
        }

        return isWide ? rest with { X = rest.X + depth, Width = rest.Width - depth } : rest with { Y = rest.Y + depth, Height = rest.Height - depth };
    }

    // How far the longest or flattest of a row is from a square.
    private static double Worst(double largest, double smallest, double sum, double side) =>
        Math.Max(side * side * largest / (sum * sum), sum * sum / (side * side * smallest));
}
