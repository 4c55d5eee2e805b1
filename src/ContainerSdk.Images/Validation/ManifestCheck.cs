using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ContainerSdk.Images.Oci;
using ContainerSdk.Plan;

namespace ContainerSdk.Images.Validation;

/// <summary>What a manifest says of itself and of its parts (https://github.com/opencontainers/image-spec/blob/main/manifest.md).</summary>
internal sealed class ManifestCheck
{
    private const string Name = "the manifest";

    private readonly Violations _violations = new(Name);
    private readonly JsonPart _json;

    private ManifestCheck() => _json = new JsonPart(Name, _violations);

    /// <summary>The manifest's type; that of OCI if it names none.</summary>
    public string MediaType { get; private set; } = MediaTypes.OciManifest;

    /// <summary>The configuration; null if it is not described.</summary>
    public Descriptor? Config { get; private set; }

    /// <summary>The layers, base first; null for one that is not described, or if there is no list.</summary>
    public ImmutableArray<Descriptor?>? Layers { get; private set; }

    /// <summary>What is wrong with it.</summary>
    public IEnumerable<string> Violations => _violations.All;

    public static ManifestCheck Read(Image image)
    {
        var check = new ManifestCheck();
        check._json.Read(image.ManifestJson, root => check.Read(root, image));
        return check;
    }

    private void Read(JsonElement root, Image image)
    {
        if (JsonPart.Find(root, "schemaVersion") is not { } version) _json.Miss("schemaVersion", "2");
        else if (version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var number) || number != 2) _json.Expect("schemaVersion", version, "2");
        if (_json.Text(root, "mediaType") is { } type)
        {
            if (MediaTypes.IsManifest(type)) MediaType = type;
            else _json.Expect("mediaType", type, $"'{MediaTypes.OciManifest}' or '{MediaTypes.DockerManifest}'");
        }

        if (MediaType != image.MediaType) _json.Expect("type", MediaType, $"'{image.MediaType}' as what it is handed on");
        Config = JsonPart.Find(root, "config") is { } config ? DescriptorOf(config, "config") : null;
        if (JsonPart.Find(root, "config") is null) _json.Miss("config", "a descriptor");
        if (JsonPart.Find(root, "layers") is not { } layers) _json.Miss("layers", "a list of descriptors");
        else if (layers.ValueKind != JsonValueKind.Array) _json.Expect("layers", layers, "a list");
        else Layers = [.. layers.EnumerateArray().Select((layer, index) => DescriptorOf(layer, string.Create(CultureInfo.InvariantCulture, $"layer {index + 1}")))];
        CheckTypes(MediaTypes.FormatOf(MediaType));
    }

    private void CheckTypes(ImageFormat format)
    {
        if (Config is not null && Config.MediaType != MediaTypes.Configuration(format)) _json.Expect("configuration's type", Config.MediaType, $"'{MediaTypes.Configuration(format)}'");
        foreach (var (layer, index) in (Layers ?? []).Select((layer, index) => (layer, index)))
        {
            if (layer is null || (MediaTypes.IsLayer(layer.MediaType) && MediaTypes.Layer(format, layer.MediaType) == layer.MediaType)) continue;
            _json.Expect(string.Create(CultureInfo.InvariantCulture, $"layer {index + 1}'s type"), layer.MediaType, $"one of a layer in a manifest of type '{MediaType}'");
        }
    }

    private Descriptor? DescriptorOf(JsonElement value, string part)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            _json.Expect(part, value, "a descriptor");
            return null;
        }

        var described = new JsonPart($"{Name}'s {part}", _violations);
        var mediaType = described.Text(value, "mediaType");
        var hash = described.Text(value, "digest");
        if (mediaType is null) described.Miss("mediaType", "a text");
        if (!Digest.TryParse(hash, out var read)) described.Expect("digest", hash ?? "", "a sha256 digest");
        var size = JsonPart.Find(value, "size") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var length) ? length : -1;
        if (size < 0) described.Expect("size", JsonPart.Find(value, "size")?.GetRawText() ?? "", "a number of bytes");
        return mediaType is null || read is null || size < 0 ? null : new Descriptor { MediaType = mediaType, Digest = read, Size = size };
    }
}
