using System.Collections.Immutable;
using System.Formats.Tar;
using System.IO.Compression;
using ContainerSdk.Images.Layouts;
using ContainerSdk.Images.Oci;
using ContainerSdk.Images.Validation;

namespace ContainerSdk.Images.Layers;

/// <summary>The names of a layer's archive, in its order (https://github.com/opencontainers/image-spec/blob/main/layer.md).</summary>
public static class LayerReader
{
    /// <summary>How many files a layer, and an image, may have.</summary>
    internal const int MaxEntries = 2_000_000;

    // What Linux can open; longer names and links would only keep their reader busy.
    private const int MaxPath = 4096;

    /// <summary>Reads a layer as it is handed on.</summary>
    /// <param name="layer">What the manifest says of it.</param>
    /// <param name="blob">Its bytes.</param>
    /// <param name="inspect">Reads of a file's content what is kept of it.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="InvalidImageException">It is no layer, names what lies outside of the image, or is out of all proportion uncompressed.</exception>
    public static async Task<ImmutableArray<LayerName>> ReadAsync(Descriptor layer, Stream blob, Func<LayerFile, CancellationToken, ValueTask<FileFacts?>> inspect, CancellationToken cancellation)
    {
        await using var tar = Decompress(layer, blob);
        await using var measured = new MeasuredStream(tar, () => UnpackedLimit.Default.For(layer.Size));
        var names = ImmutableArray<LayerName>.Empty;
        try
        {
            names = await ReadAsync(measured, inspect, cancellation);
        }
        catch (InvalidImageException) when (measured.IsExceeded)
        {
        }

        // An archive that was cut off there may look whole, or broken.
        return measured.IsExceeded ? throw new InvalidImageException($"a layer has more than {UnpackedLimit.Default.For(layer.Size)} bytes uncompressed, and {layer.Size} compressed") : names;
    }

    /// <summary>Reads the archive <paramref name="tar"/> from here to its end.</summary>
    /// <param name="tar">The layer's content, uncompressed.</param>
    /// <param name="inspect">Reads of a file's content what is kept of it.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="InvalidImageException">It is no layer, or names what lies outside of the image.</exception>
    public static async Task<ImmutableArray<LayerName>> ReadAsync(Stream tar, Func<LayerFile, CancellationToken, ValueTask<FileFacts?>> inspect, CancellationToken cancellation)
    {
        var names = ImmutableArray.CreateBuilder<LayerName>();
        try
        {
            await using var reader = new TarReader(new TarInput(tar), leaveOpen: true);
            while (await reader.GetNextEntryAsync(copyData: false, cancellation) is { } entry)
            {
                if (KindOf(entry.EntryType) is not { } kind) continue;
                if (entry.Name.Length > MaxPath || entry.LinkName?.Length > MaxPath) throw new InvalidImageException($"a layer has a name of more than {MaxPath} characters");
                if (PathOf(entry.Name) is not { Length: > 0 } path) continue;
                if (names.Count == MaxEntries) throw new InvalidImageException($"its layers hold more than {MaxEntries} files");
                var facts = entry.DataStream is { } data ? await inspect(new LayerFile(path, entry.Length, data), cancellation) : null;
                names.Add(new LayerName(path, new TreeEntry(kind, entry.Mode, entry.Uid, entry.Gid, kind == LayerEntryKind.HardLink ? PathOf(entry.LinkName!) : entry.LinkName ?? "")
                {
                    Size = kind == LayerEntryKind.File ? entry.Length : 0,
                    Facts = facts,
                }));
            }
        }
        catch (Exception e) when (TarInput.IsMalformed(e))
        {
            throw new InvalidImageException($"a layer is no readable archive: {e.Message.TrimEnd('.')}", e);
        }

        return names.ToImmutable();
    }

    private static Stream Decompress(Descriptor layer, Stream blob) => layer.MediaType switch
    {
        MediaTypes.OciLayerGzip or MediaTypes.DockerLayerGzip => new GZipStream(blob, CompressionMode.Decompress, leaveOpen: true),
        MediaTypes.OciLayerZstd => throw new InvalidImageException("a layer of it is compressed with Zstandard, which cannot be read here"),
        _ => new BufferedStream(blob),
    };

    private static string PathOf(string name)
    {
        var segments = name.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(segment => segment != ".").ToArray();
        return segments.Contains("..") ? throw new InvalidImageException($"a layer names {Quotation.Of(name)}, which lies outside of the image") : string.Join('/', segments);
    }

    private static LayerEntryKind? KindOf(TarEntryType type) => type switch
    {
        TarEntryType.Directory => LayerEntryKind.Folder,
        TarEntryType.SymbolicLink => LayerEntryKind.SymbolicLink,
        TarEntryType.HardLink => LayerEntryKind.HardLink,
        TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile or TarEntryType.CharacterDevice or TarEntryType.BlockDevice or TarEntryType.Fifo => LayerEntryKind.File,
        _ => null,
    };
}

/// <summary>A file of a layer, while its archive is read.</summary>
/// <param name="Path">Below the image's root, without a leading slash.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Content">Can be read once, from its beginning; it need not be read.</param>
public readonly record struct LayerFile(string Path, long Length, Stream Content)
{
    /// <summary>All of its content.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public async Task<byte[]> ReadAsync(CancellationToken cancellation)
    {
        var content = new byte[Length];
        await Content.ReadExactlyAsync(content, cancellation);
        return content;
    }
}
