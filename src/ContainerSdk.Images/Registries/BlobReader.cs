using System.Runtime.ExceptionServices;
using ContainerSdk.Images.Oci;

namespace ContainerSdk.Images.Registries;

/// <summary>A blob that is uploaded, read from any byte on; opened when it is first read, and again to go back.</summary>
internal sealed class BlobReader(Descriptor blob, Func<CancellationToken, Task<Stream>> openAsync) : IAsyncDisposable
{
    private readonly byte[] _buffer = new byte[128 * 1024];
    private Stream? _stream;
    private long _position;

    /// <summary>What is read.</summary>
    public Descriptor Blob => blob;

    /// <summary>Why the last reading failed; null if it did not.</summary>
    public ExceptionDispatchInfo? Failure { get; private set; }

    /// <summary>Writes <paramref name="length"/> bytes from <paramref name="start"/> on to <paramref name="target"/>.</summary>
    public async Task CopyAsync(long start, long length, Stream target, CancellationToken cancellation)
    {
        Failure = null;
        if (length > 0) await SeekAsync(start, cancellation);
        for (var left = length; left > 0;)
        {
            var bytes = await ReadAsync(left, cancellation);
            left -= bytes.Length;
            await target.WriteAsync(bytes, cancellation);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _stream?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task SeekAsync(long start, CancellationToken cancellation)
    {
        if (_stream is null || _position > start)
        {
            await DisposeAsync();
            _stream = null;
            _stream = await RecordAsync(() => openAsync(cancellation));
            _position = 0;
        }

        while (_position < start) await ReadAsync(start - _position, cancellation);
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(long atMost, CancellationToken cancellation)
    {
        var read = await RecordAsync(() => ReadSomeAsync((int)Math.Min(atMost, _buffer.Length), cancellation));
        _position += read;
        return _buffer.AsMemory(0, read);
    }

    private async Task<int> ReadSomeAsync(int atMost, CancellationToken cancellation) =>
        await _stream!.ReadAsync(_buffer.AsMemory(0, atMost), cancellation) is var read and > 0
            ? read
            : throw new EndOfStreamException($"the blob {blob.Digest} ends after {_position} of {blob.Size} bytes");

    // Where the two meet, a source that fails looks like a connection that does.
    private async Task<T> RecordAsync<T>(Func<Task<T>> readAsync)
    {
        try
        {
            return await readAsync();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failure = ExceptionDispatchInfo.Capture(e);
            throw;
        }
    }
}
