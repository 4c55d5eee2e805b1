using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ContainerSdk.Images;

namespace ContainerSdk.Plan;

/// <summary>The plan as <c>plan.json</c>: declared order, line feeds, one text for one plan. Schema: <c>docs/plan.schema.json</c>.</summary>
public static class PlanJson
{
    private static readonly PlanJsonContext Context = new(new JsonSerializerOptions
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters =
        {
            new JsonStringEnumConverter<PackageManager>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<BuilderMachine>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<ImageFormat>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<BuilderMoment>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<SecretSourceKind>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<VerificationLevel>(JsonNamingPolicy.CamelCase),
            new TextConverter<ImageReference>(text => ImageReference.TryParse(text, out var value, out _) ? value : null),
            new TextConverter<ContainerPath>(text => ContainerPath.TryParse(text, out var value) ? value : null),
            new TextConverter<Platform>(text => Platform.TryParse(text, out var value) ? value : null),
            new TextConverter<Port>(text => Port.TryParse(text, null, out var value) ? value : null),
            new TextConverter<ImageUser>(text => ImageUser.TryParse(text, out var value) ? value : null),
            new TextConverter<AccessMode>(text => AccessMode.TryParse(text, out var value) ? value : null),
            new TextConverter<StopSignal>(text => StopSignal.TryParse(text, out var value) ? value : null),
        },
    });

    /// <summary>The plan's text.</summary>
    public static string Write(BuildPlan plan) => JsonSerializer.Serialize(plan, Context.BuildPlan) + "\n";

    /// <summary>Reads a plan; a <see cref="JsonException"/> means that it was not written by this version.</summary>
    public static BuildPlan Read(string json)
    {
        var plan = JsonSerializer.Deserialize(json, Context.BuildPlan) ?? throw new JsonException("The plan is null.");
        return plan.SchemaVersion == BuildPlan.CurrentSchemaVersion
            ? plan
            : throw new JsonException($"The plan has schema version {plan.SchemaVersion}, not {BuildPlan.CurrentSchemaVersion}.");
    }

    private sealed class TextConverter<T>(Func<string, T?> parse) : JsonConverter<T>
        where T : class
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            parse(reader.GetString() ?? "") ?? throw new JsonException($"Not a {typeof(T).Name}.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}

[JsonSerializable(typeof(BuildPlan))]
internal sealed partial class PlanJsonContext : JsonSerializerContext;
