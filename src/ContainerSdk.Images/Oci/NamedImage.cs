using System.Collections.Immutable;
using ContainerSdk.Plan;

namespace ContainerSdk.Images.Oci;

/// <summary>What one name stands for: an image, or an index with an image for each platform (https://github.com/opencontainers/image-spec/blob/main/image-index.md).</summary>
public sealed class NamedImage
{
    /// <param name="images">The images, in the index's order; not empty.</param>
    public NamedImage(ImmutableArray<Image> images)
    {
        Images = images;
        (MediaType, Json) = images is [var one] ? (one.MediaType, one.ManifestJson) : (IndexType(images), OciJson.Write(IndexOf(images)));
        Digest = Digest.Of(Json.Span);
    }

    /// <summary>The images, one for each platform.</summary>
    public ImmutableArray<Image> Images { get; }

    /// <summary>Whether there is a list of manifests above the images' own.</summary>
    public bool IsIndex => Images.Length > 1;

    /// <summary>The type of <see cref="Json"/>.</summary>
    public string MediaType { get; }

    /// <summary>The bytes of the manifest, or of the index.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>What a registry knows it by.</summary>
    public Digest Digest { get; }

    /// <summary>The image for <paramref name="architecture"/>, in OCI's word for it; the first if there is none.</summary>
    public Image For(string architecture) => Images.FirstOrDefault(image => image.Configuration.Platform.Architecture == architecture) ?? Images[0];

    private static ImageIndex IndexOf(ImmutableArray<Image> images) => new()
    {
        MediaType = IndexType(images),
        Manifests = [.. images.Select(image => Descriptor.Of(image.MediaType, image.ManifestJson.Span) with { Platform = image.Configuration.Platform })],
    };

    // Docker's list takes manifests of both formats, OCI's index only its own.
    private static string IndexType(ImmutableArray<Image> images) => images.All(image => MediaTypes.FormatOf(image.MediaType) == ImageFormat.Oci) ? MediaTypes.OciIndex : MediaTypes.DockerList;
}
