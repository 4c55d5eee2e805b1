using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ContainerSdk.Images.Inspection;
using ContainerSdk.Images.Layers;
using ContainerSdk.Images.Oci;
using ContainerSdk.Images.Reports;
using Xunit;
using static ContainerSdk.Images.Tests.Reports.MadeUpImage;

namespace ContainerSdk.Images.Tests.Reports;

public sealed class ImageReporterTests
{
    [Fact]
    public void AFileCountsInTheLayerThatWroteItLast()
    {
        var report = Report("{}", (true, [File("a", 100), File("b", 10), Folder("d"), File("d/x", 5), File("d/y", 6)]), (false, [File("a", 200), File("d/.wh..wh..opq", 0), File("d/z", 7)]), (false, [File(".wh.b", 0)]));

        Assert.Equal([new("/a", 200), new("/d/z", 7)], report.Layers.SelectMany(layer => layer.Files));
        Assert.Equal([121, 0, 0], report.Layers.Select(layer => layer.HiddenSize));
        Assert.Equal(new SizeSplit(0, 0, 0, 207, 121), report.Split);
    }

    [Fact]
    public void TheSameLayerTwiceCountsOnce()
    {
        ImmutableArray<LayerName> names = [File("a", 100)];
        var report = Report("{}", (true, names), (false, names));

        Assert.Equal(new SizeSplit(0, 0, 0, 100, 100), report.Split);
    }

    [Fact]
    public void BytesThatHaveAnotherNameAreStillSeen()
    {
        var report = Report("{}", (true, [File("perl", 100), HardLink("perl5", "perl")]), (false, [File(".wh.perl", 0)]));

        Assert.Equal([new("/perl5", 100)], report.Layers[0].Files);
        Assert.Equal(0, report.Layers[0].HiddenSize);
    }

    [Fact]
    public void OwnFilesAreSplitByFolderAndByWhatMadeTheLayer()
    {
        ImmutableArray<LayerName> packages = [File("usr/lib/a", 10), File("app/plugin", 3)];
        ImmutableArray<LayerName> others = [File("apple/x", 20), File("srv/site/x", 40), File("app/y", 5)];
        var image = Image("""{"WorkingDir":"/app/"}""", (true, [File("app/base", 100)]), (false, packages), (false, others));
        var facts = FactsOf(1) with { Layers = [new LayerFacts(DiffId(packages), 13) { Instruction = "RUN apk add --no-cache curl" }] };

        Assert.Equal(new SizeSplit(100, 10, 8, 60, 0), ImageReporter.Report(image, facts).Split);
        Assert.Equal(new SizeSplit(100, 13, 40, 25, 0), ImageReporter.Report(image, facts with { ApplicationFolders = ["/srv/site"] }).Split);
    }

    [Fact]
    public void LayersThatWereReadAsOneHaveOneRow()
    {
        var ids = Enumerable.Range(0, 3).Select(index => Digest.Of([(byte)index])).ToImmutableArray();
        var image = new InspectedImage(ImageConfiguration.Read("{}"u8), [new InspectedLayer([ids[0], ids[1]], true, [File("a", 5)]), new InspectedLayer([ids[2]], false, [File("b", 6)])]);
        var report = ImageReporter.Report(image, FactsOf(70) with { Layers = [.. ids.Select(id => new LayerFacts(id, 20) { CompressedSize = 9, Instruction = "COPY x /" })] });

        Assert.Equal([("1-2", 40L, 18L, "2 layers"), ("3", 20, 9, "COPY x /")], report.Layers.Select(layer => (layer.Number, layer.Size, layer.CompressedSize ?? 0, layer.Instruction)));
        Assert.Equal([("/b", 3), ("/a", 1)], report.LargestFiles.Select(file => (file.Path, file.Layer)));
    }

    [Fact]
    public void ALayerThatNobodyMeasuredIsAsLargeAsItsFiles() => Assert.Equal(12, ReportOf(File("a", 5), File("b", 7)).Layers[0].Size);

    [Theory]
    [InlineData(861_000_000L, 500_000_000L, 90.0)]
    [InlineData(null, 500_000_000L, 82.8)]
    [InlineData(43_050_000L, null, -100.0)]
    [InlineData(0L, 10L, null)]
    [InlineData(null, null, null)]
    public void TheReductionIsMeasuredAgainstASingleStageOrTheBuilder(long? stage, long? builder, double? expected) =>
        Assert.Equal(expected, ImageReporter.Report(Sample, FactsOf(86_100_000) with { SingleStageSize = stage, Builder = builder is { } size ? new SizedImage("sdk", size) : null }).Sizes.ReductionPercent);

    [Fact]
    public void FoldersAreNamedWhereTheBytesPart() => Assert.Equal(
        [new SizedPath("/usr/share/dotnet/shared", 900), new SizedPath("/usr/share/dotnet/host", 80)],
        ReportOf(File("usr/share/dotnet/shared/App/a", 450), File("usr/share/dotnet/shared/Core/b", 450), File("usr/share/dotnet/host/c", 80), File("usr/share/dotnet/dotnet", 30), File("etc/x", 5)).Layers[0].Folders);

    [Fact]
    public void AFolderOfManyFilesIsNamedItself() => Assert.Equal(
        [new SizedPath("/app", 300)], ReportOf(File("app/a", 100), File("app/b", 100), File("app/c", 95), File("app/d/e", 5)).Layers[0].Folders);

    [Fact]
    public void TheSmallestFilesOfAVeryLargeImageAreCountedByTheirFolders()
    {
        var report = ReportOf(Enumerable.Range(0, 30_000).Select(index => File(string.Create(CultureInfo.InvariantCulture, $"f{index % 3}/{index}"), index + 1)));

        var files = report.Layers[0].Files;
        Assert.Equal(LayerContents.MaxFiles + 3, files.Count);
        Assert.Equal(30_000, report.Layers[0].FileCount);
        Assert.Equal(30_000L * 30_001 / 2, files.Values.Sum());
        Assert.Equal(["/f0/", "/f1/", "/f2/"], files.Keys.Where(path => path.EndsWith('/')));
    }

    [Fact]
    public void SoManyFoldersThatTheyFillAReportAreCountedTogetherToo()
    {
        var report = ReportOf(Enumerable.Range(0, 100_000).Select(index => File(string.Create(CultureInfo.InvariantCulture, $"f{index % 2}/{index}/x"), 1)));

        Assert.Equal([new("/f0/", 50_000), new("/f1/", 50_000)], report.Layers[0].Files);
    }

    [Fact]
    public void InstructionsAreReadFromTheHistoryWithoutEmptyLayers()
    {
        var configuration = ImageConfiguration.Read(Encoding.UTF8.GetBytes($$"""
            {"rootfs":{"diff_ids":["{{Digest.Of([1])}}","{{Digest.Of([2])}}"]},"history":[{"created_by":"ADD x"},{"created_by":"ENV A=1","empty_layer":true},{"empty_layer":false,"created_by":"\ud800"}]}
            """));

        Assert.Equal(["ADD x", ""], LayerInstructions.Read(configuration));
    }

    [Fact]
    public void AHistoryOfOtherLayersSaysNothing()
    {
        var configuration = ImageConfiguration.Read(Encoding.UTF8.GetBytes($$"""{"rootfs":{"diff_ids":["{{Digest.Of([1])}}"]},"history":[{"created_by":"a"},null,5]}"""));

        Assert.Equal([""], LayerInstructions.Read(configuration));
    }

    [Theory]
    [InlineData("RUN |1 RUNTIME_VERSION=10.0.12 /bin/sh -c ln -s /a /b # buildkit", "RUN ln -s /a /b")]
    [InlineData("RUN |2 A=a b C= /bin/sh -c  echo   hi\t# buildkit", "RUN echo hi")]
    [InlineData("RUN --mount=type=cache,target=/x --mount=type=bind,from=y --network=none /bin/sh -c make all # buildkit", "RUN make all")]
    [InlineData("RUN /bin/sh -c --mount=type=cache,target=/x make # buildkit", "RUN make")]
    [InlineData("/bin/sh -c #(nop) ADD file:abc in / ", "ADD file:abc in /")]
    [InlineData("/bin/sh -c #(nop)  CMD [\"bash\"]", "CMD [\"bash\"]")]
    [InlineData("/bin/sh -c apt-get update\n && apt-get clean", "RUN apt-get update && apt-get clean")]
    [InlineData("COPY --chown=1:1 /out/ /app/ # buildkit", "COPY --chown=1:1 /out/ /app/")]
    [InlineData("RUN [\"/bin/true\"]", "RUN [\"/bin/true\"]")]
    [InlineData("", "")]
    public void InstructionsAreShownAsTheirAuthorsWroteThem(string instruction, string expected) => Assert.Equal(expected, LayerInstructions.Shorten(instruction));

    [Fact]
    public void ALongInstructionIsCut() => Assert.Equal(300, LayerInstructions.Shorten("RUN " + new string('x', 1_000_000)).Length);

    private static ImageReport Report(string run, params (bool IsOfBase, ImmutableArray<LayerName> Names)[] layers) => ImageReporter.Report(Image(run, layers), FactsOf(1));
}
