using System.IO.Enumeration;

namespace ContainerSdk.Tasks.Closure;

/// <summary>What a name in a folder stands for.</summary>
internal enum EntryKind
{
    File,
    Folder,
    Link,
}

/// <summary>Each folder that is looked at, read once.</summary>
internal sealed class FolderListings
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = true };
    private static readonly Dictionary<string, EntryKind> Nothing = [];

    private readonly Dictionary<string, Dictionary<string, EntryKind>> _listings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _projectFolders = new(StringComparer.Ordinal);

    /// <summary>The names in <paramref name="folder"/>, a full path with a trailing slash; none if there is no such folder.</summary>
    public IReadOnlyDictionary<string, EntryKind> Of(string folder)
    {
        if (_listings.TryGetValue(folder, out var listing)) return listing;
        return _listings[folder] = Directory.Exists(folder) ? Read(folder) : Nothing;
    }

    public bool HasFile(string path) =>
        Of(PathText.FolderOf(path)).TryGetValue(PathText.NameOf(path), out var kind) && (kind == EntryKind.File || (kind == EntryKind.Link && File.Exists(path)));

    /// <summary>Whether a project file of any language lies in the folder.</summary>
    public bool HasProjectFile(string folder)
    {
        if (_projectFolders.TryGetValue(folder, out var known)) return known;
        return _projectFolders[folder] = Of(folder).Any(entry => entry.Value != EntryKind.Folder && Path.GetExtension(entry.Key.AsSpan()).EndsWith("proj", StringComparison.OrdinalIgnoreCase));
    }

    private static Dictionary<string, EntryKind> Read(string folder) =>
        new FileSystemEnumerable<KeyValuePair<string, EntryKind>>(folder, (ref entry) => KeyValuePair.Create(entry.FileName.ToString(), Kind(ref entry)), Everything)
            .ToDictionary(StringComparer.Ordinal);

    private static EntryKind Kind(ref FileSystemEntry entry) =>
        entry.Attributes.HasFlag(FileAttributes.ReparsePoint) ? EntryKind.Link : entry.IsDirectory ? EntryKind.Folder : EntryKind.File;
}
