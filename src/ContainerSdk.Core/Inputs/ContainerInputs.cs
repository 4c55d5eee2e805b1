using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ContainerSdk.Inputs;

/// <summary>
/// What the user and the toolchain said, raw: nothing is trimmed, split or defaulted here. Every value keeps the MSBuild name it came from.
/// </summary>
public sealed record ContainerInputs
{
    /// <summary>Properties by their public name; empty ones are absent.</summary>
    public required ImmutableSortedDictionary<string, string> Properties { get; init; }

    /// <summary>Items in the order MSBuild gave them.</summary>
    public required ImmutableArray<InputItem> Items { get; init; }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static ContainerInputs FromJson(string json) =>
        JsonSerializer.Deserialize(json, InputsJsonContext.Default.ContainerInputs) ?? throw new JsonException("null");

    /// <summary>Stable, indented JSON with line feeds.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, InputsJsonContext.Default.ContainerInputs) + "\n";
}

/// <summary>One MSBuild item.</summary>
/// <param name="Kind">The item type, for example <c>ContainerLabel</c>.</param>
/// <param name="Identity">What stood in Include.</param>
/// <param name="Metadata">Custom metadata.</param>
public sealed record InputItem(string Kind, string Identity, ImmutableSortedDictionary<string, string> Metadata)
{
    /// <summary>The metadata <paramref name="name"/>; null if it is absent or empty.</summary>
    public string? this[string name] => Metadata.GetValueOrDefault(name) is { Length: > 0 } text ? text : null;

    /// <summary>Whether the metadata <paramref name="name"/> says <c>true</c>.</summary>
    public bool Is(string name) => bool.TryParse(this[name]?.Trim(), out var value) && value;
}

[JsonSourceGenerationOptions(WriteIndented = true, NewLine = "\n", PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ContainerInputs))]
internal sealed partial class InputsJsonContext : JsonSerializerContext;
