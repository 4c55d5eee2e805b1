using System.Collections.Immutable;
using ContainerSdk.Inputs;
using Microsoft.Build.Framework;

namespace ContainerSdk.Tasks;

/// <summary>MSBuild items as <see cref="ContainerInputs"/>; no default, no check, no change but '/' between the segments of a path on Windows.</summary>
internal static class TaskInputs
{
    /// <summary>The metadata that says which public item an item came from.</summary>
    private const string Kind = "ContainerItemKind";

    public static ContainerInputs Read(IEnumerable<ITaskItem> properties, IEnumerable<ITaskItem> items) => new()
    {
        Properties = properties
            .Select(item => KeyValuePair.Create(item.ItemSpec, item.GetMetadata("Value")))
            .Where(pair => pair.Value.Length > 0)
            .ToImmutableSortedDictionary(StringComparer.Ordinal),
        Items = [.. items.Select(Item)],
    };

    private static InputItem Item(ITaskItem item)
    {
        var metadata = item.CloneCustomMetadata();
        return new InputItem(item.GetMetadata(Kind), item.ItemSpec, metadata.Keys.Cast<string>()
            .Where(name => name != Kind && item.GetMetadata(name).Length > 0)
            .ToImmutableSortedDictionary(name => name, item.GetMetadata, StringComparer.Ordinal));
    }
}
