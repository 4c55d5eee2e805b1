namespace ContainerSdk.Images.Oci;

/// <summary>A whole image of one platform: what is said of it, byte for byte, and where its layers can be had.</summary>
public sealed record Image
{
    /// <summary>The manifest's own bytes.</summary>
    public required ReadOnlyMemory<byte> ManifestJson { get; init; }

    /// <summary>The configuration's own bytes.</summary>
    public required ReadOnlyMemory<byte> ConfigurationJson { get; init; }

    /// <summary>What <see cref="ManifestJson"/> says.</summary>
    public required ImageManifest Manifest { get; init; }

    /// <summary>What <see cref="ConfigurationJson"/> says.</summary>
    public required ImageConfiguration Configuration { get; init; }

    /// <summary>Opens one of the manifest's layers; what comes out is verified.</summary>
    public required Func<Descriptor, CancellationToken, Task<Stream>> OpenLayerAsync { get; init; }

    /// <summary>The image that it is built on, whose layers its registry may have already; null for scratch, and for a base that came from no registry.</summary>
    public ImageReference? Base { get; init; }

    /// <summary>The manifest's type.</summary>
    public string MediaType => Manifest.MediaType ?? MediaTypes.OciManifest;

    /// <summary>The manifest's digest: what a registry knows the image by.</summary>
    public Digest Digest => Digest.Of(ManifestJson.Span);

    /// <summary>The configuration's digest: what an engine knows the image by.</summary>
    public Digest Id => Manifest.Config.Digest;
}
