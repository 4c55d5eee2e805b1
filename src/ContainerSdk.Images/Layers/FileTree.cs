using System.Collections.Immutable;
using ContainerSdk.Images.Layouts;
using ContainerSdk.Images.Oci;

namespace ContainerSdk.Images.Layers;

/// <summary>
/// What a stack of layers holds: names and attributes, and the content of the few files that were asked for. Later layers hide what lies below, and remove it with
/// whiteouts (https://github.com/opencontainers/image-spec/blob/main/layer.md#representing-changes).
/// </summary>
/// <param name="contents">The paths of files whose content is kept, if they are small.</param>
public sealed class FileTree(params IEnumerable<string> contents)
{
    private const string Whiteout = ".wh.";
    private const string Opaque = ".wh..wh..opq";
    private const int MaxContent = 1024 * 1024;
    private const int MaxLinks = 40;

    private readonly Dictionary<string, TreeEntry> _entries = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _paths = new(StringComparer.Ordinal);
    private readonly HashSet<string> _contents = new(contents, StringComparer.Ordinal);

    /// <summary>Puts a layer on top; <paramref name="tar"/> is its content, uncompressed.</summary>
    /// <exception cref="InvalidImageException">It is no layer, or names what lies outside of the image.</exception>
    public async Task AddAsync(Stream tar, CancellationToken cancellation) => Add(await LayerReader.ReadAsync(tar, KeepAsync, cancellation));

    /// <summary>Reads the content of a file that was asked for.</summary>
    public async ValueTask<FileFacts?> KeepAsync(LayerFile file, CancellationToken cancellation) =>
        _contents.Contains(file.Path) && file.Length <= MaxContent ? new FileFacts { Content = await file.ReadAsync(cancellation) } : null;

    /// <summary>Puts a layer on top.</summary>
    /// <exception cref="InvalidImageException">It removes what is no name.</exception>
    public void Add(ImmutableArray<LayerName> layer)
    {
        var own = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in layer) Add(name, own);
    }

    /// <summary>Every name, folders before what they hold.</summary>
    public IEnumerable<(string Path, TreeEntry Entry)> All => _paths.Select(path => (path, _entries[path]));

    /// <summary>What lies at <paramref name="path"/>, which is relative to the root; no link on the way to it is followed. Null if there is nothing.</summary>
    public TreeEntry? Find(string path) => _entries.GetValueOrDefault(path);

    /// <summary>Where <paramref name="path"/> leads to: every link on the way and at its end is followed, as the kernel does in the image's root. What is not there leads to itself.</summary>
    /// <exception cref="InvalidImageException">Links lead in a circle.</exception>
    public string Resolve(string path)
    {
        var (rest, done) = (new Stack<string>(path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse()), new List<string>());
        for (var links = 0; rest.TryPop(out var segment);)
        {
            if (segment == ".") continue;
            if (segment == "..")
            {
                if (done.Count > 0) done.RemoveAt(done.Count - 1);
                continue;
            }

            done.Add(segment);
            if (Find(string.Join('/', done)) is not { Kind: LayerEntryKind.SymbolicLink } link) continue;
            if (++links > MaxLinks) throw new InvalidImageException($"links lead in a circle at {Quotation.Of('/' + path.TrimStart('/'))}");
            if (link.Target.StartsWith('/')) done.Clear();
            else done.RemoveAt(done.Count - 1);
            foreach (var part in link.Target.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse()) rest.Push(part);
        }

        return string.Join('/', done);
    }

    /// <summary>Puts one name there, as a layer would.</summary>
    public void Add(LayerEntry entry) =>
        Put(entry.Name, new TreeEntry(entry.Kind, entry.Mode, (int)entry.UserId, (int)entry.GroupId, entry.Target));

    private void Add(LayerName named, HashSet<string> own)
    {
        var path = named.Path;
        if (Math.Max(_entries.Count, own.Count) >= LayerReader.MaxEntries) throw new InvalidImageException($"its layers hold more than {LayerReader.MaxEntries} files");
        var (folder, name) = Cut(path);
        if (name == Opaque)
        {
            RemoveBelow(folder, own);
        }
        else if (name.StartsWith(Whiteout, StringComparison.Ordinal))
        {
            if (name[Whiteout.Length..] is "" or "." or "..") throw new InvalidImageException($"a layer removes {Quotation.Of(path)}, which is no name of a file");
            var hidden = folder.Length == 0 ? name[Whiteout.Length..] : $"{folder}/{name[Whiteout.Length..]}";
            if (own.Contains(hidden)) return;
            RemoveBelow(hidden, own);
            Remove(hidden);
        }
        else
        {
            if (named.Entry.Kind != LayerEntryKind.Folder) RemoveBelow(path, own);
            own.Add(path);
            Put(path, named.Entry);
        }
    }

    private void RemoveBelow(string folder, HashSet<string> own)
    {
        // A second time in one layer there is nothing left to remove; a layer that says it a million times must not cost a million searches.
        if (folder.Length > 0 && Find(folder) is not { Kind: LayerEntryKind.Folder } || !own.Add(folder + '/')) return;
        var prefix = folder.Length == 0 ? "" : folder + "/";
        // Whatever begins with the prefix lies between it and the prefix with the character after the slash.
        foreach (var path in _paths.GetViewBetween(prefix, folder.Length == 0 ? "\uffff" : folder + '0').Where(path => !own.Contains(path) && path.StartsWith(prefix, StringComparison.Ordinal)).ToList()) Remove(path);
    }

    private void Put(string path, TreeEntry entry)
    {
        _paths.Add(path);
        _entries[path] = entry;
    }

    private void Remove(string path)
    {
        _paths.Remove(path);
        _entries.Remove(path);
    }

    private static (string Folder, string Name) Cut(string path) => path.LastIndexOf('/') is var slash and >= 0 ? (path[..slash], path[(slash + 1)..]) : ("", path);
}
