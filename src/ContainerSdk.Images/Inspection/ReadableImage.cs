using System.Collections.Immutable;
using ContainerSdk.Images.Layers;
using ContainerSdk.Images.Oci;

namespace ContainerSdk.Images.Inspection;

/// <summary>An image of one platform, wherever it is, whose layers can be read one at a time.</summary>
/// <param name="Configuration">How it is run.</param>
/// <param name="BaseLayers">How many of the layers are its base image's.</param>
/// <param name="Layers">Its layers, the lowest first.</param>
public sealed record ReadableImage(ImageConfiguration Configuration, int BaseLayers, ImmutableArray<ReadableLayer> Layers)
{
    /// <summary>What all of it holds; only layers that <paramref name="cache"/> does not know are read.</summary>
    /// <exception cref="InvalidImageException">A layer cannot be read as one.</exception>
    /// <exception cref="IOException">The image cannot be read.</exception>
    public async Task<InspectedImage> InspectAsync(FactsCache cache, CancellationToken cancellation)
    {
        var (layers, below) = (ImmutableArray.CreateBuilder<InspectedLayer>(), 0);
        foreach (var layer in Layers)
        {
            below += layer.DiffIds.Length;
            if (await cache.FindAsync(layer.DiffIds, cancellation) is not { } names)
            {
                names = await layer.ReadAsync(cancellation);
                await cache.AddAsync(layer.DiffIds, names, cancellation);
            }

            layers.Add(new InspectedLayer(layer.DiffIds, below <= BaseLayers, names));
        }

        return new InspectedImage(Configuration, layers.ToImmutable());
    }

    /// <summary>The layers of an image with a manifest.</summary>
    public static ReadableImage Of(Image image, int baseLayers) => new(image.Configuration, baseLayers, [.. image.Configuration.DiffIds.Zip(image.Manifest.Layers, (diffId, blob) =>
        new ReadableLayer([diffId], async cancellation =>
        {
            await using var content = await image.OpenLayerAsync(blob, cancellation);
            return await LayerReader.ReadAsync(blob, content, FileInspector.InspectAsync, cancellation);
        }))]);
}

/// <summary>A layer, or several that are read as one.</summary>
/// <param name="DiffIds">Their digests, uncompressed.</param>
/// <param name="ReadAsync">Reads the archive to its end, and into every file.</param>
public sealed record ReadableLayer(ImmutableArray<Digest> DiffIds, Func<CancellationToken, Task<ImmutableArray<LayerName>>> ReadAsync);
