using System.Text.Json.Nodes;

namespace ContainerSdk.Images.Reports;

/// <summary>A text of a configuration that anybody may have written.</summary>
internal static class ConfigurationText
{
    /// <summary>The text; null for what is none, or cannot be one.</summary>
    public static string? Of(JsonNode? node)
    {
        try
        {
            return node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            return null;
        }
    }
}
