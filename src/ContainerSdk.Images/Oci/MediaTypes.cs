using System.Collections.Immutable;
using ContainerSdk.Plan;

namespace ContainerSdk.Images.Oci;

/// <summary>
/// What the parts of an image are called, in OCI's words (https://github.com/opencontainers/image-spec/blob/main/media-types.md) and Docker's
/// (https://distribution.github.io/distribution/spec/manifest-v2-2/).
/// </summary>
public static class MediaTypes
{
    public const string OciIndex = "application/vnd.oci.image.index.v1+json";
    public const string OciManifest = "application/vnd.oci.image.manifest.v1+json";
    public const string OciConfiguration = "application/vnd.oci.image.config.v1+json";
    public const string OciLayer = "application/vnd.oci.image.layer.v1.tar";
    public const string OciLayerGzip = "application/vnd.oci.image.layer.v1.tar+gzip";
    public const string OciLayerZstd = "application/vnd.oci.image.layer.v1.tar+zstd";
    public const string OciEmpty = "application/vnd.oci.empty.v1+json";
    public const string DockerList = "application/vnd.docker.distribution.manifest.list.v2+json";
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
    public const string DockerConfiguration = "application/vnd.docker.container.image.v1+json";
    public const string DockerLayer = "application/vnd.docker.image.rootfs.diff.tar";
    public const string DockerLayerGzip = "application/vnd.docker.image.rootfs.diff.tar.gzip";

    /// <summary>What a client accepts as the answer to a name.</summary>
    public static ImmutableArray<string> Manifests { get; } = [OciIndex, DockerList, OciManifest, DockerManifest];

    /// <summary>Whether it is a list of manifests, one for each platform.</summary>
    public static bool IsIndex(string mediaType) => mediaType is OciIndex or DockerList;

    /// <summary>Whether it is the manifest of one image.</summary>
    public static bool IsManifest(string mediaType) => mediaType is OciManifest or DockerManifest;

    /// <summary>Whether it is a layer that this product can hand on; layers that may not be distributed are none.</summary>
    public static bool IsLayer(string mediaType) => mediaType is OciLayer or OciLayerGzip or OciLayerZstd or DockerLayer or DockerLayerGzip;

    /// <summary>The format that a manifest of that type is written in.</summary>
    public static ImageFormat FormatOf(string manifest) => manifest is OciManifest or OciIndex ? ImageFormat.Oci : ImageFormat.Docker;

    public static string Manifest(ImageFormat format) => format == ImageFormat.Oci ? OciManifest : DockerManifest;

    public static string Configuration(ImageFormat format) => format == ImageFormat.Oci ? OciConfiguration : DockerConfiguration;

    /// <summary>The type of the same layer in an image of another format. Docker has no word for Zstandard, and engines take OCI's in its stead.</summary>
    public static string Layer(ImageFormat format, string layer) => (format, layer) switch
    {
        (ImageFormat.Oci, DockerLayer) => OciLayer,
        (ImageFormat.Oci, DockerLayerGzip) => OciLayerGzip,
        (ImageFormat.Docker, OciLayer) => DockerLayer,
        (ImageFormat.Docker, OciLayerGzip) => DockerLayerGzip,
        _ => layer,
    };
}
