using System.Text.Json;

namespace ContainerSdk.Images.Registries;

/// <summary>JSON of others, of which a word or two are wanted: what is no JSON, or has another form, has no words.</summary>
internal static class LenientJson
{
    /// <summary>The root; without a kind if the text is no JSON.</summary>
    public static JsonElement Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>The part of an object that has that name.</summary>
    public static JsonElement Part(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    /// <summary>The parts of an object; those whose name is half a character of UTF-16 are left out.</summary>
    public static IEnumerable<(string Name, JsonElement Value)> Members(this JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object) yield break;
        foreach (var part in element.EnumerateObject())
            if (NameOf(part) is { } name) yield return (name, part.Value);
    }

    /// <summary>The text under that name; empty if there is none.</summary>
    public static string Word(this JsonElement element, string name) => element.Part(name).Word();

    /// <summary>The text itself; empty if it is none, or half a character of UTF-16.</summary>
    public static string Word(this JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() ?? "" : "";
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }

    private static string? NameOf(JsonProperty part)
    {
        try
        {
            return part.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
