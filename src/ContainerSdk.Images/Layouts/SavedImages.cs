using System.Collections.Immutable;
using System.Security.Cryptography;
using ContainerSdk.Images.Oci;

namespace ContainerSdk.Images.Layouts;

/// <summary>
/// The images of an archive that <c>docker save</c> wrote before it wrote OCI layouts. It has no manifests of a registry's kind, so they are made up of what it lists.
/// </summary>
internal sealed class SavedImages(ArchiveFiles files) : IImageSource
{
    private readonly Dictionary<Digest, string> _paths = [];
    private readonly Dictionary<string, Descriptor> _layers = new(StringComparer.Ordinal);

    public async Task<FoundManifest?> FindAsync(string tagOrDigest, CancellationToken cancellation)
    {
        var images = await ReadAsync(cancellation);
        if (!ImageNames.IsDigest(tagOrDigest))
            return ImageNames.Choose([.. images.Select(image => (image, image.RepoTags ?? []))], tagOrDigest) is { } chosen ? await DescribeAsync(chosen, cancellation) : null;
        foreach (var image in images)
        {
            if (await DescribeAsync(image, cancellation) is var found && found.Digest.ToString() == tagOrDigest) return found;
        }

        return null;
    }

    public async Task<Stream> OpenAsync(Descriptor blob, CancellationToken cancellation)
    {
        if (!_paths.ContainsKey(blob.Digest))
        {
            foreach (var image in await ReadAsync(cancellation)) await DescribeAsync(image, cancellation);
        }

        return _paths.TryGetValue(blob.Digest, out var path) ? files.Open(path)! : throw new FileNotFoundException($"there is no blob {blob.Digest}");
    }

    private async Task<ImmutableArray<SavedImage>> ReadAsync(CancellationToken cancellation) =>
        SavedImage.Read(await files.ReadJsonAsync(SavedImage.List, cancellation) ?? throw new InvalidImageException($"there is no file '{SavedImage.List}'"));

    private async Task<FoundManifest> DescribeAsync(SavedImage image, CancellationToken cancellation)
    {
        var configuration = await files.ReadJsonAsync(image.Config, cancellation) ?? throw Missing(image.Config);
        var described = Descriptor.Of(MediaTypes.DockerConfiguration, configuration);
        _paths[described.Digest] = image.Config;
        var layers = ImmutableArray.CreateBuilder<Descriptor>();
        foreach (var path in image.Layers) layers.Add(await DescribeAsync(files.Resolve(path) ?? throw Missing(path), cancellation));
        return new FoundManifest(
            MediaTypes.DockerManifest, OciJson.Write(new ImageManifest { MediaType = MediaTypes.DockerManifest, Config = described, Layers = layers.ToImmutable() }));
    }

    private async Task<Descriptor> DescribeAsync(string layer, CancellationToken cancellation)
    {
        if (_layers.TryGetValue(layer, out var known)) return known;
        var start = new byte[4];
        await using (var file = files.Open(layer)!) await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation);
        await using var content = files.Open(layer)!;
        var described = new Descriptor
        {
            MediaType = TypeOf(start),
            Digest = Digest.FromHash(await SHA256.HashDataAsync(content, cancellation)),
            Size = content.Length,
        };
        _paths[described.Digest] = layer;
        return _layers[layer] = described;
    }

    // Docker has no word for Zstandard, and engines take OCI's in its stead.
    private static string TypeOf(ReadOnlySpan<byte> start) =>
        start.StartsWith(CompressionMagic.Gzip) ? MediaTypes.DockerLayerGzip
        : start.StartsWith(CompressionMagic.Zstandard) ? MediaTypes.OciLayerZstd
        : MediaTypes.DockerLayer;

    private static InvalidImageException Missing(string path) => new($"'{SavedImage.List}' names {Quotation.Of(path)}, which is not there");
}
