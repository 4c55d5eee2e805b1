using System.Text.Json;
using System.Text.Json.Nodes;
using ContainerSdk.Images.Layers;

namespace ContainerSdk.Images.Verification;

/// <summary>
/// The shared frameworks that an image has, and those that its applications ask for in <c>*.runtimeconfig.json</c>
/// (https://learn.microsoft.com/dotnet/core/versions/selection#framework-dependent-apps-roll-forward).
/// </summary>
internal sealed class DotnetFrameworks(ImageFacts image)
{
    private const string Ending = ".runtimeconfig.json";

    /// <summary>What is asked for and not there: the file that asks, the framework, its version, and what is there in words.</summary>
    public IEnumerable<(string Configuration, string Name, string Version, string Found)> Missing()
    {
        var started = image.Start.Select(image.Absolute).ToHashSet(StringComparer.Ordinal);
        foreach (var (path, entry) in image.Files.All.Where(file => file.Path.EndsWith(Ending, StringComparison.Ordinal) && file.Entry.Content is not null).ToArray())
        {
            // Of the programs in the image, those that the container starts.
            var application = "/" + path[..^Ending.Length];
            if (!started.Contains(application) && !started.Contains(application + ".dll")) continue;
            foreach (var (name, version, policy) in Asked(entry, image.Environment.GetValueOrDefault("DOTNET_ROLL_FORWARD")))
            {
                var there = Installed(name);
                if (!there.Any(installed => Serves(installed, version, policy)))
                    yield return ("/" + path, name, version, there.Length > 0 ? $"{string.Join(", ", there.Select(installed => installed.Text))} only" : "none of that name");
            }
        }
    }

    private static (string Name, string Version, string Policy)[] Asked(TreeEntry file, string? chosen)
    {
        JsonObject? options;
        try
        {
            options = JsonNode.Parse(file.Content!.Value.Span)?["runtimeOptions"] as JsonObject;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return [];
        }

        if (options is null) return [];
        var frameworks = options["frameworks"] is JsonArray several ? [.. several] : new[] { options["framework"] };
        var policy = Text(options["rollForward"]) ?? "Minor";
        return [.. frameworks.OfType<JsonObject>().Select(framework => (Name: Text(framework["name"]), Version: Text(framework["version"]), Policy: chosen ?? Text(framework["rollForward"]) ?? policy))
            .Where(framework => framework is { Name: not null, Version: not null }).Select(framework => (framework.Name!, framework.Version!, framework.Policy))];
    }

    private (Version Number, string Text)[] Installed(string name)
    {
        var root = image.Environment.GetValueOrDefault("DOTNET_ROOT") ?? image.Lines("/etc/dotnet/install_location").FirstOrDefault()?.Trim();
        // A 'dotnet' that is started looks beside itself.
        var own = image.Start is [var program, ..] && image.Locate(program) is { } path && image.At(path) is var (place, _) && place.EndsWith("/dotnet", StringComparison.Ordinal) ? place[..place.LastIndexOf('/')] : null;
        var folders = new[] { own, root, "/usr/share/dotnet", "/usr/lib/dotnet" }.OfType<string>().Where(folder => folder.StartsWith('/')).Select(folder => $"{folder.TrimEnd('/')[1..]}/shared/{name}/").ToArray();
        return [.. image.Files.All.Select(file => folders.FirstOrDefault(folder => file.Path.StartsWith(folder, StringComparison.Ordinal)) is { } folder ? file.Path[folder.Length..].Split('/')[0] : null)
            .OfType<string>().Distinct(StringComparer.Ordinal).Select(text => (Number: NumberOf(text), text)).Where(version => version.Number is not null).Select(version => (version.Number!, version.text)).OrderBy(version => version.Item1)];
    }

    private static bool Serves((Version Number, string Text) installed, string asked, string policy)
    {
        if (NumberOf(asked) is not { } wanted) return true;
        var (number, isMajor, isMinor) = (installed.Number, installed.Number.Major == wanted.Major, installed.Number.Minor == wanted.Minor);
        return policy.ToUpperInvariant() switch
        {
            "DISABLE" => installed.Text == asked,
            "LATESTPATCH" => isMajor && isMinor && number >= wanted,
            "MAJOR" or "LATESTMAJOR" => number >= wanted,
            _ => isMajor && number >= wanted,
        };
    }

    // 10.0.0-rc.1 is taken for 10.0.0.
    private static Version? NumberOf(string text) => Version.TryParse(text.Split('-', '+')[0], out var version) && version.Build >= 0 ? version : null;

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
