namespace ContainerSdk.Tasks.Closure;

/// <summary>
/// Follows symbolic links below a root. An engine gets a link as a link, so both it and what it leads to must be in the context, each at its own place.
/// </summary>
internal sealed class LinkResolver(FolderListings listings, string root)
{
    private readonly Dictionary<string, string?> _folders = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _links = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _absolute = new(StringComparer.Ordinal);

    /// <summary>Every link that was met, without a trailing slash.</summary>
    public IReadOnlyCollection<string> Links => _links;

    /// <summary>Those that name their target from the file system's root, where a builder has nothing of the user's.</summary>
    public IReadOnlyCollection<string> Absolute => _absolute;

    /// <summary>Where the file itself lies; null behind an absolute link.</summary>
    public string? File(string path)
    {
        if (Folder(PathText.FolderOf(path)) is not { } folder) return null;
        var (resolved, followed) = Follow(folder, PathText.NameOf(path));
        return followed is null or "" ? resolved : File(followed);
    }

    /// <summary>Where the folder itself lies; null behind an absolute link.</summary>
    public string? Folder(string path)
    {
        if (path.Length <= root.Length || !PathText.IsWithin(path, root)) return path;
        if (_folders.TryGetValue(path, out var known)) return known;
        _folders[path] = null;
        if (Folder(PathText.FolderOf(path)) is not { } parent) return null;
        var (resolved, followed) = Follow(parent, PathText.NameOf(path));
        return _folders[path] = followed switch
        {
            null => resolved + "/",
            "" => null,
            _ => Folder(PathText.OfFolder(followed)),
        };
    }

    // The path itself, and where it leads: null if it is no link, nothing if nobody can follow it.
    private (string Path, string? Target) Follow(string folder, string name)
    {
        var path = folder + name;
        if (!PathText.IsWithin(folder, root) || listings.Of(folder).GetValueOrDefault(name) != EntryKind.Link || new FileInfo(path).LinkTarget is not { } target) return (path, null);
        var again = !_links.Add(path) && _absolute.Contains(path);
        if (again || (Path.IsPathRooted(target) && _absolute.Add(path))) return (path, "");
        return (path, PathText.Of(Path.GetFullPath(target, folder)));
    }
}
