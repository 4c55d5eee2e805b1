using ContainerSdk.Dockerfiles;
using ContainerSdk.Engines.Receipts;
using Microsoft.Build.Framework;

namespace ContainerSdk.Tasks;

/// <summary>Gives the finished image its names, the last act in the engine, and writes <c>receipt.json</c>.</summary>
[MSBuildMultiThreadableTask]
public sealed class TagContainerImage : ImageTask
{
    /// <summary>Where the receipt goes.</summary>
    [Required]
    public string ReceiptPath { get; set; } = "";

    /// <summary>The dialect of the Dockerfile; portable if empty.</summary>
    public string? Dialect { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken cancellation)
    {
        var plan = await ReadPlanAsync(cancellation);
        var image = await ImageFile.ReadAsync(FullImagePath, cancellation);
        var receipt = Path.GetFullPath(ReceiptPath, ProjectDirectory);
        // Of the image that these names belonged to.
        if (File.Exists(receipt)) File.Delete(receipt);
        if (RequestOf(plan, Path.Combine(Path.GetDirectoryName(PlanPath)!, "Dockerfile")) is not { } request) return;
        if (await Engine.TagAsync(request, image.Image(plan), ReporterOf(plan), cancellation) is not { } place) return;
        if (plan.Delivery is null)
            foreach (var name in plan.Destinations)
                Log.LogMessage(MessageImportance.Normal, "Pushed image '{0}:{1}' to {2}.", NameOf(name), name.Tag, place.Words);
        if (place.Platform is not null || !place.KeepsDigest) (image with { Platform = place.Platform, Digest = place.KeepsDigest ? image.Digest : null, MediaType = place.KeepsDigest ? image.MediaType : null }).Write(FullImagePath);
        if (place.Platform is { } platform)
            Log.LogMessage(MessageImportance.High, "{0} is there for {1} alone; ContainerRegistry or ContainerArchiveOutputPath take all its platforms.", plan.Destinations[0], platform);
        if (place.Archive is { } archive)
        {
            (image with { Archive = archive }).Write(FullImagePath);
            Log.LogMessage(MessageImportance.High, "No docker or podman answers here. Where one does: docker load --input {0}", archive);
        }

        if (image.Inputs is null) return;
        GeneratedFile.Write(receipt, new Receipt
        {
            Inputs = image.Inputs,
            Dialect = string.IsNullOrEmpty(Dialect) ? nameof(DockerfileDialect.Portable) : Dialect,
            Image = image.Id,
            Names = image.References,
        }.ToJson());
    }
}
