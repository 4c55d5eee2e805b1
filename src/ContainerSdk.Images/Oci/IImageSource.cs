namespace ContainerSdk.Images.Oci;

/// <summary>A place that images are read from: a repository of a registry, a layout, an archive. What it gives is not verified.</summary>
public interface IImageSource
{
    /// <summary>The manifest or index that a tag or digest stands for; null if there is none.</summary>
    /// <exception cref="IOException">The place cannot be read.</exception>
    /// <exception cref="InvalidImageException">What it holds is not what the specification says.</exception>
    Task<FoundManifest?> FindAsync(string tagOrDigest, CancellationToken cancellation);

    /// <summary>A blob from its first byte on; the caller disposes of the stream.</summary>
    /// <exception cref="IOException">The place cannot be read, or has no such blob.</exception>
    Task<Stream> OpenAsync(Descriptor blob, CancellationToken cancellation);
}

/// <summary>A manifest or index, byte for byte.</summary>
/// <param name="MediaType">What the place says that it is.</param>
/// <param name="Json">Its own bytes, which its digest is taken of.</param>
public sealed record FoundManifest(string MediaType, ReadOnlyMemory<byte> Json)
{
    /// <summary>Its digest.</summary>
    public Digest Digest => Digest.Of(Json.Span);
}
