using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Build.Execution;

namespace ContainerSdk.Tasks.Closure;

/// <summary>The manifest of the repository's .NET tools, which only matters to a project whose own targets start one.</summary>
internal static class ToolManifest
{
    private static readonly ImmutableArray<string> Places = [".config/dotnet-tools.json", "dotnet-tools.json"];

    /// <summary>The manifest that a project uses; null if it uses none.</summary>
    public static string? UsedBy(ProjectInstance project, FolderListings listings, Territory territory)
    {
        var manifest = PathText.Upwards(PathText.OfFolder(project.Directory)).SelectMany(folder => Places.Select(place => folder + place)).FirstOrDefault(listings.HasFile);
        if (manifest is null || !territory.Holds(manifest)) return null;
        var commands = Commands(manifest);
        var afterDotNet = commands.Concat(commands.Where(command => command.StartsWith("dotnet-", StringComparison.Ordinal)).Select(command => command["dotnet-".Length..])).Append("tool");
        var starts = new Regex($@"(?<![\w-])(dotnet(\.exe)?""?\s+({AnyOf(afterDotNet)}){(commands.IsEmpty ? "" : $"|{AnyOf(commands)}")})(?![\w-])", RegexOptions.CultureInvariant);
        return project.Targets.Values.Where(target => territory.Holds(PathText.Of(target.FullPath)))
            .SelectMany(target => target.Children).OfType<ProjectTaskInstance>().Where(task => task.Name == "Exec")
            .Any(task => starts.IsMatch(project.ExpandString(task.Parameters.TryGetValue("Command", out var command) ? command : ""))) ? manifest : null;
    }

    private static string AnyOf(IEnumerable<string> words) => string.Join('|', words.Select(Regex.Escape));

    private static ImmutableArray<string> Commands(string manifest)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(manifest), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return document.RootElement.TryGetProperty("tools", out var tools)
                ? [.. tools.EnumerateObject().SelectMany(tool => tool.Value.TryGetProperty("commands", out var commands) ? commands.EnumerateArray().Select(command => command.GetString() ?? "") : []).Where(command => command.Length > 0)]
                : [];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return [];
        }
    }
}
