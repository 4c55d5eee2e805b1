using System.Collections.Immutable;
using ContainerSdk.Images.Inspection;
using ContainerSdk.Images.Oci;

namespace ContainerSdk.Images.Reports;

/// <summary>Makes the report of an image out of what its layers hold and what was measured.</summary>
public static class ImageReporter
{
    private const int MaxLargest = 20;

    /// <summary>The report.</summary>
    public static ImageReport Report(InspectedImage image, ReportFacts facts)
    {
        var contents = LayerContents.Read(image);
        var layers = Layers(image, facts, contents);
        var report = new ImageReport
        {
            SchemaVersion = ImageReport.CurrentSchemaVersion,
            Names = facts.Names,
            Id = facts.Id,
            Digest = facts.Digest,
            Platform = facts.Platform,
            Sizes = Sizes(facts),
            Split = Split(image, facts, layers, contents),
            Layers = layers,
            LargestFiles = [.. layers.Zip(contents).SelectMany(layer => layer.Second.Visible.OrderByDescending(file => file.Size).ThenBy(file => file.Path, StringComparer.Ordinal).Take(MaxLargest)
                .Select(file => new ReportedFile('/' + file.Path, file.Size, layer.First.First, layer.First.IsBase)))
                .Where(file => file.Size > 0).OrderByDescending(file => file.Size).ThenBy(file => file.Path, StringComparer.Ordinal).Take(MaxLargest)],
            Security = SecurityReader.Read(image, facts.Packages),
        };
        return report with { SincePrevious = Difference(facts.Previous), SinceBaseline = Difference(facts.Baseline) };

        ReportDifference? Difference(ImageReport? earlier) => earlier is null ? null : ReportComparison.Compare(earlier, report);
    }

    private static SizeTable Sizes(ReportFacts facts) => new()
    {
        Builder = facts.Builder,
        SingleStage = facts.SingleStageSize,
        Uncompressed = facts.Size,
        Compressed = facts.CompressedSize,
        ReductionPercent = (facts.SingleStageSize ?? facts.Builder?.Size) is { } other and > 0 ? Math.Round(100 * (1 - ((double)facts.Size / other)), 1, MidpointRounding.AwayFromZero) : null,
    };

    private static ImmutableArray<ReportedLayer> Layers(InspectedImage image, ReportFacts facts, ImmutableArray<LayerContent> contents)
    {
        var measured = new Dictionary<Digest, LayerFacts>();
        foreach (var layer in facts.Layers) measured.TryAdd(layer.DiffId, layer);
        var named = LayerContents.Named(contents);
        var layers = ImmutableArray.CreateBuilder<ReportedLayer>(image.Layers.Length);
        var first = 1;
        foreach (var (index, layer) in image.Layers.Index())
        {
            var (content, known) = (contents[index], layer.DiffIds.Select(measured.GetValueOrDefault).OfType<LayerFacts>().ToArray());
            var isMeasured = known.Length == layer.DiffIds.Length && known.Length > 0;
            layers.Add(new ReportedLayer
            {
                First = first,
                DiffIds = [.. layer.DiffIds.Select(digest => digest.ToString())],
                IsBase = layer.IsOfBase,
                Size = isMeasured ? known.Sum(part => part.Size) : content.Visible.Concat(content.Hidden).Sum(file => file.Size),
                CompressedSize = isMeasured && known.All(part => part.CompressedSize is not null) ? known.Sum(part => part.CompressedSize) : null,
                Instruction = known is [var one] ? LayerInstructions.Shorten(one.Instruction) : layer.DiffIds.Length > 1 ? $"{layer.DiffIds.Length} layers" : "",
                Folders = LayerContents.LargestFolders(content),
                HiddenSize = content.Hidden.Sum(file => file.Size),
                FileCount = content.Visible.Length,
                Files = named[index],
            });
            first += layer.DiffIds.Length;
        }

        return layers.MoveToImmutable();
    }

    private static SizeSplit Split(InspectedImage image, ReportFacts facts, ImmutableArray<ReportedLayer> layers, ImmutableArray<LayerContent> contents)
    {
        var folders = Folders(image, facts);
        var (basis, packages, application, other, hidden) = (0L, 0L, 0L, 0L, 0L);
        foreach (var (layer, content) in layers.Zip(contents))
        {
            var total = content.Visible.Sum(file => file.Size);
            var ofApplication = layer.IsBase ? 0 : content.Visible.Where(file => folders.Any(folder => file.Path == folder || file.Path.StartsWith(folder + '/', StringComparison.Ordinal))).Sum(file => file.Size);
            hidden += layer.HiddenSize;
            application += ofApplication;
            if (layer.IsBase) basis += total;
            else if (layer.InstallsPackages) packages += total - ofApplication;
            else other += total - ofApplication;
        }

        return new SizeSplit(basis, packages, application, other, hidden);
    }

    private static ImmutableArray<string> Folders(InspectedImage image, ReportFacts facts)
    {
        var given = facts.ApplicationFolders.IsDefaultOrEmpty ? [ConfigurationText.Of(image.Configuration.Run["WorkingDir"]) ?? ""] : facts.ApplicationFolders;
        return [.. given.Select(folder => folder.Trim('/')).Where(folder => folder.Length > 0)];
    }
}
