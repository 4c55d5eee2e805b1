using System.Collections.Immutable;
using ContainerSdk.Images.Layers;
using ContainerSdk.Images.Oci;

namespace ContainerSdk.Images.Inspection;

/// <summary>An image of one platform, and what its layers hold.</summary>
public sealed class InspectedImage
{
    /// <param name="configuration">How it is run.</param>
    /// <param name="layers">Its layers, the lowest first.</param>
    /// <exception cref="InvalidImageException">A layer removes what is no name.</exception>
    public InspectedImage(ImageConfiguration configuration, ImmutableArray<InspectedLayer> layers)
    {
        (Configuration, Layers) = (configuration, layers);
        foreach (var layer in layers)
        {
            Files.Add(layer.Names);
            if (layer.IsOfBase) BaseFiles.Add(layer.Names);
        }
    }

    /// <summary>How it is run.</summary>
    public ImageConfiguration Configuration { get; }

    /// <summary>Its layers, the lowest first.</summary>
    public ImmutableArray<InspectedLayer> Layers { get; }

    /// <summary>What a container of it sees.</summary>
    public FileTree Files { get; } = new();

    /// <summary>What a container of its base image would see.</summary>
    public FileTree BaseFiles { get; } = new();
}

/// <summary>A layer, or several that were read as one.</summary>
/// <param name="DiffIds">Their digests, uncompressed.</param>
/// <param name="IsOfBase">Whether the base image brought it.</param>
/// <param name="Names">What it holds, in the archive's order.</param>
public sealed record InspectedLayer(ImmutableArray<Digest> DiffIds, bool IsOfBase, ImmutableArray<LayerName> Names);
