using System.Formats.Tar;
using ContainerSdk.Images.Oci;

namespace ContainerSdk.Images.Layouts;

/// <summary>The files of a plain tar file. They stay in it: only their places are kept. Links are followed to other files of the archive, and nowhere else.</summary>
internal sealed class ArchiveFiles : FileSet
{
    // An image has some hundred layers at most, and an archive a few files for each.
    private const int MaxEntries = 65_536;
    private const int MaxLinks = 16;

    private readonly string _tar;
    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);

    private ArchiveFiles(string tar) => _tar = tar;

    /// <summary>Reads the names of the file <paramref name="tar"/>.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidImageException">It is no tar file, ends too early, or has a name that leads out of it.</exception>
    public static async Task<ArchiveFiles> ReadAsync(string tar, CancellationToken cancellation)
    {
        var files = new ArchiveFiles(tar);
        await using var file = new FileStream(tar, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 4096, FileOptions.Asynchronous);
        try
        {
            await using var reader = new TarReader(new TarInput(file), leaveOpen: true);
            while (await reader.GetNextEntryAsync(copyData: false, cancellation) is { } entry) files.Add(entry, file.Length);
        }
        catch (Exception e) when (TarInput.IsMalformed(e))
        {
            throw new InvalidImageException($"the archive is no tar file that can be read: {Quotation.Of(e)}", e);
        }

        return files;
    }

    public override Stream? Open(string path) => Resolve(path) is { } name && _places[name] is var place ? new FileSection(_tar, place.Offset, place.Length) : null;

    /// <summary>The one name of the file that <paramref name="path"/> leads to; null if there is none.</summary>
    /// <exception cref="InvalidImageException">The path leads out of the archive, or in a circle.</exception>
    public string? Resolve(string path)
    {
        var name = Inside(path);
        for (var links = 0; _places.TryGetValue(name, out var place); links++)
        {
            if (place.Target is null) return name;
            if (links == MaxLinks) throw new InvalidImageException($"the archive's links lead in a circle at {Quotation.Of(path)}");
            name = place.Target;
        }

        return null;
    }

    private void Add(TarEntry entry, long end)
    {
        if (entry.EntryType is TarEntryType.GlobalExtendedAttributes) return;
        if (_places.Count == MaxEntries) throw new InvalidImageException($"the archive has more than {MaxEntries} files, as no image has");
        var name = Inside(entry.Name);
        switch (entry.EntryType)
        {
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                if (entry.Length > end - entry.DataOffset) throw new InvalidImageException($"the archive ends within {Quotation.Of(name)}");
                _places[name] = new Place(entry.DataOffset, entry.Length, null);
                break;
            case TarEntryType.SymbolicLink:
                _places[name] = new Place(0, 0, Inside(entry.LinkName, name[..(name.LastIndexOf('/') + 1)]));
                break;
            case TarEntryType.HardLink:
                _places[name] = new Place(0, 0, Inside(entry.LinkName));
                break;
        }
    }

    private static string Inside(string path, string folder = "") =>
        (path.StartsWith('/') ? null : ArchivePath.BelowRoot(folder + path)) ?? throw new InvalidImageException($"the archive names {Quotation.Of(path)}, which lies outside of it");

    private readonly record struct Place(long Offset, long Length, string? Target);
}
