namespace ContainerSdk.Images.Layouts;

/// <summary>
/// A stream for a reader of archives that somebody else wrote. Such a reader takes a long name or an extended header into memory at once, and believes the archive
/// how long that is; here no more is given at once than any of them needs.
/// </summary>
internal sealed class TarInput(Stream source) : Stream
{
    private const int MaxHeader = 1024 * 1024;

    public override bool CanRead => true;

    public override bool CanSeek => source.CanSeek;

    public override bool CanWrite => false;

    public override long Length => source.Length;

    public override long Position
    {
        get => source.Position;
        set => source.Position = value;
    }

    /// <summary>Whether the framework's reader of archives says so of what is none.</summary>
    public static bool IsMalformed(Exception problem) =>
        problem is InvalidDataException or EndOfStreamException or FormatException or ArgumentException or InvalidOperationException or NotSupportedException or OverflowException;

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        Check(buffer.Length);
        return source.Read(buffer);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Check(buffer.Length);
        return source.ReadAsync(buffer, cancellationToken);
    }

    public override long Seek(long offset, SeekOrigin origin) => source.Seek(offset, origin);

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static void Check(int length)
    {
        if (length > MaxHeader) throw new InvalidDataException($"a header has {length} bytes, more than {MaxHeader}");
    }
}
