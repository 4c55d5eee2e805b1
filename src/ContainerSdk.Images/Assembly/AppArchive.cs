using System.Formats.Tar;
using System.Runtime.CompilerServices;
using ContainerSdk.Images.Layers;

namespace ContainerSdk.Images.Assembly;

/// <summary>An archive that the host's build made for a layer of the application, as that layer's entries.</summary>
/// <param name="path">The archive's full path.</param>
/// <param name="target">The folder in the image that it is unpacked to.</param>
internal sealed class AppArchive(string path, string target)
{
    /// <summary>Its entries without their content.</summary>
    public async IAsyncEnumerable<LayerEntry> ReadNamesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var (entry, _) in ReadAsync(cancellation)) yield return entry;
    }

    /// <summary>Its entries in its own order; a content can be read until the next entry is asked for.</summary>
    public async IAsyncEnumerable<(LayerEntry Entry, Stream? Content)> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 128 * 1024, FileOptions.Asynchronous);
        await using var reader = new TarReader(file);
        while (await reader.GetNextEntryAsync(copyData: false, cancellation) is { } entry)
        {
            var name = entry.Name.Trim('/');
            yield return (new LayerEntry
            {
                Name = target.Length == 0 ? name : $"{target}/{name}",
                Kind = entry.EntryType switch
                {
                    TarEntryType.Directory => LayerEntryKind.Folder,
                    TarEntryType.SymbolicLink => LayerEntryKind.SymbolicLink,
                    _ => LayerEntryKind.File,
                },
                Mode = entry.Mode,
                UserId = entry.Uid,
                GroupId = entry.Gid,
                Time = entry.ModificationTime,
                Size = entry.EntryType == TarEntryType.RegularFile ? entry.Length : 0,
                Target = entry.LinkName ?? "",
            }, entry.DataStream);
        }
    }
}
