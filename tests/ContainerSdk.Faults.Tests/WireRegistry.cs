using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ContainerSdk.Images.Tests.Registries;

namespace ContainerSdk.Faults.Tests;

/// <summary>A <see cref="MemoryRegistry"/> behind a socket of this machine, whose connections misbehave on demand.</summary>
[SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "All of it is disposed of with the registry.")]
internal sealed class WireRegistry : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _serving = [];
    private readonly HttpMessageInvoker _registry;
    private long _moved;

    public WireRegistry(MemoryRegistry registry)
    {
        _registry = new HttpMessageInvoker(registry, disposeHandler: false);
        _listener.Start();
        _serving.Add(AcceptAsync());
    }

    /// <summary>Host and port.</summary>
    public string Name => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>How many bytes of bodies have gone in or out.</summary>
    public long Moved => Interlocked.Read(ref _moved);

    /// <summary>Runs whenever some more have.</summary>
    public Action<long> OnMoved { get; set; } = _ => { };

    /// <summary>How long it is waited between two pieces that are sent, so that they do not pile up in the sockets.</summary>
    public TimeSpan Pace { get; init; }

    /// <summary>What goes wrong with a request, which is given as method and path.</summary>
    public Func<string, WireFault?> FaultOf { get; set; } = _ => null;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await Task.WhenAll(_serving);
        _registry.Dispose();
        _end.Dispose();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                lock (_serving) _serving.Add(ServeAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var closing = client;
        try
        {
            await using var stream = new BufferedStream(client.GetStream(), 64 * 1024);
            while (await ReadHeadAsync(stream) is { } head && await AnswerAsync(client, stream, head))
            {
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Who asked is gone, killed perhaps.
        }
    }

    // Null at the end, and for TLS, which is not spoken here.
    private async Task<string[]?> ReadHeadAsync(Stream stream)
    {
        var (lines, line, one) = (new List<string>(), new StringBuilder(), new byte[1]);
        while (await stream.ReadAsync(one, _end.Token) == 1)
        {
            if (lines.Count == 0 && line.Length == 0 && one[0] == 0x16) return null;
            if (one[0] != '\n')
            {
                line.Append((char)one[0]);
                continue;
            }

            if (line.ToString().TrimEnd('\r') is not { Length: > 0 } text) return [.. lines];
            lines.Add(text);
            line.Clear();
        }

        return null;
    }

    // Whether the connection goes on.
    private async Task<bool> AnswerAsync(TcpClient client, Stream stream, string[] head)
    {
        var start = head[0].Split(' ');
        var fault = FaultOf($"{start[0]} {start[1]}");
        var headers = head[1..].Select(line => line.Split(": ", 2)).ToDictionary(parts => parts[0], parts => parts[1], StringComparer.OrdinalIgnoreCase);
        var body = new byte[int.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture)];
        if (!await ReadBodyAsync(client, stream, body, fault)) return false;
        using var message = new HttpRequestMessage(new HttpMethod(start[0]), new Uri($"https://{MemoryRegistry.Name}{start[1]}")) { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value)) message.Content.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await _registry.SendAsync(message, _end.Token);
        var content = start[0] == "HEAD" ? [] : await answer.Content.ReadAsByteArrayAsync(_end.Token);
        if (fault is { Kind: WireFaultKind.NoAnswer }) await Task.Delay(Timeout.Infinite, _end.Token);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(Head(answer, content.Length + (fault?.Lie ?? 0))), _end.Token);
        return await WriteBodyAsync(client, stream, content, fault);
    }

    private static string Head(HttpResponseMessage answer, int length)
    {
        var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {(int)answer.StatusCode} {answer.ReasonPhrase}\r\n");
        foreach (var (name, values) in answer.Headers.NonValidated) head.Append(CultureInfo.InvariantCulture, $"{name}: {values}\r\n");
        foreach (var (name, values) in answer.Content.Headers.NonValidated.Where(header => header.Key != "Content-Length")) head.Append(CultureInfo.InvariantCulture, $"{name}: {values}\r\n");
        return head.Append(CultureInfo.InvariantCulture, $"Content-Length: {length}\r\n\r\n").ToString();
    }

    private async Task<bool> ReadBodyAsync(TcpClient client, Stream stream, byte[] body, WireFault? fault)
    {
        for (var done = 0; done < body.Length;)
        {
            if (fault is { Kind: WireFaultKind.ResetUpload or WireFaultKind.SilentUpload } && done >= fault.After) return await BreakAsync(client, fault.Kind == WireFaultKind.ResetUpload);
            var read = await stream.ReadAsync(body.AsMemory(done, Math.Min(16 * 1024, body.Length - done)), _end.Token);
            if (read == 0) return false;
            Count(read);
            done += read;
        }

        return true;
    }

    private async Task<bool> WriteBodyAsync(TcpClient client, Stream stream, byte[] content, WireFault? fault)
    {
        for (var done = 0; done < content.Length;)
        {
            if (fault is { Kind: WireFaultKind.Reset or WireFaultKind.Silent } && done >= fault.After)
            {
                await stream.FlushAsync(_end.Token);
                return await BreakAsync(client, fault.Kind == WireFaultKind.Reset);
            }

            var size = Math.Min(fault is { Kind: WireFaultKind.Trickle } ? fault.After : 16 * 1024, content.Length - done);
            if (fault is { Kind: WireFaultKind.Trickle }) await Task.Delay(fault.Pause, _end.Token);
            await stream.WriteAsync(content.AsMemory(done, size), _end.Token);
            if (fault is not null || Pace > TimeSpan.Zero) await stream.FlushAsync(_end.Token);
            if (Pace > TimeSpan.Zero) await Task.Delay(Pace, _end.Token);
            Count(size);
            done += size;
        }

        await stream.FlushAsync(_end.Token);
        return fault is not { Kind: WireFaultKind.WrongLength };
    }

    private async Task<bool> BreakAsync(TcpClient client, bool isReset)
    {
        if (!isReset) await Task.Delay(Timeout.Infinite, _end.Token);
        client.Client.LingerState = new LingerOption(true, 0);
        client.Close();
        return false;
    }

    private void Count(int bytes) => OnMoved(Interlocked.Add(ref _moved, bytes));
}

/// <summary>What goes wrong with one request.</summary>
/// <param name="Kind">What.</param>
/// <param name="After">After how many bytes of the body; or how many there are at a time.</param>
internal sealed record WireFault(WireFaultKind Kind, int After = 0)
{
    /// <summary>How much the length that is told differs from the body's.</summary>
    public int Lie { get; init; }

    /// <summary>How long it is waited before each piece.</summary>
    public TimeSpan Pause { get; init; }
}

internal enum WireFaultKind
{
    Reset,
    Silent,
    Trickle,
    WrongLength,
    NoAnswer,
    ResetUpload,
    SilentUpload,
}
