using System.Collections.Immutable;
using System.Text.Json;
using ContainerSdk.Images.Oci;

namespace ContainerSdk.Images.Layouts;

/// <summary>The images of an OCI layout, in a folder or in an archive (https://github.com/opencontainers/image-spec/blob/main/image-layout.md).</summary>
internal sealed class LayoutImages(FileSet files) : IImageSource
{
    /// <summary>The file that every layout has.</summary>
    public const string Marker = "oci-layout";

    /// <summary>What <see cref="Marker"/> holds.</summary>
    public const string MarkerText = """{"imageLayoutVersion":"1.0.0"}""";

    /// <summary>The file that names the images.</summary>
    public const string Index = "index.json";

    /// <summary>The annotation with a tag, or whatever else its writer names an image by.</summary>
    public const string TagAnnotation = "org.opencontainers.image.ref.name";

    /// <summary>The annotation with a whole name, as containerd and docker write it.</summary>
    public const string NameAnnotation = "io.containerd.image.name";

    /// <summary>Where the content of a digest is.</summary>
    public static string PathOf(Digest digest) => $"blobs/sha256/{digest.Hex}";

    public async Task<FoundManifest?> FindAsync(string tagOrDigest, CancellationToken cancellation)
    {
        var listed = await ReadAsync(cancellation);
        if (ImageNames.IsDigest(tagOrDigest))
        {
            if (!Digest.TryParse(tagOrDigest, out var digest)) return null;
            return await FindAsync(digest, listed.FirstOrDefault(manifest => manifest.Digest == digest), cancellation);
        }

        var indexed = listed.Where(manifest => MediaTypes.IsIndex(manifest.MediaType)).SelectMany(manifest => NamesOf(manifest)).ToHashSet(StringComparer.Ordinal);
        var images = listed.Where(manifest => MediaTypes.IsIndex(manifest.MediaType) || !NamesOf(manifest).Any(indexed.Contains));
        return ImageNames.Choose([.. images.Select(manifest => (manifest.Digest, NamesOf(manifest)))], tagOrDigest) is { } chosen
            ? await FindAsync(chosen, listed.First(manifest => manifest.Digest == chosen), cancellation)
            : null;
    }

    public Task<Stream> OpenAsync(Descriptor blob, CancellationToken cancellation) => files.Open(PathOf(blob.Digest)) is { } stream
        ? Task.FromResult(stream)
        : Task.FromException<Stream>(new FileNotFoundException($"there is no blob {blob.Digest}"));

    private async Task<ImmutableArray<Descriptor>> ReadAsync(CancellationToken cancellation)
    {
        CheckVersion(await files.ReadJsonAsync(Marker, cancellation) ?? throw new InvalidImageException($"there is no file '{Marker}'"));
        var index = OciJson.ReadIndex(await files.ReadJsonAsync(Index, cancellation) ?? throw new InvalidImageException($"there is no file '{Index}'"));
        return [.. index.Manifests.Where(manifest => MediaTypes.IsIndex(manifest.MediaType) || MediaTypes.IsManifest(manifest.MediaType))];
    }

    // A manifest for one of several platforms is named by an index of its own, not by that of the layout.
    private async Task<FoundManifest?> FindAsync(Digest digest, Descriptor? listed, CancellationToken cancellation)
    {
        var json = await files.ReadJsonAsync(PathOf(digest), cancellation);
        if (json is null) return listed is null ? null : throw new InvalidImageException($"'{Index}' names the manifest {digest}, which is not there");
        if (listed is not null && listed.Size != json.Length) throw new InvalidImageException($"the manifest {digest} has {json.Length} bytes, not {listed.Size}");
        var found = new FoundManifest(listed?.MediaType ?? MediaTypeOf(digest, json), json);
        return found.Digest == digest ? found : throw new InvalidImageException($"the manifest {digest} has the digest {found.Digest}");
    }

    private static ImmutableArray<string> NamesOf(Descriptor manifest) =>
        [.. new[] { manifest.Annotations?.GetValueOrDefault(TagAnnotation), manifest.Annotations?.GetValueOrDefault(NameAnnotation) }.OfType<string>()];

    private static void CheckVersion(byte[] json)
    {
        var version = Read(json, Marker, root => Text(root, "imageLayoutVersion"));
        if (version?.StartsWith("1.", StringComparison.Ordinal) != true) throw new InvalidImageException($"the layout is of version {Quotation.Of(version ?? "")}, not '1.0.0'");
    }

    private static string MediaTypeOf(Digest digest, byte[] json) => Read(json, digest.ToString(), root =>
        Text(root, "mediaType") is { } said ? said
        : root.TryGetProperty("manifests", out _) ? MediaTypes.OciIndex
        : root.TryGetProperty("layers", out _) ? MediaTypes.OciManifest
        : throw new InvalidImageException($"{digest} is no manifest"));

    private static T Read<T>(byte[] json, string name, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InvalidImageException($"'{name}' cannot be read: {Quotation.Of(e)}", e);
        }
    }

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
