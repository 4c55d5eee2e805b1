using System.IO.Compression;
using ContainerSdk.Images.Oci;
using ContainerSdk.Images.Store;
using ContainerSdk.Plan;

namespace ContainerSdk.Images.Layers;

/// <summary>Writes a layer into the store, compressed, and learns both of its digests in the same pass.</summary>
public static class LayerWriter
{
    /// <summary>Writes what <paramref name="entries"/> gives: entries in their final order, and the content of files, which is disposed of.</summary>
    /// <exception cref="IOException">A content cannot be read, or the layer not be written; nothing was kept.</exception>
    public static async Task<Layer> WriteAsync(BlobStore store, ImageFormat format, IAsyncEnumerable<(LayerEntry Entry, Stream? Content)> entries, CancellationToken cancellation)
    {
        Digest? diffId = null;
        var blob = await store.AddAsync(MediaTypes.Layer(format, MediaTypes.OciLayerGzip), WriteAsync, cancellation);
        return new Layer(blob, diffId!);

        async Task WriteAsync(Stream stream, CancellationToken token)
        {
            await using var gzip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true);
            await using var hashing = new HashingStream(gzip);
            var tar = new TarWriter(hashing);
            await foreach (var (entry, content) in entries.WithCancellation(token))
            {
                await using (content) await tar.WriteAsync(entry, content, token);
            }

            await tar.FinishAsync(token);
            diffId = hashing.Digest;
        }
    }
}

/// <summary>A finished layer.</summary>
/// <param name="Blob">Where it is, compressed.</param>
/// <param name="DiffId">The digest of what it holds, uncompressed.</param>
public sealed record Layer(Descriptor Blob, Digest DiffId);
