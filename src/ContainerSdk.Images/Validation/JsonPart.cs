using System.Text.Json;
using ContainerSdk.Images.Layouts;
using ContainerSdk.Images.Oci;

namespace ContainerSdk.Images.Validation;

/// <summary>A part of an image that is JSON, read value by value, so that one fault does not hide the others.</summary>
/// <param name="name">What messages call it.</param>
/// <param name="violations">Where they go.</param>
internal sealed class JsonPart(string name, Violations violations)
{
    // Of two values of one name, one reader takes the first and another the last.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Reads the text as far as it can be read.</summary>
    public void Read(ReadOnlyMemory<byte> json, Action<JsonElement> read)
    {
        if (json.Length > OciJson.MaxBytes)
        {
            violations.Add($"{name} has {json.Length} bytes, and no more than {OciJson.MaxBytes} are read");
            return;
        }

        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object) read(document.RootElement);
            else Expect("content", document.RootElement, "an object");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            violations.Add($"{name} cannot be read: {Quotation.Of(e)}");
        }
    }

    /// <summary>A value, or null if there is none; JSON's null, which some write for an empty list, is none.</summary>
    public static JsonElement? Find(JsonElement parent, string property) => parent.TryGetProperty(property, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A text, or null if there is none.</summary>
    public string? Text(JsonElement parent, string property)
    {
        if (Find(parent, property) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.String) return value.GetString();
        Expect(property, value, "a text");
        return null;
    }

    /// <summary>The elements of a list; none if there is no list.</summary>
    public IEnumerable<JsonElement> List(JsonElement parent, string property)
    {
        if (Find(parent, property) is not { } value) return [];
        if (value.ValueKind == JsonValueKind.Array) return value.EnumerateArray();
        Expect(property, value, "a list");
        return [];
    }

    /// <summary>The properties of an object; none if there is no object.</summary>
    public IEnumerable<JsonProperty> Properties(JsonElement parent, string property)
    {
        if (Find(parent, property) is not { } value) return [];
        if (value.ValueKind == JsonValueKind.Object) return value.EnumerateObject();
        Expect(property, value, "an object");
        return [];
    }

    /// <summary>Says that a value is not what it must be.</summary>
    public void Expect(string property, JsonElement value, string expected) => Expect(property, value.GetRawText(), expected);

    /// <summary>Says that a value is not what it must be.</summary>
    public void Expect(string property, string value, string expected) => violations.Add($"{name}'s {property} is {Quotation.Of(value)}, not {expected}");

    /// <summary>Says that a value is missing.</summary>
    public void Miss(string property, string expected) => violations.Add($"{name} has no {property}, which must be {expected}");
}
