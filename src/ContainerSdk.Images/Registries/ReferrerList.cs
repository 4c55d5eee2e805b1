using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContainerSdk.Images.Oci;

namespace ContainerSdk.Images.Registries;

/// <summary>
/// The list of what refers to an image, which clients keep up where a registry does not: an index under a tag of its own
/// (https://github.com/opencontainers/distribution-spec/blob/main/spec.md#referrers-tag-schema). What others wrote into it stays as it is.
/// </summary>
internal static class ReferrerList
{
    private const int MaxDepth = 32;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The tag of the list for a manifest.</summary>
    public static string TagOf(Digest subject) => $"sha256-{subject.Hex}";

    /// <summary>The list with <paramref name="referrer"/> in it, once; null if it is in it as it should be.</summary>
    /// <exception cref="InvalidImageException">What stands under the tag is no such list.</exception>
    public static byte[]? With(FoundManifest? list, Referrer referrer)
    {
        var root = list is null ? Empty() : Read(list);
        if (root["manifests"] is not JsonArray manifests) throw new InvalidImageException("the list of what refers to the image names nothing");
        var own = Entry(referrer);
        var same = manifests.Where(entry => entry is JsonObject found && DigestOf(found) == referrer.Digest.ToString()).ToList();
        if (same is [var one] && JsonNode.DeepEquals(one, own)) return null;
        foreach (var entry in same) manifests.Remove(entry);
        manifests.Add(own);
        return JsonSerializer.SerializeToUtf8Bytes(root, Plain);
    }

    private static JsonObject Empty() => new() { ["schemaVersion"] = 2, ["mediaType"] = MediaTypes.OciIndex, ["manifests"] = new JsonArray() };

    private static JsonObject Read(FoundManifest list)
    {
        if (list.MediaType != MediaTypes.OciIndex) throw new InvalidImageException($"the tag for what refers to the image is in use for a manifest of type '{PlainText.Of(list.MediaType)}'");
        try
        {
            return JsonNode.Parse(list.Json.Span, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = MaxDepth }) as JsonObject
                ?? throw new InvalidImageException("the list of what refers to the image is no object");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException or FormatException)
        {
            throw new InvalidImageException($"the list of what refers to the image cannot be read: {e.Message.TrimEnd('.')}", e);
        }
    }

    private static string? DigestOf(JsonObject entry) => entry["digest"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static JsonObject Entry(Referrer referrer) => new()
    {
        ["mediaType"] = referrer.Manifest.MediaType,
        ["digest"] = referrer.Digest.ToString(),
        ["size"] = referrer.ManifestJson.Length,
        ["artifactType"] = referrer.Type,
    };
}
