using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ContainerSdk.Engines;
using ContainerSdk.Plan;

namespace ContainerSdk.Tasks;

/// <summary>The facts of the image that was made: <c>image.json</c>, which one step of a publish hands to the next.</summary>
internal sealed record ImageFile
{
    private static readonly ImageFileJsonContext Context = new(new JsonSerializerOptions
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });

    public required ImmutableArray<string> References { get; init; }

    /// <summary>The engine's own id.</summary>
    public required string Id { get; init; }

    /// <summary>The manifest's digest; null where no place that has the image keeps a manifest.</summary>
    public string? Digest { get; init; }

    public string? MediaType { get; init; }

    public required long Size { get; init; }

    public required ImmutableArray<string> Layers { get; init; }

    public required string User { get; init; }

    public required JsonObject Configuration { get; init; }

    /// <summary>The manifest's text, byte for byte, as the registry or archive has it.</summary>
    public string? Manifest { get; init; }

    /// <summary>The one of several platforms that has names on this machine; null if it is not one alone.</summary>
    public string? Platform { get; init; }

    /// <summary>The archive's full path.</summary>
    public string? Archive { get; init; }

    /// <summary>The hash of what it was made of; null if that could not be told.</summary>
    public string? Inputs { get; init; }

    public static ImageFile Of(BuiltImage image, string? inputs) => new()
    {
        References = [.. image.References.Select(reference => reference.ToString())],
        Id = image.Id,
        Digest = image.Digest,
        MediaType = image.MediaType,
        Size = image.Size,
        Layers = image.Layers,
        User = image.User,
        Configuration = JsonNode.Parse(image.Configuration)!.AsObject(),
        Inputs = inputs,
    };

    public static async Task<ImageFile> ReadAsync(string path, CancellationToken cancellation) =>
        JsonSerializer.Deserialize(await GeneratedFile.ReadAsync(path, cancellation), Context.ImageFile) ?? throw new JsonException("null");

    public void Write(string path) => GeneratedFile.Write(path, JsonSerializer.Serialize(this, Context.ImageFile) + "\n");

    /// <summary>The image as the engine described it, under the plan's names.</summary>
    public BuiltImage Image(BuildPlan plan) => new(plan.Destinations, Id, Digest, Size, Layers, User, Configuration.ToJsonString()) { MediaType = MediaType };

    /// <summary>What stands behind a name in the one line that a publish ends with.</summary>
    public string Summary(BuildPlan plan) => string.Create(CultureInfo.InvariantCulture,
        $"{(Digest is null ? "" : "@" + Digest)} ({Size / 1e6:0.0} MB, {Layers.Length} layer{(Layers.Length == 1 ? "" : "s")}, user {(User.Length == 0 ? "root" : User)}{(plan.Platforms.Length > 1 ? ", " + (Platform ?? string.Join(" and ", plan.Platforms)) : "")})");
}

[JsonSerializable(typeof(ImageFile))]
internal sealed partial class ImageFileJsonContext : JsonSerializerContext;
