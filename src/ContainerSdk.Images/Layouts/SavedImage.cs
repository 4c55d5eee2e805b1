using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using ContainerSdk.Images.Oci;

namespace ContainerSdk.Images.Layouts;

/// <summary>
/// An image in the <c>manifest.json</c> of an archive that <c>docker save</c> wrote
/// (https://github.com/moby/docker-image-spec/blob/main/v1.2.md#combined-image-json--filesystem-changeset-format).
/// </summary>
internal sealed record SavedImage
{
    /// <summary>The file that names the images.</summary>
    public const string List = "manifest.json";

    /// <summary>The path of the configuration in the archive.</summary>
    public required string Config { get; init; }

    /// <summary>The image's names with their tags; null if it has none.</summary>
    public ImmutableArray<string>? RepoTags { get; init; }

    /// <summary>The paths of the layers in the archive, base first.</summary>
    public required ImmutableArray<string> Layers { get; init; }

    /// <exception cref="InvalidImageException">The text is no list of images.</exception>
    public static ImmutableArray<SavedImage> Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var images = JsonSerializer.Deserialize(json, SavedImageContext.Default.ImmutableArraySavedImage);
            return !images.IsDefault && images.All(IsWhole) ? images : throw new InvalidImageException($"'{List}' names an image without configuration or layers");
        }
        catch (JsonException e)
        {
            throw new InvalidImageException($"'{List}' cannot be read: {Quotation.Of(e)}", e);
        }
    }

    public static byte[] Write(ImmutableArray<SavedImage> images) => JsonSerializer.SerializeToUtf8Bytes(images, SavedImageContext.Default.ImmutableArraySavedImage);

    // JSON has null where the type has none.
    private static bool IsWhole(SavedImage? image) =>
        image?.Config is not null && !image.Layers.IsDefault && image.Layers.All(layer => layer is not null) && image.RepoTags?.All(tag => tag is not null) != false;
}

[JsonSerializable(typeof(ImmutableArray<SavedImage>))]
internal sealed partial class SavedImageContext : JsonSerializerContext;
