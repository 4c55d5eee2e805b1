using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ContainerSdk.Images.Oci;

namespace ContainerSdk.Images.StructureTests;

/// <summary>What an image's configuration says of how it is run; what has another form than it should is not there.</summary>
internal sealed class RunFacts
{
    private readonly JsonObject _run;

    public RunFacts(ImageConfiguration configuration)
    {
        _run = configuration.Run;
        Variables = Words("Env").Select(Cut).Aggregate(ImmutableDictionary.Create<string, string>(StringComparer.Ordinal), (all, variable) => all.SetItem(variable.Key, variable.Value));
        Labels = (_run[nameof(Labels)] as JsonObject ?? []).Where(label => Text(label.Value) is not null).ToImmutableDictionary(label => label.Key, label => Text(label.Value)!, StringComparer.Ordinal);
    }

    public ImmutableDictionary<string, string> Variables { get; }

    public ImmutableDictionary<string, string> Labels { get; }

    public ImmutableArray<string> Entrypoint => Words("Entrypoint");

    public ImmutableArray<string> Command => Words("Cmd");

    public ImmutableArray<string> Volumes => Keys("Volumes");

    /// <summary>Each with its protocol.</summary>
    public ImmutableArray<string> Ports => [.. Keys("ExposedPorts").Select(WithProtocol)];

    // What names none starts in the root.
    public string WorkingDirectory => Text(_run["WorkingDir"]) is { Length: > 0 } folder ? folder : "/";

    public string User => Text(_run[nameof(User)]) ?? "";

    /// <summary>Whether a port is named; one without a protocol stands for any.</summary>
    public bool Exposes(string port) => Ports.Any(exposed => port.Contains('/', StringComparison.Ordinal) ? exposed == port : exposed.Split('/')[0] == port);

    private static string WithProtocol(string port) => port.Contains('/', StringComparison.Ordinal) ? port : port + "/tcp";

    private static NamedText Cut(string variable) => variable.IndexOf('=', StringComparison.Ordinal) is var sign and >= 0 ? new NamedText(variable[..sign], variable[(sign + 1)..]) : new NamedText(variable, "");

    private ImmutableArray<string> Words(string name) => _run[name] is JsonArray words ? [.. words.Select(Text).OfType<string>()] : [];

    private ImmutableArray<string> Keys(string name) => _run[name] is JsonObject names ? [.. names.Select(pair => pair.Key).Order(StringComparer.Ordinal)] : [];

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
