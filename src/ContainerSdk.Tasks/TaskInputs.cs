using System.Collections.Frozen;
using System.Collections.Immutable;
using ContainerSdk.Inputs;
using Microsoft.Build.Framework;

namespace ContainerSdk.Tasks;

/// <summary>MSBuild items as <see cref="ContainerInputs"/>; no default, no check, no change but to paths: '/' between the segments, and no '..' among them.</summary>
internal static class TaskInputs
{
    /// <summary>The metadata that says which public item an item came from.</summary>
    private const string Kind = "ContainerItemKind";

    private static readonly FrozenSet<string> Paths = FrozenSet.Create(StringComparer.Ordinal,
        "MSBuildProjectDirectory", "ContainerContextRoot", "ContainerRestoreFile", "ContainerSource", "ContainerSourceExclude", "ContainerBuilderFile", "ContainerSecret.Path",
        "ContainerBuilderCaCertificates", "ContainerHostLayer");

    public static ContainerInputs Read(IEnumerable<ITaskItem> properties, IEnumerable<ITaskItem> items, string projectDirectory) => new()
    {
        Properties = properties
            .Select(item => KeyValuePair.Create(item.ItemSpec, PathOf(item.ItemSpec, item.GetMetadata("Value"))))
            .Where(pair => pair.Value.Length > 0)
            .ToImmutableSortedDictionary(StringComparer.Ordinal),
        Items = [.. items.Select(item => Item(item, item.GetMetadata(Kind), projectDirectory))],
    };

    // Metadata that is there but empty is kept: the empty word of a command is a word. MSBuild does not tell names of metadata apart by case.
    private static InputItem Item(ITaskItem item, string kind, string projectDirectory)
    {
        var metadata = item.CloneCustomMetadata().Keys.Cast<string>().Where(name => name != Kind)
            .ToImmutableSortedDictionary(name => name, name => PathOf($"{kind}.{name}", item.GetMetadata(name)), StringComparer.OrdinalIgnoreCase);
        return new InputItem(kind, PathOf(kind, item.ItemSpec), HostFile.IsOne(kind, metadata)
            ? HostFile.Resolve(item.ItemSpec, metadata, projectDirectory).ToImmutableSortedDictionary(StringComparer.OrdinalIgnoreCase)
            : metadata);
    }

    private static string PathOf(string name, string text)
    {
        if (!Paths.Contains(name)) return text;
        var path = Path.IsPathFullyQualified(text) && !text.Contains('\0', StringComparison.Ordinal) ? Path.GetFullPath(text, text) : text;
        return OperatingSystem.IsWindows() ? path.Replace('\\', '/') : path;
    }
}
