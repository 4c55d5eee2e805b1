using System.Net;
using System.Net.Sockets;

namespace ContainerSdk.Engines.Tests.Smoke;

/// <summary>A server on this machine that gives each request the next of some answers, and the last one again and again.</summary>
internal sealed class TinyServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<string> _requests = [];

    public TinyServer(params string[] answers)
    {
        _listener.Start();
        _ = ServeAsync(answers);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The first line of each request so far.</summary>
    public string[] Requests
    {
        get
        {
            lock (_requests) return [.. _requests];
        }
    }

    public void Dispose() => _listener.Dispose();

    // An empty answer closes the connection.
    private async Task ServeAsync(string[] answers)
    {
        for (var i = 0; ; i++)
        {
            using var client = await _listener.AcceptTcpClientAsync();
            using var reader = new StreamReader(client.GetStream());
            var line = await reader.ReadLineAsync() ?? "";
            lock (_requests) _requests.Add(line);
            while (await reader.ReadLineAsync() is { Length: > 0 })
            {
            }

            var answer = answers[Math.Min(i, answers.Length - 1)];
            if (answer.Length > 0) await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 {answer}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"));
        }
    }
}
