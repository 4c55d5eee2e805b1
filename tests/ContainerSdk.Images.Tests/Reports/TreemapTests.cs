using System.Globalization;
using ContainerSdk.Images.Reports;
using Xunit;
using static ContainerSdk.Images.Tests.Reports.MadeUpImage;

namespace ContainerSdk.Images.Tests.Reports;

public sealed class TreemapTests
{
    public static TheoryData<double[], double, double> Cuts { get; } = new()
    {
        { [6, 6, 4, 3, 2, 2, 1], 6, 4 },
        { [1], 100, 1 },
        { [1, 1, 1, 1], 1, 1000 },
        { [1e12, 1e6, 1000, 1, 1], 1180, 640 },
        { [1e18, 1], 1180, 640 },
        { [.. Enumerable.Range(1, 1000).Reverse().Select(n => (double)n)], 1180, 640 },
        { [.. Enumerable.Range(0, 60).Select(n => Math.Pow(0.5, n))], 3, 2 },
    };

    [Theory]
    [MemberData(nameof(Cuts))]
    public void PartsAreProportionalInsideAndApart(double[] sizes, double width, double height)
    {
        var parts = Squares.Cut(sizes, width, height);

        Assert.Equal(sizes.Length, parts.Length);
        var tolerance = 1e-6 * width * height;
        foreach (var (part, size) in parts.Zip(sizes))
        {
            Assert.Equal(width * height * size / sizes.Sum(), part.Width * part.Height, tolerance);
            Assert.True(part is { X: >= 0, Y: >= 0, Width: >= 0, Height: >= 0 } && part.X + part.Width <= width * (1 + 1e-9) && part.Y + part.Height <= height * (1 + 1e-9), $"{part}");
        }

        for (var one = 0; one < parts.Length; one++)
        {
            for (var other = one + 1; other < parts.Length; other++) Assert.InRange(Overlap(parts[one], parts[other]), 0, tolerance);
        }
    }

    [Fact]
    public void EqualPartsAreNearlySquare() => Assert.All(Squares.Cut([.. Enumerable.Repeat(1.0, 48)], 1180, 640), part => Assert.InRange(part.Width / part.Height, 0.5, 2));

    [Fact]
    public void LayersHoldFoldersHoldFiles() => Assert.Equal(
        [
            "Image shop/api:1.0",
            "Layer Layer 2", "Folder usr/lib", "File libicu.so",
            "Layer Layer 1", "Folder usr", "Folder lib", "File libc.so.6", "Folder bin", "File dash", "File su", "File apt-get", "Folder etc", "File passwd", "File group",
            "Layer Layer 3", "Folder app", "File app.dll", "Folder wwwroot", "File a|b<i>.js", "Rest 2 more files",
        ],
        All(Treemap.Draw(Report, 1000)).Select(cell => $"{cell.Kind} {cell.Name}"));

    [Fact]
    public void CellsOfOneFolderAreAsLargeAsTheirBytes()
    {
        foreach (var cell in All(Treemap.Draw(Report, 1000)).Where(cell => !cell.Cells.IsEmpty))
        {
            Assert.Equal(cell.Size, cell.Cells.Sum(inner => inner.Size));
            Assert.Equal(cell.Count, cell.Cells.Sum(inner => inner.Count));
            Assert.All(cell.Cells, inner => Assert.Equal((double)inner.Size / cell.Size, inner.Area.Width * inner.Area.Height, 1e-6));
        }
    }

    [Fact]
    public void NoMoreCellsAreDrawnThanAskedFor()
    {
        var report = ReportOf(Enumerable.Range(0, 20_000).Select(index => File(string.Create(CultureInfo.InvariantCulture, $"a{index % 7}/b{index % 91}/c{index}"), 1000 + index)));

        Assert.InRange(All(Treemap.Draw(report, 500)).Count(), 400, 602);
        Assert.Equal(20_000, Treemap.Draw(report, 500).Count);
    }

    [Fact]
    public void AVeryDeepFolderDoesNotDigAVeryDeepTree()
    {
        var report = ReportOf(File(string.Join('/', Enumerable.Repeat("d", 2000)), 5), File(string.Join('/', Enumerable.Repeat("e", 2000)), 5));

        Assert.InRange(All(Treemap.Draw(report, 1000)).Count(), 3, 30);
    }

    [Fact]
    public void AnImageWithoutBytesHasOneCell() => Assert.Equal("Image app:1 0", Assert.Single(All(Treemap.Draw(ReportOf(File("empty", 0)), 100)).Select(cell => $"{cell.Kind} {cell.Name} {cell.Size}")));

    private static IEnumerable<TreemapCell> All(TreemapCell cell) => cell.Cells.SelectMany(All).Prepend(cell);

    private static double Overlap(TreemapArea one, TreemapArea other) =>
        Math.Max(0, Math.Min(one.X + one.Width, other.X + other.Width) - Math.Max(one.X, other.X)) * Math.Max(0, Math.Min(one.Y + one.Height, other.Y + other.Height) - Math.Max(one.Y, other.Y));
}
