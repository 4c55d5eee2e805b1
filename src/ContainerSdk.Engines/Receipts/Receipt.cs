using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ContainerSdk.Engines.Receipts;

/// <summary>
/// What the last publish was made of, and where it went: <c>receipt.json</c>. While the inputs hash the same and the engine still has the image,
/// nothing needs to be built, and what was delivered need not be delivered again.
/// </summary>
public sealed record Receipt
{
    /// <summary>The version of this text.</summary>
    public const int CurrentSchemaVersion = 1;

    private static readonly ReceiptJsonContext Context = new(new JsonSerializerOptions
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });

    /// <summary>See <see cref="CurrentSchemaVersion"/>.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>The hash of everything that the image was made of.</summary>
    public required string Inputs { get; init; }

    /// <summary>The dialect of the Dockerfile.</summary>
    public required string Dialect { get; init; }

    /// <summary>The image's id in the engine.</summary>
    public required string Image { get; init; }

    /// <summary>The names that it got there.</summary>
    public required ImmutableArray<string> Names { get; init; }

    /// <summary>The names under which registries have it.</summary>
    public ImmutableArray<Push> Pushes { get; init; } = [];

    /// <summary>The archive that holds it, or null.</summary>
    public SavedArchive? Archive { get; init; }

    /// <summary>The receipt's text.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Context.Receipt) + "\n";

    /// <summary>Reads a receipt; null for a text that this version did not write, which is worth no more than none.</summary>
    public static Receipt? FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, Context.Receipt) is { SchemaVersion: CurrentSchemaVersion } receipt ? receipt : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A name in a registry, and the digest of the manifest that was pushed under it.</summary>
public sealed record Push(string Name, string Digest);

/// <summary>An archive on disk, by its full path and the hash of its bytes.</summary>
public sealed record SavedArchive(string Path, string Hash);

[JsonSerializable(typeof(Receipt))]
internal sealed partial class ReceiptJsonContext : JsonSerializerContext;
