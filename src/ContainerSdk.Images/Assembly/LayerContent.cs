using ContainerSdk.Images.Layers;

namespace ContainerSdk.Images.Assembly;

/// <summary>
/// The entries of one layer while they are collected: each where the links of the image lead to, and with the folders above it as the image has them. (An engine that
/// unpacks a layer by itself makes folders that it is not told of, and hides the image's own with them.)
/// </summary>
/// <param name="files">What the image holds below this layer; it learns of each entry.</param>
internal sealed class LayerContent(FileTree files)
{
    private readonly SortedDictionary<string, (LayerEntry Entry, Func<Stream>? Open)> _entries = new(StringComparer.Ordinal);

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsEmpty => _entries.Count == 0;

    /// <summary>Adds an entry; <paramref name="open"/> opens what a file holds. A link of the image where a folder goes is followed; a file takes its place.</summary>
    public void Add(LayerEntry entry, Func<Stream>? open)
    {
        var cut = entry.Name.LastIndexOf('/');
        var path = entry.Kind == LayerEntryKind.Folder || cut < 0 ? Resolve(entry.Name) : $"{Resolve(entry.Name[..cut])}/{entry.Name[(cut + 1)..]}".TrimStart('/');
        AddFolders(path[..Math.Max(path.LastIndexOf('/'), 0)]);
        Put(entry with { Name = path }, open);
    }

    /// <summary>Where the image's links lead from <paramref name="path"/> to.</summary>
    public string Resolve(string path) => files.Resolve(path);

    /// <summary>Whether the image has a folder there, whatever links lead to it.</summary>
    public bool HasFolder(string path) => Resolve(path) is var folder && (folder.Length == 0 || files.Find(folder) is { Kind: LayerEntryKind.Folder });

    /// <summary>Makes a folder, unless there is one.</summary>
    public void AddMissing(LayerEntry folder)
    {
        var path = Resolve(folder.Name);
        if (path.Length > 0 && files.Find(path) is null) Add(folder, null);
        else AddFolders(path);
    }

    /// <summary>The entries in their final order.</summary>
    public async IAsyncEnumerable<(LayerEntry Entry, Stream? Content)> ReadAsync()
    {
        await Task.CompletedTask;
        foreach (var (entry, open) in _entries.Values) yield return (entry, open?.Invoke());
    }

    // The folder at a path whose links were followed, and those above it.
    private void AddFolders(string path)
    {
        for (var end = path.IndexOf('/', StringComparison.Ordinal); path.Length > 0; end = path.IndexOf('/', end + 1))
        {
            var folder = end < 0 ? path : path[..end];
            if (!_entries.ContainsKey(folder)) Put(Known(folder), null);
            if (end < 0) return;
        }
    }

    /// <summary>One text for one list of entries, apart from what files hold.</summary>
    public override string ToString() => string.Join('\n', _entries.Values.Select(pair => pair.Entry));

    private LayerEntry Known(string folder) => files.Find(folder) is { Kind: LayerEntryKind.Folder } there
        ? LayerEntry.Folder(folder) with { Mode = there.Mode, UserId = there.UserId, GroupId = there.GroupId }
        : LayerEntry.Folder(folder);

    private void Put(LayerEntry entry, Func<Stream>? open)
    {
        _entries[entry.Name] = (entry, open);
        files.Add(entry);
    }
}
