using System.Security.Cryptography;
using ContainerSdk.Images.Oci;

namespace ContainerSdk.Images.Validation;

/// <summary>Hands on what is read from another stream, and knows the length and digest of it. It ends where the other does, or where it exceeds a limit. The other stays open.</summary>
internal sealed class MeasuredStream(Stream source, Func<long> limit) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _length;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    /// <summary>How much was read up to now.</summary>
    public override long Length => _length;

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    /// <summary>The digest of what was read up to now.</summary>
    public Digest Digest => Digest.FromHash(_hash.GetCurrentHash());

    /// <summary>Whether it ended because of the limit.</summary>
    public bool IsExceeded { get; private set; }

    /// <summary>What is wrong with the other stream's content, for example its compression; null if nothing is known.</summary>
    public InvalidDataException? Failure { get; private set; }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (IsExceeded) return 0;
        try
        {
            return Take(buffer[..source.Read(buffer)]);
        }
        catch (InvalidDataException e)
        {
            Failure = e;
            throw;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (IsExceeded) return 0;
        try
        {
            var read = await source.ReadAsync(buffer, cancellationToken);
            return Take(buffer.Span[..read]);
        }
        catch (InvalidDataException e)
        {
            Failure = e;
            throw;
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _hash.Dispose();
        base.Dispose(disposing);
    }

    private int Take(ReadOnlySpan<byte> read)
    {
        _hash.AppendData(read);
        _length += read.Length;
        IsExceeded = _length > limit();
        return IsExceeded ? 0 : read.Length;
    }
}
