using System.Net;

namespace ContainerSdk.Images.Registries;

/// <summary>A blob as it comes in. Where the connection breaks, the rest is asked for; bytes that were read count as success, so that only a standstill ends it.</summary>
internal sealed class BlobDownload(RegistryChannel channel, RetryLoop tries, RegistryRequest request, long size) : Stream
{
    private HttpResponseMessage? _answer;
    private Stream? _body;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <summary>Asks for the first byte, so that a blob that is not there is told of at once.</summary>
    /// <exception cref="RegistryException">The registry does not give it.</exception>
    public Task BeginAsync(CancellationToken cancellation) => tries.RunAsync(ConnectAsync, cancellation);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty) return 0;
        var read = await tries.RunAsync(token => ReadOnceAsync(buffer, token), cancellationToken);
        _position += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) Drop();
        base.Dispose(disposing);
    }

    private async Task<int> ReadOnceAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        var body = _body ?? await ConnectAsync(cancellation);
        try
        {
            var read = await body.ReadAsync(buffer, cancellation);
            return read > 0 || IsOver() ? read : throw new EndOfStreamException($"the connection ended after {_position} of {size} bytes");
        }
        catch (Exception e) when (ConnectionFailure.Is(e, cancellation))
        {
            Drop();
            throw ConnectionFailure.Of(e);
        }
    }

    // Whoever gave a length has kept it, or the end would have been a failure.
    private bool IsOver() => _position >= size || _answer is null || _answer.Content.Headers.ContentLength is not null;

    private async Task<Stream> ConnectAsync(CancellationToken cancellation)
    {
        Drop();
        var answer = await channel.SendAsync(_position == 0 ? request : request with { From = _position }, cancellation);
        try
        {
            if (_position > 0 && answer.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                // The registry's blob is shorter than its manifest says; who reads it will notice.
                answer.Dispose();
                return _body = Stream.Null;
            }

            if (!answer.IsSuccessStatusCode) throw await channel.FailureAsync(answer, cancellation);
            _body = await BodyAsync(answer, _position - StartOf(answer), cancellation);
            _answer = answer;
            return _body;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    private long StartOf(HttpResponseMessage answer)
    {
        if (answer.StatusCode != HttpStatusCode.PartialContent) return 0;
        var start = answer.Content.Headers.ContentRange?.From ?? _position;
        return start <= _position ? start : throw new RegistryException(RegistryFailure.Failed, $"the registry gives the bytes from {start} on instead of {_position}");
    }

    private static async Task<Stream> BodyAsync(HttpResponseMessage answer, long skip, CancellationToken cancellation)
    {
        try
        {
            var body = await answer.Content.ReadAsStreamAsync(cancellation);
            var buffer = new byte[Math.Min(skip, 64 * 1024)];
            for (int read; skip > 0; skip -= read)
            {
                read = await body.ReadAsync(buffer.AsMemory(0, (int)Math.Min(skip, buffer.Length)), cancellation);
                if (read == 0) throw new EndOfStreamException("the connection ended before where it had ended before");
            }

            return body;
        }
        catch (Exception e) when (ConnectionFailure.Is(e, cancellation))
        {
            throw ConnectionFailure.Of(e);
        }
    }

    private void Drop()
    {
        _body?.Dispose();
        _answer?.Dispose();
        (_body, _answer) = (null, null);
    }
}
