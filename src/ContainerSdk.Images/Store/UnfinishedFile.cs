namespace ContainerSdk.Images.Store;

/// <summary>
/// A file that is not whole yet. It is removed when it is closed without having been kept. While it is open it is locked, which tells it from what a killed publish left.
/// </summary>
internal sealed class UnfinishedFile : Stream
{
    private const int Buffer = 128 * 1024;

    // Between making a file and locking it, or closing it and giving it its name; where a file system knows no locks, the longest pause of a registry as well.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    private readonly FileStream _file;

    private UnfinishedFile(string path) => _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Delete, Buffer, FileOptions.Asynchronous);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Begins one in <paramref name="folder"/>, which need not exist.</summary>
    /// <exception cref="StoreException">It cannot be made.</exception>
    public static UnfinishedFile Create(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return new UnfinishedFile(Path.Combine(folder, Path.GetRandomFileName()));
        }
        catch (Exception e) when (StoreException.Is(e))
        {
            throw StoreException.Of(e);
        }
    }

    /// <summary>Whether nobody writes <paramref name="file"/> any more.</summary>
    public static bool IsAbandoned(FileInfo file, DateTime now)
    {
        if (file.LastWriteTimeUtc > now - Grace) return false;
        try
        {
            using var locked = new FileStream(file.FullName, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (Exception e) when (StoreException.Is(e))
        {
            return false;
        }
    }

    /// <summary>Closes it and gives it its name, under which it replaces what is there.</summary>
    /// <exception cref="StoreException">That cannot be done; nothing was kept.</exception>
    public async Task KeepAsync(string path, CancellationToken cancellation)
    {
        await FlushAsync(cancellation);
        await _file.DisposeAsync();
        Try(() =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Move(_file.Name, path, overwrite: true);
        });
    }

    public override void Write(byte[] buffer, int offset, int count) => Try(() => _file.Write(buffer, offset, count));

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await _file.WriteAsync(buffer, cancellationToken);
        }
        catch (Exception e) when (StoreException.Is(e))
        {
            throw StoreException.Of(e);
        }
    }

    public override void Flush() => Try(_file.Flush);

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _file.FlushAsync(cancellationToken);
        }
        catch (Exception e) when (StoreException.Is(e))
        {
            throw StoreException.Of(e);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        // What is to be said about the disk has been said, and what stays the next publish sweeps away.
        try
        {
            await _file.DisposeAsync();
        }
        catch (IOException)
        {
        }

        try
        {
            File.Delete(_file.Name);
        }
        catch (Exception e) when (StoreException.Is(e))
        {
        }

        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _file.Dispose();
        base.Dispose(disposing);
    }

    private static void Try(Action act)
    {
        try
        {
            act();
        }
        catch (Exception e) when (StoreException.Is(e))
        {
            throw StoreException.Of(e);
        }
    }
}
