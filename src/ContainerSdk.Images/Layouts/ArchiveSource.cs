using System.IO.Compression;
using ContainerSdk.Images.Oci;
using ContainerSdk.Images.Store;
using ContainerSdk.Images.Validation;

namespace ContainerSdk.Images.Layouts;

/// <summary>
/// The images of an archive file: an OCI layout in a tar file, or what <c>docker save</c> writes; gzipped or not, whatever the file is called. Nothing of it is unpacked
/// but the compression of the whole. An image is found by its digest, by its tag or name, or by any tag if it is the only one.
/// </summary>
/// <param name="path">The full path of the archive.</param>
/// <param name="temporary">The folder for the plain tar file of a gzipped one, which is deleted with this object; the folder need not exist.</param>
public sealed class ArchiveSource(string path, string temporary) : IImageSource, IDisposable
{
    private const int BufferSize = 128 * 1024;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private IImageSource? _images;
    private string? _plain;
    private FileStream? _held;

    /// <inheritdoc/>
    public Task<FoundManifest?> FindAsync(string tagOrDigest, CancellationToken cancellation) => UseAsync(images => images.FindAsync(tagOrDigest, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<Stream> OpenAsync(Descriptor blob, CancellationToken cancellation) => UseAsync(images => images.OpenAsync(blob, cancellation), cancellation);

    /// <summary>Deletes what was written into the temporary folder.</summary>
    public void Dispose()
    {
        _gate.Dispose();
        _held?.Dispose();
        if (_plain is not null && _plain != path) File.Delete(_plain);
        _plain = null;
    }

    private async Task<T> UseAsync<T>(Func<IImageSource, Task<T>> use, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            _plain ??= await IsGzippedAsync(cancellation) ? await DecompressAsync(cancellation) : path;
            return await use(_images ??= Open(await ArchiveFiles.ReadAsync(_plain, cancellation)));
        }
        finally
        {
            _gate.Release();
        }
    }

    private static IImageSource Open(ArchiveFiles files) =>
        files.Resolve(LayoutImages.Marker) is not null && files.Resolve(LayoutImages.Index) is not null ? new LayoutImages(files)
        : files.Resolve(SavedImage.List) is not null ? new SavedImages(files)
        : throw new InvalidImageException($"the archive holds no image: neither '{LayoutImages.Marker}' and '{LayoutImages.Index}' nor '{SavedImage.List}' is in it");

    private async Task<bool> IsGzippedAsync(CancellationToken cancellation)
    {
        var start = new byte[CompressionMagic.Gzip.Length];
        await using var file = OpenFile();
        await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation);
        return CompressionMagic.Gzip.SequenceEqual(start);
    }

    private async Task<string> DecompressAsync(CancellationToken cancellation)
    {
        try
        {
            await using var packed = OpenFile();
            await using var gzip = new GZipStream(packed, CompressionMode.Decompress);
            await using var measured = new MeasuredStream(gzip, () => UnpackedLimit.Default.For(packed.Length));
            await using var target = UnfinishedFile.Create(temporary);
            await measured.CopyToAsync(target, BufferSize, cancellation);
            if (measured.IsExceeded) throw new InvalidImageException($"the archive has more than {UnpackedLimit.Default.For(packed.Length)} bytes uncompressed, and {packed.Length} compressed");
            var plain = Path.Combine(temporary, Path.GetRandomFileName());
            await target.KeepAsync(plain, cancellation);
            // Locked, so that no other publish takes it for one that was left behind.
            _held = new FileStream(plain, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            return plain;
        }
        catch (InvalidDataException e)
        {
            throw new InvalidImageException($"the archive cannot be decompressed: {Quotation.Of(e)}", e);
        }
    }

    private FileStream OpenFile() => new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize, FileOptions.Asynchronous | FileOptions.SequentialScan);
}
