using ContainerSdk.Images.Oci;

namespace ContainerSdk.Images.Layouts;

/// <summary>
/// The images of a folder that is an OCI layout (https://github.com/opencontainers/image-spec/blob/main/image-layout.md). An image is found by its digest, by the tag
/// or name that its annotations give it, or by any tag if it is the only one.
/// </summary>
/// <param name="folder">The full path of the layout.</param>
public sealed class OciLayout(string folder) : IImageSource
{
    private readonly LayoutImages _images = new(new FolderFiles(folder));

    /// <inheritdoc/>
    public Task<FoundManifest?> FindAsync(string tagOrDigest, CancellationToken cancellation) => _images.FindAsync(tagOrDigest, cancellation);

    /// <inheritdoc/>
    public Task<Stream> OpenAsync(Descriptor blob, CancellationToken cancellation) => _images.OpenAsync(blob, cancellation);
}
