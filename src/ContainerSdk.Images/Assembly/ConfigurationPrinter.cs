using System.Text.Json.Nodes;
using ContainerSdk.Plan;

namespace ContainerSdk.Images.Assembly;

/// <summary>
/// How an image is run, as its configuration says it: the base image's own words, changed as a Dockerfile's instructions change them
/// (https://github.com/moby/docker-image-spec/blob/main/spec.md, https://docs.docker.com/reference/dockerfile/).
/// </summary>
public static class ConfigurationPrinter
{
    // What engines give a process whose base has none.
    private const string DefaultPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>The words for <paramref name="stage"/> on a base that says <paramref name="run"/>.</summary>
    public static JsonObject Print(RuntimeStage stage, JsonObject run)
    {
        var printed = (JsonObject)run.DeepClone();
        printed["User"] = stage.User.ToString();
        Merge(printed, "ExposedPorts", stage.Ports.Select(port => (port.ToString(), (JsonNode?)new JsonObject())));
        Environment(printed, stage);
        Commands(printed, stage);
        if (stage.HealthCheck is { } check) printed["Healthcheck"] = Health(check);
        Merge(printed, "Volumes", stage.Volumes.Select(path => (path.Value, (JsonNode?)new JsonObject())));
        printed["WorkingDir"] = stage.WorkingDirectory.Value;
        Merge(printed, "Labels", stage.Labels.Select(label => (label.Name, (JsonNode?)label.Value)));
        if (stage.StopSignal is { } signal) printed["StopSignal"] = signal.ToString();
        return printed;
    }

    private static void Environment(JsonObject run, RuntimeStage stage)
    {
        var variables = run["Env"] is JsonArray list ? list.Select(node => node?.ToString() ?? "").ToList() : [];
        if (!variables.Exists(variable => variable.StartsWith("PATH=", StringComparison.Ordinal))) variables.Add(DefaultPath);
        foreach (var variable in stage.Environment)
        {
            var (start, text) = (variable.Name + "=", $"{variable.Name}={variable.Value}");
            var index = variables.FindIndex(other => other.StartsWith(start, StringComparison.Ordinal));
            if (index < 0) variables.Add(text);
            else variables[index] = text;
        }

        if (variables.Count > 0) run["Env"] = Words(variables);
    }

    // A new entrypoint takes the base's arguments away, which were meant for another program.
    private static void Commands(JsonObject run, RuntimeStage stage)
    {
        if (!stage.Entrypoint.IsEmpty) run["Entrypoint"] = Words(stage.Entrypoint);
        else if (stage.DropsBaseEntrypoint) run.Remove("Entrypoint");
        if (!stage.Command.IsEmpty) run["Cmd"] = Words(stage.Command);
        else if (!stage.Entrypoint.IsEmpty || stage.DropsBaseEntrypoint) run.Remove("Cmd");
    }

    private static JsonObject Health(HealthCheck check)
    {
        if (check.Command.IsEmpty) return new JsonObject { ["Test"] = Words(["NONE"]) };
        var health = new JsonObject { ["Test"] = Words(check.Command.Prepend("CMD")) };
        if (check.Interval is { } interval) health["Interval"] = Nanoseconds(interval);
        if (check.Timeout is { } timeout) health["Timeout"] = Nanoseconds(timeout);
        if (check.StartPeriod is { } start) health["StartPeriod"] = Nanoseconds(start);
        if (check.Retries is { } retries) health["Retries"] = retries;
        return health;
    }

    private static long Nanoseconds(TimeSpan time) => time.Ticks * TimeSpan.NanosecondsPerTick;

    private static void Merge(JsonObject run, string name, IEnumerable<(string Key, JsonNode? Value)> pairs)
    {
        foreach (var (key, value) in pairs)
        {
            if (run[name] is not JsonObject) run[name] = new JsonObject();
            run[name]![key] = value;
        }
    }

    private static JsonArray Words(IEnumerable<string> words) => new([.. words.Select(word => JsonValue.Create(word))]);
}
