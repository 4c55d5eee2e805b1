namespace ContainerSdk.Images.Registries;

/// <summary>One request, one answer; what goes wrong on the way becomes a <see cref="RegistryException"/>.</summary>
internal sealed class HttpWire(HttpMessageHandler handler) : IDisposable
{
    private const string Product = "ContainerSdk";

    private readonly HttpMessageInvoker _invoker = new(handler, disposeHandler: false);

    /// <exception cref="RegistryException">There was no answer.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellation)
    {
        message.Headers.TryAddWithoutValidation("User-Agent", Product);
        try
        {
            var answer = await _invoker.SendAsync(message, cancellation);
            answer.RequestMessage = message;
            return answer;
        }
        catch (Exception) when (message.Content is UploadContent { Source.Failure: { } failure })
        {
            // What is uploaded could not be read; no connection is to blame.
            failure.Throw();
            throw;
        }
        catch (Exception e) when (ConnectionFailure.Is(e, cancellation))
        {
            throw ConnectionFailure.Of(e);
        }
    }

    /// <summary>The answer's body; null if it is longer than <paramref name="limit"/> bytes.</summary>
    /// <exception cref="RegistryException">The connection broke.</exception>
    public static async Task<byte[]?> ReadAsync(HttpResponseMessage answer, int limit, CancellationToken cancellation)
    {
        if (answer.Content.Headers.ContentLength > limit) return null;
        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(cancellation);
            using var all = new MemoryStream();
            var buffer = new byte[16 * 1024];
            for (int read; (read = await body.ReadAsync(buffer, cancellation)) > 0;)
            {
                if (all.Length + read > limit) return null;
                await all.WriteAsync(buffer.AsMemory(0, read), cancellation);
            }

            return all.ToArray();
        }
        catch (Exception e) when (ConnectionFailure.Is(e, cancellation))
        {
            throw ConnectionFailure.Of(e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _invoker.Dispose();
}
