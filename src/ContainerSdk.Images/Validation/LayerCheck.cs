using System.Collections.Immutable;
using System.IO.Compression;
using ContainerSdk.Images.Layouts;
using ContainerSdk.Images.Oci;

namespace ContainerSdk.Images.Validation;

/// <summary>One layer's bytes: as they are handed on, uncompressed, and as an archive; all in one pass.</summary>
/// <param name="name">What messages call it.</param>
/// <param name="layer">What the manifest says of it.</param>
/// <param name="violations">Where messages go.</param>
internal sealed class LayerCheck(string name, Descriptor layer, ImmutableArray<string>.Builder violations)
{
    /// <summary>Reads the layer.</summary>
    /// <param name="image">Where it can be had.</param>
    /// <param name="diffId">Its digest, uncompressed; null if the configuration names none.</param>
    /// <param name="limit">How much it may hold.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task ReadAsync(Image image, Digest? diffId, UnpackedLimit limit, CancellationToken cancellation)
    {
        try
        {
            await using var content = await image.OpenLayerAsync(layer, cancellation);
            await using var packed = new MeasuredStream(content, () => layer.Size);
            await ReadContentAsync(packed, diffId, limit, cancellation);
            await packed.CopyToAsync(Stream.Null, cancellation);
            if (packed.IsExceeded) violations.Add($"{name} has {packed.Length} bytes or more, and the manifest says {layer.Size}");
            else if (packed.Length != layer.Size) violations.Add($"{name} has {packed.Length} bytes, and the manifest says {layer.Size}");
            if (!packed.IsExceeded && packed.Digest != layer.Digest) violations.Add($"{name} has the digest {packed.Digest}, and the manifest says {layer.Digest}");
        }
        catch (Exception e) when (e is IOException or InvalidDataException or InvalidImageException)
        {
            violations.Add($"{name} cannot be read: {Quotation.Of(e)}");
        }
    }

    private async Task ReadContentAsync(MeasuredStream packed, Digest? diffId, UnpackedLimit limit, CancellationToken cancellation)
    {
        switch (layer.MediaType)
        {
            case MediaTypes.OciLayerGzip or MediaTypes.DockerLayerGzip:
                await using (var gzip = new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true)) await ReadArchiveAsync(packed, gzip, diffId, limit, cancellation);
                break;
            case MediaTypes.OciLayer or MediaTypes.DockerLayer:
                await ReadArchiveAsync(packed, packed, diffId, limit, cancellation);
                break;
        }
    }

    private async Task ReadArchiveAsync(MeasuredStream packed, Stream content, Digest? diffId, UnpackedLimit limit, CancellationToken cancellation)
    {
        await using var unpacked = new MeasuredStream(content, () => limit.For(packed.Length));
        var entries = new EntryCheck(name);
        var problem = await entries.ReadAsync(unpacked, cancellation);
        violations.AddRange(entries.Violations);
        if (unpacked.Failure is null) await DrainAsync(unpacked, cancellation);
        if (unpacked.Failure is { } failure)
        {
            violations.Add($"{name} cannot be decompressed: {Quotation.Of(failure)}");
        }
        else if (unpacked.IsExceeded)
        {
            violations.Add($"{name} holds {unpacked.Length} bytes or more in its first {packed.Length}, and no more than {limit.For(packed.Length)} are read");
        }
        else if (!packed.IsExceeded)
        {
            if (problem is not null) violations.Add(problem);
            if (diffId is not null && unpacked.Digest != diffId) violations.Add($"{name} holds what has the digest {unpacked.Digest}, and the configuration says {diffId}");
        }
    }

    // What comes behind an archive's end belongs to the layer all the same.
    private static async Task DrainAsync(MeasuredStream unpacked, CancellationToken cancellation)
    {
        try
        {
            await unpacked.CopyToAsync(Stream.Null, cancellation);
        }
        catch (InvalidDataException) when (unpacked.Failure is not null)
        {
            // Told by Failure.
        }
    }
}
