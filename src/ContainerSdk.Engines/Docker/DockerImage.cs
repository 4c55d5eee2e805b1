using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContainerSdk.Images;

namespace ContainerSdk.Engines.Docker;

/// <summary>Reads what <c>docker image inspect</c> says of an image.</summary>
internal static class DockerImage
{
    public static BuiltImage Describe(JsonElement image, ImmutableArray<ImageReference> references)
    {
        var config = image.GetProperty("Config");
        var layers = image.GetProperty("RootFS").GetProperty("Layers").EnumerateArray().Select(layer => layer.GetString()!).ToImmutableArray();
        var manifest = image.TryGetProperty("Descriptor", out var descriptor) && descriptor.ValueKind == JsonValueKind.Object ? descriptor : (JsonElement?)null;
        return new BuiltImage(
            references,
            image.GetProperty("Id").GetString()!,
            manifest?.GetProperty("digest").GetString() ?? ManifestDigest(image, references[0]),
            image.GetProperty("Size").GetInt64(),
            layers,
            config.TryGetProperty("User", out var user) ? user.GetString() ?? "" : "",
            Configuration(image, config, layers)) { MediaType = manifest?.GetProperty("mediaType").GetString() };
    }

    /// <summary>The digest under which <paramref name="name"/>'s registry keeps the image; null if the answer does not say.</summary>
    public static string? RepositoryDigest(string answer, ImageReference name)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            return ManifestDigest(document.RootElement[0], name);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    // The store may know the same image under other names too, each with the digest that its registry gave it.
    private static string? ManifestDigest(JsonElement image, ImageReference name) =>
        image.TryGetProperty("RepoDigests", out var digests) && digests.ValueKind == JsonValueKind.Array
            ? digests.EnumerateArray()
                .Select(digest => ImageReference.TryParse(digest.GetString() ?? "", out var reference, out _) ? reference : null)
                .FirstOrDefault(reference => reference?.Registry == name.Registry && reference.Repository == name.Repository)?.Digest
            : null;

    // An OCI image configuration, but for the history, which the engine does not tell here.
    private static string Configuration(JsonElement image, JsonElement config, ImmutableArray<string> layers)
    {
        var configuration = new JsonObject();
        if (Text(image, "Created") is { } created) configuration["created"] = created;
        configuration["architecture"] = image.GetProperty("Architecture").GetString();
        if (Text(image, "Variant") is { } variant) configuration["variant"] = variant;
        configuration["os"] = image.GetProperty("Os").GetString();
        configuration["config"] = JsonObject.Create(config.Clone());
        configuration["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray([.. layers.Select(layer => JsonValue.Create(layer))]) };
        return configuration.ToJsonString();
    }

    private static string? Text(JsonElement image, string name) => image.TryGetProperty(name, out var value) && value.GetString() is { Length: > 0 } text ? text : null;
}
