using System.Collections.Immutable;
using ContainerSdk.Engines;
using ContainerSdk.Images.Bom;
using ContainerSdk.Images.Oci;
using ContainerSdk.Images.Reports;
using ContainerSdk.Plan;

namespace ContainerSdk.Tasks;

/// <summary>One platform of an image, and what the project knows of it beside.</summary>
internal sealed class DescribedImage
{
    private readonly BuildPlan _plan;
    private readonly string? _digest;
    private readonly MeasuredImage _measured;
    private readonly BillOfMaterials _bill;

    /// <param name="plan">What it was built from.</param>
    /// <param name="digest">The digest of its manifest; null if it has none.</param>
    /// <param name="measured">The image.</param>
    /// <param name="restored">What its application may have been compiled with.</param>
    /// <exception cref="InvalidImageException">It names more packages than any image has.</exception>
    public DescribedImage(BuildPlan plan, string? digest, MeasuredImage measured, CompiledPackages restored) =>
        (_plan, _digest, _measured, _bill) = (plan, digest, measured, Images.Bom.BillOfMaterials.Of(measured.Content, restored.MissingIn(measured.Content)));

    /// <summary>How large it is and why, beside the build before and the report that the project compares with.</summary>
    public ImageReport Report(ImageReport? previous, ImageReport? baseline)
    {
        var facts = new ReportFacts
        {
            Names = [.. _plan.Destinations.Select(name => name.ToString())],
            Id = _measured.Id.ToString(),
            Digest = _digest,
            Platform = _measured.Platform,
            Size = _measured.Size,
            CompressedSize = _measured.CompressedSize,
            Layers = _measured.Layers,
            Builder = _measured.Builder,
            Packages = [.. _bill.Components.Where(component => component.Kind == BomComponentKind.Library).Select(component => new ReportedPackage(component.Name, component.Version ?? "", component.Origin == BomOrigin.Base))],
            Previous = previous,
            Baseline = baseline,
        };
        var report = ImageReporter.Report(_measured.Content, facts);
        return facts.Builder is { } builder ? ImageReporter.Report(_measured.Content, facts with { SingleStageSize = builder.Size + report.Split.Application }) : report;
    }

    /// <summary>What it is made of, in CycloneDX's JSON.</summary>
    public byte[] BillOfMaterials()
    {
        var subject = new BomSubject
        {
            Name = _plan.Destinations[0],
            Id = _measured.Id,
            Manifest = Digest.TryParse(_digest, out var manifest) ? manifest : null,
            Configuration = _measured.Content.Configuration,
        };
        return CycloneDxDocument.Write(subject, _bill);
    }
}
