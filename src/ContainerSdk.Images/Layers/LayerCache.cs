using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ContainerSdk.Images.Oci;
using ContainerSdk.Images.Store;

namespace ContainerSdk.Images.Layers;

/// <summary>Remembers which layer was made of what, so that the same is not compressed twice. A memory that is wrong or lost costs time only.</summary>
/// <param name="folder">Where the memories are, one file each; it need not exist.</param>
/// <param name="store">Where the layers are.</param>
public sealed class LayerCache(string folder, BlobStore store)
{
    /// <summary>The layer that was made of the archive at <paramref name="path"/> by <paramref name="recipe"/>; it is made now if there is none.</summary>
    /// <exception cref="StoreException">The layer cannot be written, or not be remembered.</exception>
    /// <exception cref="IOException">The archive cannot be read.</exception>
    public async Task<Layer> WriteAsync(string path, string recipe, Func<CancellationToken, Task<Layer>> write, CancellationToken cancellation)
    {
        var note = Path.Combine(folder, await KeyAsync(path, recipe, cancellation));
        if (await ReadAsync(note, cancellation) is { } known && store.TryUse(known.Blob)) return known;
        var layer = await write(cancellation);
        await using var file = store.Begin();
        await file.WriteAsync(Encoding.UTF8.GetBytes(string.Join('\n', layer.Blob.MediaType, layer.Blob.Digest, layer.Blob.Size.ToString(CultureInfo.InvariantCulture), layer.DiffId)), cancellation);
        await file.KeepAsync(note, cancellation);
        return layer;
    }

    // Another version of this assembly, or of the framework's compression, may make other bytes of the same.
    private static async Task<string> KeyAsync(string path, string recipe, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{typeof(LayerCache).Assembly.ManifestModule.ModuleVersionId}\n{Environment.Version}\n{recipe}\n"));
        await using var archive = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 128 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);
        hash.AppendData(await SHA256.HashDataAsync(archive, cancellation));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static async Task<Layer?> ReadAsync(string note, CancellationToken cancellation)
    {
        if (!File.Exists(note)) return null;
        string[] lines;
        try
        {
            lines = (await File.ReadAllTextAsync(note, cancellation)).Split('\n');
        }
        catch (Exception e) when (StoreException.Is(e))
        {
            throw StoreException.Of(e);
        }

        return lines.Length == 4 && Digest.TryParse(lines[1], out var digest) && Digest.TryParse(lines[3], out var diffId)
            && long.TryParse(lines[2], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? new Layer(new Descriptor { MediaType = lines[0], Digest = digest, Size = size }, diffId)
            : null;
    }
}
