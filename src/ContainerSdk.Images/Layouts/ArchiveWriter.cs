using System.Collections.Immutable;
using System.Text;
using ContainerSdk.Images.Layers;
using ContainerSdk.Images.Oci;

namespace ContainerSdk.Images.Layouts;

/// <summary>
/// Writes an image as one tar file that is an OCI layout (https://github.com/opencontainers/image-spec/blob/main/image-layout.md) and names its parts in Docker's
/// <c>manifest.json</c> as well, so that every engine loads it. Its bytes depend on nothing but the image and its names.
/// </summary>
public static class ArchiveWriter
{
    private const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>
    /// Writes <paramref name="image"/> under <paramref name="names"/>; one without a tag is called <c>latest</c>. Docker's own list has no word for platforms, and names the first.
    /// </summary>
    /// <exception cref="IOException">A layer cannot be read or has another length than the manifest says, or the stream cannot be written.</exception>
    /// <exception cref="InvalidImageException">A layer is not what the manifest says.</exception>
    public static async Task WriteAsync(NamedImage image, ImmutableArray<ImageReference> names, Stream target, CancellationToken cancellation)
    {
        var tar = new TarWriter(target);
        await WriteAsync(tar, LayoutImages.Marker, Encoding.UTF8.GetBytes(LayoutImages.MarkerText), cancellation);
        await WriteAsync(tar, LayoutImages.Index, OciJson.Write(IndexOf(image, names)), cancellation);
        await WriteAsync(tar, SavedImage.List, SavedImage.Write([Saved(image.Images[0], names)]), cancellation);
        foreach (var folder in new[] { "blobs", "blobs/sha256" }) await tar.WriteAsync(LayerEntry.Folder(folder), null, cancellation);
        if (image.IsIndex) await WriteAsync(tar, LayoutImages.PathOf(image.Digest), image.Json, cancellation);
        var written = new HashSet<Digest>();
        foreach (var one in image.Images) await WriteAsync(tar, one, written, cancellation);
        await tar.FinishAsync(cancellation);
    }

    private static async Task WriteAsync(TarWriter tar, Image image, HashSet<Digest> written, CancellationToken cancellation)
    {
        await WriteAsync(tar, LayoutImages.PathOf(image.Digest), image.ManifestJson, cancellation);
        await WriteAsync(tar, LayoutImages.PathOf(image.Id), image.ConfigurationJson, cancellation);
        foreach (var layer in image.Manifest.Layers.Where(layer => written.Add(layer.Digest)))
        {
            await using var content = await image.OpenLayerAsync(layer, cancellation);
            await tar.WriteAsync(EntryOf(LayoutImages.PathOf(layer.Digest), layer.Size), content, cancellation);
        }
    }

    private static async Task WriteAsync(TarWriter tar, string path, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        using var stream = new MemoryStream(content.ToArray());
        await tar.WriteAsync(EntryOf(path, content.Length), stream, cancellation);
    }

    private static LayerEntry EntryOf(string path, long size) => new() { Name = path, Kind = LayerEntryKind.File, Mode = Plain, Size = size };

    private static ImageIndex IndexOf(NamedImage image, ImmutableArray<ImageReference> names)
    {
        var manifest = Descriptor.Of(image.MediaType, image.Json.Span);
        return new ImageIndex
        {
            MediaType = MediaTypes.OciIndex,
            Manifests = names.IsEmpty ? [manifest] : [.. names.Select(name => manifest with { Annotations = AnnotationsOf(name) })],
        };
    }

    private static ImmutableSortedDictionary<string, string> AnnotationsOf(ImageReference name) => ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)
        .Add(LayoutImages.NameAnnotation, FullName(name))
        .Add(LayoutImages.TagAnnotation, TagOf(name));

    private static SavedImage Saved(Image image, ImmutableArray<ImageReference> names) => new()
    {
        Config = LayoutImages.PathOf(image.Id),
        RepoTags = [.. names.Select(FullName)],
        Layers = [.. image.Manifest.Layers.Select(layer => LayoutImages.PathOf(layer.Digest))],
    };

    // With the registry, whatever it is: docker itself leaves docker.io out here, and podman takes that for an image of localhost.
    private static string FullName(ImageReference name) => $"{name.Registry}/{name.Repository}:{TagOf(name)}";

    private static string TagOf(ImageReference name) => name.Tag ?? "latest";
}
