using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ContainerSdk.Images.Oci;

namespace ContainerSdk.Images.Validation;

/// <summary>What a configuration says: its platform, its layers and their history, and how it is run (https://github.com/opencontainers/image-spec/blob/main/config.md).</summary>
internal sealed class ConfigurationCheck
{
    private const string Name = "the configuration";

    private readonly Violations _violations = new(Name);
    private readonly JsonPart _json;

    private ConfigurationCheck() => _json = new JsonPart(Name, _violations);

    /// <summary>The digests of the layers, uncompressed, base first; null for one that cannot be read, or if none can be.</summary>
    public ImmutableArray<Digest?>? DiffIds { get; private set; }

    /// <summary>How many layers the history tells of; null if there is no history.</summary>
    public int? HistoryLayers { get; private set; }

    /// <summary>What is wrong with it.</summary>
    public IEnumerable<string> Violations => _violations.All;

    public static ConfigurationCheck Read(ReadOnlyMemory<byte> json)
    {
        var check = new ConfigurationCheck();
        check._json.Read(json, check.Read);
        return check;
    }

    private void Read(JsonElement root)
    {
        var os = _json.Text(root, "os");
        if (string.IsNullOrEmpty(_json.Text(root, "architecture"))) _json.Miss("architecture", "for example 'amd64'");
        if (string.IsNullOrEmpty(os)) _json.Miss("os", "for example 'linux'");
        ReadLayers(root);
        ReadHistory(root);
        if (JsonPart.Find(root, "config") is not { } run) return;
        if (run.ValueKind == JsonValueKind.Object) ReadRun(run, os);
        else _json.Expect("config", run, "an object");
    }

    private void ReadLayers(JsonElement root)
    {
        if (JsonPart.Find(root, "rootfs") is not { ValueKind: JsonValueKind.Object } layers)
        {
            _json.Miss("rootfs", "an object");
            return;
        }

        if (_json.Text(layers, "type") is var type && type != "layers") _json.Expect("rootfs.type", type ?? "", "'layers'");
        DiffIds = [.. _json.List(layers, "diff_ids").Select((value, index) =>
        {
            if (value.ValueKind == JsonValueKind.String && Digest.TryParse(value.GetString(), out var digest)) return digest;
            _json.Expect(string.Create(CultureInfo.InvariantCulture, $"diff_id {index + 1}"), value, "a sha256 digest");
            return null;
        })];
    }

    private void ReadHistory(JsonElement root)
    {
        var (count, layers) = (0, 0);
        foreach (var entry in _json.List(root, "history"))
        {
            count++;
            var empty = entry.ValueKind == JsonValueKind.Object ? JsonPart.Find(entry, "empty_layer") : null;
            if (empty?.ValueKind != JsonValueKind.True) layers++;
            if (entry.ValueKind != JsonValueKind.Object) _json.Expect("history", entry, "a list of objects");
            else if (empty is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) } other) _json.Expect("history's empty_layer", other, "true or false");
        }

        HistoryLayers = count == 0 ? null : layers;
    }

    private void ReadRun(JsonElement run, string? os)
    {
        _json.Text(run, "User");
        _json.Text(run, "StopSignal");
        if (_json.Text(run, "WorkingDir") is { Length: > 0 } folder && os != "windows" && !folder.StartsWith('/')) _json.Expect("WorkingDir", folder, "an absolute path");
        foreach (var list in new[] { "Entrypoint", "Cmd" })
        {
            foreach (var word in _json.List(run, list).Where(word => word.ValueKind != JsonValueKind.String)) _json.Expect(list, word, "a list of texts");
        }

        foreach (var variable in _json.List(run, "Env"))
        {
            if (variable.ValueKind != JsonValueKind.String || variable.GetString()!.IndexOf('=', StringComparison.Ordinal) < 1) _json.Expect("Env", variable, "of the form NAME=value");
        }

        foreach (var set in new[] { "ExposedPorts", "Volumes" })
        {
            foreach (var element in _json.Properties(run, set))
            {
                if (set == "ExposedPorts" && !Port.TryParse(element.Name, null, out _)) _json.Expect(set, element.Name, "of the form number[/protocol]");
                if (element.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null)) _json.Expect(set, element.Value, "an object in each of its elements");
            }
        }

        foreach (var label in _json.Properties(run, "Labels").Where(label => label.Value.ValueKind != JsonValueKind.String)) _json.Expect("Labels", label.Value, "a text in each of its elements");
    }
}
