using System.Security.Cryptography;
using ContainerSdk.Images.Oci;

namespace ContainerSdk.Images.Store;

/// <summary>
/// Blobs by their digest, in a folder that any number of publishes share. A blob is written beside and renamed, so that it is there whole or not at all;
/// its bytes are hashed before it is given out, and one that changed on disk is removed.
/// </summary>
/// <param name="folder">The store's folder, which need not exist.</param>
/// <param name="clock">Tells which blobs were of use lately.</param>
public sealed class BlobStore(string folder, TimeProvider clock)
{
    /// <summary>The folder in the store for files that are not whole yet.</summary>
    public const string Unfinished = "unfinished";

    private const int BufferSize = 128 * 1024;

    // What a publish that runs now may still need, and no publish lasts longer.
    private static readonly TimeSpan Grace = TimeSpan.FromHours(6);

    private readonly string _blobs = Path.Combine(folder, "blobs", "sha256");
    private readonly string _unfinished = Path.Combine(folder, Unfinished);

    /// <summary>Whether a blob of that digest and length is there; its bytes are not looked at.</summary>
    public bool Has(Descriptor blob) => new FileInfo(PathOf(blob.Digest)) is { Exists: true } file && file.Length == blob.Size;

    /// <summary>The same; and a blob that is there counts as of use now.</summary>
    public bool TryUse(Descriptor blob)
    {
        if (!Has(blob)) return false;
        Touch(PathOf(blob.Digest));
        return true;
    }

    /// <summary>The blob from its first byte on, after all of it was verified; null if it is not there.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public async Task<Stream?> FindAsync(Descriptor blob, CancellationToken cancellation)
    {
        try
        {
            return await OpenAsync(blob, cancellation);
        }
        catch (FileNotFoundException)
        {
            // Another publish removed it just now.
            return null;
        }
        catch (Exception e) when (StoreException.Is(e))
        {
            throw StoreException.Of(e);
        }
    }

    /// <summary>The blob from its first byte on, out of the store, or from <paramref name="source"/> into it first.</summary>
    /// <exception cref="InvalidImageException">The source gives something else, or has no such blob.</exception>
    /// <exception cref="FileNotFoundException">It is not in the store, and there is no source.</exception>
    /// <exception cref="StoreException">The store cannot be read or written.</exception>
    /// <exception cref="IOException">The source cannot be read.</exception>
    public async Task<Stream> FetchAsync(Descriptor blob, IImageSource? source, CancellationToken cancellation)
    {
        if (await FindAsync(blob, cancellation) is { } there) return there;
        if (source is null) throw new FileNotFoundException($"the blob {blob.Digest} is no longer in the cache");
        await using (var content = await OpenAsync(source, blob, cancellation)) await AddAsync(blob, content, cancellation);
        return await FindAsync(blob, cancellation) ?? throw new StoreException($"the blob {blob.Digest} was removed while it was in use");
    }

    /// <summary>Takes a blob from elsewhere.</summary>
    /// <exception cref="InvalidImageException">The content is not the blob; nothing was kept.</exception>
    /// <exception cref="StoreException">It cannot be written; nothing was kept.</exception>
    /// <exception cref="IOException">It cannot be read; nothing was kept.</exception>
    public async Task AddAsync(Descriptor blob, Stream content, CancellationToken cancellation)
    {
        if (Has(blob)) return;
        await WriteAsync(
            async (stream, token) => await CopyAsync(content, stream, blob.Size, token),
            (digest, size) =>
            {
                if (size != blob.Size) throw new InvalidImageException($"the blob {blob.Digest} has {size} bytes or more, not {blob.Size}");
                if (digest != blob.Digest) throw new InvalidImageException($"the blob {blob.Digest} has the digest {digest}");
            },
            cancellation);
    }

    /// <summary>Takes a new blob.</summary>
    /// <exception cref="StoreException">It cannot be written; nothing was kept.</exception>
    public async Task<Descriptor> AddAsync(string mediaType, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation)
    {
        var (digest, size) = await WriteAsync(write, (_, _) => { }, cancellation);
        return new Descriptor { MediaType = mediaType, Digest = digest, Size = size };
    }

    /// <summary>Removes the blobs that were of use the longest ago, until the others have no more than <paramref name="limit"/> bytes, and what a killed publish left behind.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public void Trim(long limit)
    {
        try
        {
            var now = clock.GetUtcNow().UtcDateTime;
            foreach (var file in Files(_unfinished).Where(file => UnfinishedFile.IsAbandoned(file, now))) TryDelete(file);
            var blobs = Files(_blobs);
            var size = blobs.Sum(file => file.Length);
            foreach (var file in blobs.Where(file => file.LastWriteTimeUtc < now - Grace).OrderBy(file => file.LastWriteTimeUtc))
            {
                if (size <= limit) return;
                size -= file.Length;
                TryDelete(file);
            }
        }
        catch (Exception e) when (StoreException.Is(e))
        {
            throw StoreException.Of(e);
        }
    }

    /// <summary>A file that may become one of the store's, outside of its blobs.</summary>
    internal UnfinishedFile Begin() => UnfinishedFile.Create(_unfinished);

    private async Task<Stream?> OpenAsync(Descriptor blob, CancellationToken cancellation)
    {
        var path = PathOf(blob.Digest);
        if (!File.Exists(path)) return null;
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize, FileOptions.Asynchronous | FileOptions.SequentialScan);
        try
        {
            if (stream.Length == blob.Size && Digest.FromHash(await SHA256.HashDataAsync(stream, cancellation)) == blob.Digest)
            {
                stream.Position = 0;
                Touch(path);
                return stream;
            }
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }

        await stream.DisposeAsync();
        File.Delete(path);
        return null;
    }

    private static async Task<Stream> OpenAsync(IImageSource source, Descriptor blob, CancellationToken cancellation)
    {
        try
        {
            return await source.OpenAsync(blob, cancellation);
        }
        catch (FileNotFoundException e)
        {
            throw new InvalidImageException(e.Message, e);
        }
    }

    private async Task<(Digest Digest, long Size)> WriteAsync(Func<Stream, CancellationToken, Task> write, Action<Digest, long> verify, CancellationToken cancellation)
    {
        await using var file = Begin();
        await using var hashing = new HashingStream(file);
        await write(hashing, cancellation);
        var (digest, size) = (hashing.Digest, hashing.Length);
        verify(digest, size);
        await file.KeepAsync(PathOf(digest), cancellation);
        return (digest, size);
    }

    // A place that lies about a length must not fill the disk.
    private static async Task CopyAsync(Stream from, Stream to, long size, CancellationToken cancellation)
    {
        var buffer = new byte[BufferSize];
        for (long written = 0; written <= size;)
        {
            var read = await from.ReadAsync(buffer, cancellation);
            if (read == 0) return;
            await to.WriteAsync(buffer.AsMemory(0, read), cancellation);
            written += read;
        }
    }

    private string PathOf(Digest digest) => Path.Combine(_blobs, digest.Hex);

    private void Touch(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, clock.GetUtcNow().UtcDateTime);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another publish removed it, and its bytes stay readable here; or the store belongs to somebody else.
        }
    }

    private static List<FileInfo> Files(string path) => Directory.Exists(path) ? [.. new DirectoryInfo(path).EnumerateFiles().Where(file => file.Exists)] : [];

    private static void TryDelete(FileInfo file)
    {
        try
        {
            file.Delete();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // In use; the next publish tries again.
        }
    }
}
