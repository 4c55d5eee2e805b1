using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ContainerSdk.Images.Reports;

/// <summary>The report as JSON: declared order, line feeds, one text for one report. Schema: <c>docs/report.schema.json</c>.</summary>
public static class ReportJson
{
    // More than any disk has, and so little that no sum overflows.
    private const double MaxSize = 1e18;

    private static readonly ReportJsonContext Context = new(new JsonSerializerOptions
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
    });

    /// <summary>The report's text.</summary>
    public static string Write(ImageReport report) => JsonSerializer.Serialize(report, Context.ImageReport) + "\n";

    /// <summary>Reads a report.</summary>
    /// <exception cref="JsonException">It was not written by this version.</exception>
    public static ImageReport Read(string json)
    {
        RefuseNull(json);
        var report = JsonSerializer.Deserialize(json, Context.ImageReport) ?? throw new JsonException("The report is null.");
        if (report.SchemaVersion != ImageReport.CurrentSchemaVersion) throw new JsonException($"The report has schema version {report.SchemaVersion}, not {ImageReport.CurrentSchemaVersion}.");
        long[] sizes = [report.Sizes.Uncompressed, .. report.Layers.SelectMany(layer => layer.Files.Values.Append(layer.Size))];
        if (sizes.Any(size => size < 0) || sizes.Sum(size => (double)size) > MaxSize) throw new JsonException("The report has a layer or file of an impossible size.");
        // The serializer's own order is that of a language.
        return report with { Layers = [.. report.Layers.Select(layer => layer with { Files = layer.Files.WithComparers(StringComparer.Ordinal) })] };
    }

    // What is not known is left out of the text, so that null stands for nothing, wherever it is.
    private static void RefuseNull(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Null) throw new JsonException("The report has a null.");
        }
    }
}

[JsonSerializable(typeof(ImageReport))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
