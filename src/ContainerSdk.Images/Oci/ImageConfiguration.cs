using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ContainerSdk.Images.Oci;

/// <summary>
/// The configuration of an image: its platform, what its layers hold uncompressed, their history, and how it is run
/// (https://github.com/opencontainers/image-spec/blob/main/config.md). What it holds beyond that is kept.
/// </summary>
public sealed class ImageConfiguration
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // It becomes a part of other texts, which nobody may read deeper than 64 by default.
    private const int MaxDepth = 32;

    private readonly JsonObject _root;

    private ImageConfiguration(JsonObject root, ImmutableArray<Digest> diffIds) => (_root, DiffIds) = (root, diffIds);

    /// <summary>The digests of the layers, uncompressed, base first.</summary>
    public ImmutableArray<Digest> DiffIds { get; }

    /// <summary>What it runs on.</summary>
    public ManifestPlatform Platform => new() { Architecture = Text("architecture") ?? "", Os = Text("os") ?? "", Variant = Text("variant") };

    /// <summary>When it was made, as it says so itself, by RFC 3339; null if it does not.</summary>
    public string? Created => Text("created");

    /// <summary>How it is run; a copy.</summary>
    public JsonObject Run => _root["config"]?.DeepClone() as JsonObject ?? [];

    /// <summary>How the layers came about, base first; a copy.</summary>
    public JsonArray History => _root["history"]?.DeepClone() as JsonArray ?? [];

    /// <summary>The configuration of an image without layers.</summary>
    public static ImageConfiguration Empty(Platform platform)
    {
        var root = new JsonObject { ["architecture"] = platform.Architecture, ["os"] = platform.Os };
        if (platform.Variant is { } variant) root["variant"] = variant;
        return new ImageConfiguration(root, []);
    }

    /// <exception cref="InvalidImageException">The text is no configuration.</exception>
    public static ImageConfiguration Read(ReadOnlySpan<byte> json)
    {
        if (json.Length > OciJson.MaxBytes) throw new InvalidImageException($"a configuration is longer than {OciJson.MaxBytes} bytes");
        try
        {
            if (JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = MaxDepth }) is not JsonObject root) throw new InvalidImageException("a configuration is no object");
            return new ImageConfiguration(root, [.. Digests(root["rootfs"]?["diff_ids"])]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException or FormatException)
        {
            throw new InvalidImageException($"a configuration cannot be read: {e.Message.TrimEnd('.')}", e);
        }
    }

    /// <summary>The same with more layers on top, another way to run it, and the time <paramref name="created"/>, in the form of RFC 3339.</summary>
    public ImageConfiguration With(JsonObject run, IEnumerable<Digest> layers, IEnumerable<JsonObject> history, string created)
    {
        var diffIds = DiffIds.AddRange(layers);
        var root = new JsonObject { ["created"] = created };
        foreach (var name in new[] { "author", "architecture", "variant", "os", "os.version", "os.features" })
            if (_root[name] is { } value) root[name] = value.DeepClone();
        root["config"] = run;
        root["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray([.. diffIds.Select(digest => JsonValue.Create(digest.ToString()))]) };
        var all = History;
        foreach (var entry in history) all.Add(entry);
        root["history"] = all;
        return new ImageConfiguration(root, diffIds);
    }

    /// <summary>The configuration's own bytes, whose digest is the image's id.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(_root, Plain);

    private string? Text(string name) => _root[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static IEnumerable<Digest> Digests(JsonNode? list) => list is null ? [] : list.AsArray().Select(node =>
        Digest.TryParse(node?.GetValue<string>(), out var digest) ? digest : throw new InvalidImageException($"a configuration names the layer '{node}', which is no sha256 digest"));
}
