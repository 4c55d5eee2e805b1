using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace ContainerSdk.Images.Tests.Registries;

/// <summary>A <see cref="MemoryRegistry"/> that really listens, without TLS, on this machine.</summary>
[SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "All of it is disposed of with the registry.")]
internal sealed class ListeningRegistry : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly HttpMessageInvoker _registry;
    private readonly Task _serving;

    private ListeningRegistry(HttpListener listener, MemoryRegistry registry, string name)
    {
        (_listener, _registry, Name) = (listener, new HttpMessageInvoker(registry, disposeHandler: false), name);
        _serving = ServeAsync();
    }

    /// <summary>Host and port.</summary>
    public string Name { get; }

    public static ListeningRegistry Start(MemoryRegistry registry)
    {
        // Between finding a free port and taking it, somebody else may take it.
        while (true)
        {
            var name = $"127.0.0.1:{FreePort()}";
            var listener = new HttpListener { Prefixes = { $"http://{name}/" }, IgnoreWriteExceptions = true };
            try
            {
                listener.Start();
                return new ListeningRegistry(listener, registry, name);
            }
            catch (HttpListenerException)
            {
                listener.Close();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
        _registry.Dispose();
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                await AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                if (!_listener.IsListening) return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var answer = await AskAsync(context.Request);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.NonValidated) context.Response.AddHeader(name, values.ToString());
        if (answer.Content.Headers.ContentType is { } type) context.Response.ContentType = type.ToString();
        if (answer.Content.Headers.ContentRange is { } range) context.Response.AddHeader("Content-Range", range.ToString());
        var body = await answer.Content.ReadAsByteArrayAsync();
        if (context.Request.HttpMethod == "HEAD") context.Response.Close();
        else context.Response.Close(body, willBlock: true);
    }

    private async Task<HttpResponseMessage> AskAsync(HttpListenerRequest request)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.HttpMethod), new Uri($"https://{MemoryRegistry.Name}{request.RawUrl}"));
        if (request.HasEntityBody || request.ContentLength64 == 0) message.Content = new StreamContent(request.InputStream) { Headers = { ContentLength = request.ContentLength64 } };
        foreach (var name in request.Headers.AllKeys.OfType<string>())
        {
            if (!message.Headers.TryAddWithoutValidation(name, request.Headers[name])) message.Content?.Headers.TryAddWithoutValidation(name, request.Headers[name]);
        }

        return await _registry.SendAsync(message, CancellationToken.None);
    }
}
