using System.Formats.Tar;
using ContainerSdk.Images.Layouts;

namespace ContainerSdk.Images.Validation;

/// <summary>The entries of one layer's archive (https://github.com/opencontainers/image-spec/blob/main/layer.md).</summary>
/// <param name="layer">What messages call it.</param>
internal sealed class EntryCheck(string layer)
{
    // Beyond these no second entry is found, as otherwise the archive's author would decide on our memory.
    private const long MaxCharacters = 64 * 1024 * 1024;

    private readonly Violations _violations = new(layer);
    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);
    private long _characters;

    /// <summary>What is wrong with single entries.</summary>
    public IEnumerable<string> Violations => _violations.All;

    /// <summary>Reads the archive as far as it can be read; what is wrong with it as an archive, or null.</summary>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public async Task<string?> ReadAsync(Stream tar, CancellationToken cancellation)
    {
        try
        {
            await using var reader = new TarReader(new TarInput(tar), leaveOpen: true);
            while (await reader.GetNextEntryAsync(copyData: false, cancellation) is { } entry) Check(entry);
            return null;
        }
        catch (Exception e) when (TarInput.IsMalformed(e))
        {
            return $"{layer} is no tar archive that can be read: {Quotation.Of(e)}";
        }
    }

    private void Check(TarEntry entry)
    {
        if (entry.EntryType is TarEntryType.GlobalExtendedAttributes) return;
        var path = ArchivePath.BelowRoot(entry.Name);
        if (path is null) _violations.Add($"{layer} has an entry {Quotation.Of(entry.Name)}, which lies outside of its root");
        else if (IsSecond(path)) _violations.Add($"{layer} has two entries for {Quotation.Of(path)}");
        if (entry.EntryType is TarEntryType.HardLink && ArchivePath.BelowRoot(entry.LinkName) is null)
            _violations.Add($"{layer} has a hard link {Quotation.Of(entry.Name)} to {Quotation.Of(entry.LinkName)}, which lies outside of its root");
    }

    private bool IsSecond(string path)
    {
        if (_characters + path.Length > MaxCharacters) return _paths.Contains(path);
        if (!_paths.Add(path)) return true;
        _characters += path.Length;
        return false;
    }
}
