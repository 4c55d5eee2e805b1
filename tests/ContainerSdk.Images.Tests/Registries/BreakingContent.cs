using System.Net;

namespace ContainerSdk.Images.Tests.Registries;

/// <summary>What is left of a body whose connection breaks.</summary>
internal sealed class BreakingContent : HttpContent
{
    private readonly byte[] _bytes;
    private readonly int _length;
    private readonly BreakKind _kind;

    public BreakingContent(byte[] bytes, int after, BreakKind kind) => (_bytes, _length, _kind) = (bytes[..Math.Min(after, bytes.Length)], bytes.Length, kind);

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(new Rest(_bytes, _kind));

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => throw new NotSupportedException();

    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return _kind == BreakKind.WithError;
    }

    private sealed class Rest(byte[] bytes, BreakKind kind) : MemoryStream(bytes, writable: false)
    {
        // One byte at a time shows that what was read before the break counts.
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position < Length ? base.ReadAsync(buffer[..Math.Min(1, buffer.Length)], cancellationToken)
            : kind == BreakKind.Silent ? ValueTask.FromResult(0)
            : ValueTask.FromException<int>(new HttpIOException(HttpRequestError.ResponseEnded, "The response ended prematurely."));
    }
}

/// <summary>How a connection breaks.</summary>
public enum BreakKind
{
    /// <summary>Before the length that was promised.</summary>
    WithError,

    /// <summary>No length was promised.</summary>
    Silent,
}
