using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ContainerSdk.Images.Layers;
using ContainerSdk.Images.Oci;
using ContainerSdk.Images.Store;

namespace ContainerSdk.Images.Inspection;

/// <summary>Remembers what layers hold, so that each is read once, whatever image it is in. A memory that is lost costs time only.</summary>
/// <param name="folder">Where the memories are, one file each; it need not exist.</param>
/// <param name="store">Where unfinished files are.</param>
/// <param name="clock">Tells which memories were of use lately.</param>
public sealed class FactsCache(string folder, BlobStore store, TimeProvider clock)
{
    // Another version of this assembly may look for other things.
    private static readonly string Version = typeof(FactsCache).Assembly.ManifestModule.ModuleVersionId.ToString("n");
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>What the layer, or the layers that were read as one, hold; null if that is not known.</summary>
    public async Task<ImmutableArray<LayerName>?> FindAsync(ImmutableArray<Digest> diffIds, CancellationToken cancellation)
    {
        var path = PathOf(diffIds, "facts");
        if (!File.Exists(path)) return null;
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 128 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);
            var names = await JsonSerializer.DeserializeAsync(file, FactsJsonContext.Default.ImmutableArrayLayerName, cancellation);
            Touch(path);
            return names.IsDefault ? null : names;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Remembers what they hold, if it can.</summary>
    public Task AddAsync(ImmutableArray<Digest> diffIds, ImmutableArray<LayerName> names, CancellationToken cancellation) =>
        WriteAsync(PathOf(diffIds, "facts"), JsonSerializer.SerializeToUtf8Bytes(names, FactsJsonContext.Default.ImmutableArrayLayerName), cancellation);

    /// <summary>Remembers that these layers are the base image <paramref name="name"/>, if it can.</summary>
    public Task AddBaseAsync(string name, ImmutableArray<Digest> diffIds, CancellationToken cancellation) => WriteAsync(PathOf(diffIds, "base", name), [], cancellation);

    /// <summary>How many of the layers, from the lowest on, are those of the base image <paramref name="name"/>; null if it is not known with such layers.</summary>
    public int? FindBase(string name, ImmutableArray<Digest> diffIds)
    {
        for (var length = diffIds.Length - 1; length > 0; length--)
        {
            if (PathOf(diffIds[..length], "base", name) is var path && File.Exists(path))
            {
                Touch(path);
                return length;
            }
        }

        return null;
    }

    /// <summary>Forgets what was of no use for a month.</summary>
    public void Trim()
    {
        if (!Directory.Exists(folder)) return;
        var oldest = clock.GetUtcNow().UtcDateTime - Kept;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles().Where(file => file.LastWriteTimeUtc < oldest)) Try(file.Delete);
    }

    private void Touch(string path) => Try(() => File.SetLastWriteTimeUtc(path, clock.GetUtcNow().UtcDateTime));

    // In use, or somebody else's.
    private static void Try(Action change)
    {
        try
        {
            change();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    private async Task WriteAsync(string path, byte[] content, CancellationToken cancellation)
    {
        try
        {
            await using var file = store.Begin();
            await file.WriteAsync(content, cancellation);
            await file.KeepAsync(path, cancellation);
        }
        catch (StoreException)
        {
            // The next publish reads the layer again.
        }
    }

    private string PathOf(ImmutableArray<Digest> diffIds, string kind, string name = "") =>
        Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Version}\n{name}\n{string.Join('\n', diffIds)}"))) + "." + kind);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(ImmutableArray<LayerName>))]
internal sealed partial class FactsJsonContext : JsonSerializerContext;
