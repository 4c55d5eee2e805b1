using ContainerSdk.Images.Reports;
using Xunit;
using static ContainerSdk.Images.Tests.Reports.MadeUpImage;

namespace ContainerSdk.Images.Tests.Reports;

public sealed class ReportComparisonTests
{
    [Fact]
    public void TheSameImageHasNoDifference()
    {
        var difference = ReportComparison.Compare(Report, Report);

        Assert.Equal(new SizeChange(35_200_000, 35_200_000), difference.Total);
        Assert.Empty(difference.Layers);
        Assert.Equal([0, 0, 0, 0], new[] { difference.Added, difference.Removed, difference.Grown, difference.Shrunk }.Select(changes => changes.Count));
    }

    [Fact]
    public void AReportThatWasReadBackIsComparedLikeTheOneThatWasWritten() => Assert.Equal(
        ReportJson.Write(Report),
        ReportJson.Write(ImageReporter.Report(Sample, Facts with { Previous = ReportJson.Read(ReportJson.Write(ReportOf())) }) with { SincePrevious = Report.SincePrevious }));

    [Fact]
    public void LayersAreTheSameByContentThenByInstruction()
    {
        var before = ReportOf(File("a", 1));
        var layer = before.Layers[0];
        before = before with { Layers = [With("ADD base", 'a', 100, true), With("RUN x", 'b', 10), With("COPY app", 'c', 20), With("RUN gone", 'd', 5)] };
        var now = before with { Layers = [With("ADD base", 'e', 90, true), With("RUN y", 'b', 10), With("COPY app", 'f', 25), With("RUN new", '0', 7)] };

        var difference = ReportComparison.Compare(before, now);

        Assert.Equal([new("ADD base", true, 100, 90), new("COPY app", false, 20, 25), new("RUN new", false, 0, 7), new("RUN gone", false, 5, 0)], difference.Layers);
        Assert.Equal((new SizeChange(100, 90), new SizeChange(35, 42)), (difference.Base, difference.Own));

        ReportedLayer With(string instruction, char id, long size, bool isBase = false) => layer with { Instruction = instruction, DiffIds = ["sha256:" + new string(id, 64)], Size = size, IsBase = isBase };
    }

    [Fact]
    public void TheTenFilesThatChangedMostAreNamed()
    {
        var changes = ReportComparison.Compare(ReportOf(), ReportOf(Enumerable.Range(100, 30).Select(index => File($"f{index}", index)))).Added;

        Assert.Equal((30, Enumerable.Range(100, 30).Sum()), (changes.Count, changes.Size));
        Assert.Equal(Enumerable.Range(120, 10).Reverse().Select(index => new FileChange($"/f{index}", 0, index)), changes.Largest);
    }

    [Fact]
    public void AFileThatMovesToAnotherLayerIsNoDifference()
    {
        var file = File("a", 10);
        var difference = ReportComparison.Compare(ImageReporter.Report(Image("{}", (true, [file]), (false, [])), FactsOf(1)), ImageReporter.Report(Image("{}", (true, []), (false, [file])), FactsOf(1)));

        Assert.Equal((0, 0), (difference.Added.Count, difference.Removed.Count));
        Assert.Equal((-10, 10), (difference.Base.Growth, difference.Own.Growth));
    }
}
