namespace ContainerSdk.Images.Layouts;

/// <summary>A part of a file, read from its first byte to its last; the file is closed with it.</summary>
internal sealed class FileSection : Stream
{
    private const int BufferSize = 128 * 1024;

    private readonly FileStream _file;
    private long _left;

    public FileSection(string path, long offset, long length)
    {
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize, FileOptions.Asynchronous | FileOptions.SequentialScan) { Position = offset };
        _left = Length = length;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position
    {
        get => Length - _left;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer) => buffer[..Take(buffer.Length)] is { IsEmpty: false } part ? Taken(_file.Read(part)) : 0;

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        buffer[..Take(buffer.Length)] is { IsEmpty: false } part ? Taken(await _file.ReadAsync(part, cancellationToken)) : 0;

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _file.Dispose();
        base.Dispose(disposing);
    }

    private int Take(int count) => (int)Math.Min(count, _left);

    private int Taken(int read)
    {
        if (read == 0) throw new IOException($"'{_file.Name}' became shorter while it was read");
        _left -= read;
        return read;
    }
}
