using System.Collections.Immutable;
using ContainerSdk.Images.Inspection;
using ContainerSdk.Images.Layers;
using ContainerSdk.Images.Oci;
using ContainerSdk.Images.Reports;

namespace ContainerSdk.Engines;

/// <summary>An image of one platform, each layer by itself, and how large it is; sizes in bytes.</summary>
public sealed record MeasuredImage
{
    /// <summary>What its layers hold, and its configuration with the history.</summary>
    public required InspectedImage Content { get; init; }

    /// <summary>The digest of its configuration.</summary>
    public required Digest Id { get; init; }

    /// <summary>The layers, the lowest first.</summary>
    public required ImmutableArray<LayerFacts> Layers { get; init; }

    /// <summary>The image that compiled its application; null if the engine does not keep it.</summary>
    public SizedImage? Builder { get; init; }

    /// <summary>For example <c>linux/amd64</c>.</summary>
    public string Platform => Content.Configuration.Platform is var platform ? string.Join('/', new[] { platform.Os, platform.Architecture, platform.Variant }.Where(part => !string.IsNullOrEmpty(part))) : "";

    /// <summary>All layers together, uncompressed.</summary>
    public long Size => Layers.Sum(layer => layer.Size);

    /// <summary>All layers together, as a registry keeps them; null where they are not compressed.</summary>
    public long? CompressedSize => Layers.All(layer => layer.CompressedSize is not null) ? Layers.Sum(layer => layer.CompressedSize) : null;

    /// <summary>An image whose layers were read one by one, each as large as its files.</summary>
    internal static MeasuredImage Of(Image image, InspectedImage content)
    {
        var instructions = LayerInstructions.Read(content.Configuration);
        return new MeasuredImage
        {
            Content = content,
            Id = image.Id,
            Layers =
            [
                .. content.Layers.Zip(image.Manifest.Layers, instructions).Select(layer => new LayerFacts(layer.First.DiffIds[0], SizeOf(layer.First.Names))
                {
                    CompressedSize = layer.Second.MediaType is MediaTypes.OciLayer or MediaTypes.DockerLayer ? null : layer.Second.Size,
                    Instruction = layer.Third,
                }),
            ],
        };
    }

    private static long SizeOf(ImmutableArray<LayerName> names) => names.Sum(name => Math.Max(name.Entry.Size, 0));
}
