using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ContainerSdk.Images.Oci;

/// <summary>Manifests and indexes as JSON: read as anybody wrote them, written as one text for one value.</summary>
public static class OciJson
{
    /// <summary>The longest manifest or configuration that is read, in bytes; registries refuse longer manifests too.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    private static readonly OciJsonContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new DigestConverter() },
    });

    public static byte[] Write(ImageManifest manifest) => JsonSerializer.SerializeToUtf8Bytes(manifest, Context.ImageManifest);

    public static byte[] Write(ImageIndex index) => JsonSerializer.SerializeToUtf8Bytes(index, Context.ImageIndex);

    public static byte[] Write(ArtifactManifest manifest) => JsonSerializer.SerializeToUtf8Bytes(manifest, Context.ArtifactManifest);

    /// <exception cref="InvalidImageException">The text is no manifest.</exception>
    public static ImageManifest ReadManifest(ReadOnlySpan<byte> json)
    {
        var manifest = Read(json, "manifest", bytes => JsonSerializer.Deserialize(bytes, Context.ImageManifest));
        if (manifest.Layers.IsDefault) throw new InvalidImageException("a manifest names no layers");
        if (!manifest.Layers.Append(manifest.Config).All(IsWhole)) throw new InvalidImageException("a manifest names a part without type or digest");
        if (manifest.Layers.Append(manifest.Config).Any(part => part.Size < 0)) throw new InvalidImageException("a manifest gives a part a negative size");
        if (manifest.Layers.FirstOrDefault(layer => !MediaTypes.IsLayer(layer.MediaType)) is { } other)
            throw new InvalidImageException($"a manifest names a layer of type '{other.MediaType}', which is none that can be handed on");
        return manifest;
    }

    /// <exception cref="InvalidImageException">The text is no index.</exception>
    public static ImageIndex ReadIndex(ReadOnlySpan<byte> json)
    {
        var index = Read(json, "list of manifests", bytes => JsonSerializer.Deserialize(bytes, Context.ImageIndex));
        if (index.Manifests.IsDefault) throw new InvalidImageException("a list of manifests has none");
        return index.Manifests.All(IsWhole) ? index : throw new InvalidImageException("a list of manifests has one without type or digest");
    }

    // JSON's null passes for any text and any part.
    private static bool IsWhole(Descriptor? part) => part is { Digest: not null, MediaType: not null };

    private delegate T? Reader<T>(ReadOnlySpan<byte> json);

    private static T Read<T>(ReadOnlySpan<byte> json, string what, Reader<T> read)
        where T : class
    {
        if (json.Length > MaxBytes) throw new InvalidImageException($"a {what} is longer than {MaxBytes} bytes");
        try
        {
            return read(json) ?? throw new InvalidImageException($"a {what} is null");
        }
        catch (JsonException e)
        {
            throw new InvalidImageException($"a {what} cannot be read: {e.Message.TrimEnd('.')}", e);
        }
    }

    private sealed class DigestConverter : JsonConverter<Digest>
    {
        public override Digest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && Digest.TryParse(reader.GetString(), out var digest) ? digest : throw new JsonException("not a sha256 digest");

        public override void Write(Utf8JsonWriter writer, Digest value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}

[JsonSerializable(typeof(ImageManifest))]
[JsonSerializable(typeof(ImageIndex))]
[JsonSerializable(typeof(ArtifactManifest))]
internal sealed partial class OciJsonContext : JsonSerializerContext;
