using System.Collections.Immutable;

namespace ContainerSdk.Images.Elf;

/// <summary>
/// The libraries that programs need and do not bring along, with those that these need in turn, and their loader: found on this machine as its loader finds them (ld.so(8)),
/// and laid out so that a loader without any configuration finds them.
/// </summary>
/// <param name="searched">The folders of this machine that its loader looks into, the first one first.</param>
public sealed class LibraryClosure(ImmutableArray<string> searched)
{
    private readonly SortedDictionary<string, string> _files = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _missing = new(StringComparer.Ordinal);
    private ElfFile? _machine;

    /// <summary>Absolute paths in the image, each with the file of this machine that goes there.</summary>
    public IReadOnlyDictionary<string, string> Files => _files;

    /// <summary>The names that were not found on this machine.</summary>
    public IReadOnlySet<string> Missing => _missing;

    /// <summary>Adds what the binaries among <paramref name="own"/> need; what is among them itself is not looked for.</summary>
    /// <param name="own">The full paths of the application's files.</param>
    /// <exception cref="IOException">One of them cannot be read.</exception>
    public void Add(IReadOnlyCollection<string> own)
    {
        var names = own.Select(path => Path.GetFileName(path)).ToHashSet(StringComparer.Ordinal);
        foreach (var path in own)
            if (Read(path) is { } file) Add(file, names);
    }

    /// <summary>Adds a library that programs load by its name while they run; false if this machine has none for theirs.</summary>
    public bool TryAdd(string name)
    {
        if (_machine is null || Find(name, _machine) is not { } found) return false;
        Place(name, found.Path, found.File, []);
        return true;
    }

    private void Add(ElfFile file, HashSet<string> own)
    {
        _machine ??= file;
        if (file.Interpreter is { } loader && !_files.ContainsKey(loader))
        {
            if (Read(loader) is { } program && program.Machine == file.Machine) _files.Add(loader, loader);
            else _missing.Add(loader);
        }

        foreach (var name in file.Needed.Where(name => !own.Contains(name)))
        {
            if (Find(name, file) is { } found) Place(name, found.Path, found.File, own);
            else _missing.Add(name);
        }
    }

    // A library that is the loader as well, as musl's is, has its place already.
    private void Place(string name, string path, ElfFile file, HashSet<string> own)
    {
        var target = $"{Path.GetDirectoryName(path)!.Replace('\\', '/')}/{name}";
        if (_files.TryAdd(target, path)) Add(file, own);
    }

    private (string Path, ElfFile File)? Find(string name, ElfFile like)
    {
        foreach (var path in searched.Select(folder => Path.Combine(folder, name)))
            if (Read(path) is { } file && file.Machine == like.Machine && file.Bits == like.Bits) return (path, file);
        return null;
    }

    private static ElfFile? Read(string path)
    {
        if (!File.Exists(path)) return null;
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return ElfFile.Read(stream);
    }
}
