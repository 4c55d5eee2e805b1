namespace ContainerSdk.Images.Oci;

/// <summary>Finds the image for a platform behind a name, which may be an index of several.</summary>
public static class ImageLookup
{
    /// <summary>Its manifest.</summary>
    /// <exception cref="InvalidImageException">There is none, none for the platform, or it is not what the specification says.</exception>
    /// <exception cref="IOException">The place cannot be read.</exception>
    public static async Task<FoundManifest> FindAsync(IImageSource source, string tagOrDigest, Platform platform, CancellationToken cancellation)
    {
        var found = await source.FindAsync(tagOrDigest, cancellation) ?? throw new InvalidImageException("there is no such image");
        if (MediaTypes.IsIndex(found.MediaType)) found = await ChooseAsync(source, OciJson.ReadIndex(found.Json.Span), platform, cancellation);
        return MediaTypes.IsManifest(found.MediaType) ? found : throw new InvalidImageException($"it is of type '{found.MediaType}', which is no image");
    }

    /// <summary>The whole image, its configuration verified; its layers come as the place gives them.</summary>
    /// <exception cref="InvalidImageException">There is none, none for the platform, or it is not what the specification says.</exception>
    /// <exception cref="IOException">The place cannot be read.</exception>
    public static async Task<Image> ReadAsync(IImageSource source, string tagOrDigest, Platform platform, CancellationToken cancellation)
    {
        var found = await FindAsync(source, tagOrDigest, platform, cancellation);
        var manifest = OciJson.ReadManifest(found.Json.Span);
        if (manifest.Config.Size > OciJson.MaxBytes) throw new InvalidImageException($"its configuration is longer than {OciJson.MaxBytes} bytes");
        using var content = new MemoryStream();
        await using (var stream = await source.OpenAsync(manifest.Config, cancellation)) await stream.CopyToAsync(content, cancellation);
        var configuration = content.ToArray();
        if (Digest.Of(configuration) != manifest.Config.Digest) throw new InvalidImageException($"its configuration has the digest {Digest.Of(configuration)}, not {manifest.Config.Digest}");
        var image = new Image { ManifestJson = found.Json, ConfigurationJson = configuration, Manifest = manifest, Configuration = ImageConfiguration.Read(configuration), OpenLayerAsync = source.OpenAsync };
        return image.Configuration.DiffIds.Length == manifest.Layers.Length ? image
            : throw new InvalidImageException($"its manifest names {manifest.Layers.Length} layers, its configuration {image.Configuration.DiffIds.Length}");
    }

    private static async Task<FoundManifest> ChooseAsync(IImageSource source, ImageIndex index, Platform platform, CancellationToken cancellation)
    {
        var chosen = index.Manifests.FirstOrDefault(manifest => manifest.Platform?.Serves(platform) == true && MediaTypes.IsManifest(manifest.MediaType))
            ?? throw new InvalidImageException($"it is not there for {platform}, but for {string.Join(", ", index.Manifests.Select(manifest => manifest.Platform).OfType<ManifestPlatform>().Where(other => other.Os != "unknown").Select(other => $"{other.Os}/{other.Architecture}{(other.Variant is null ? "" : "/" + other.Variant)}"))}");
        var found = await source.FindAsync(chosen.Digest.ToString(), cancellation) ?? throw new InvalidImageException($"its index names the manifest {chosen.Digest}, which is not there");
        return found.Digest == chosen.Digest ? found with { MediaType = chosen.MediaType } : throw new InvalidImageException($"the manifest {chosen.Digest} has the digest {found.Digest}");
    }
}
