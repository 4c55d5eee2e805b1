using System.Globalization;
using ContainerSdk.Engines.Processes;

namespace ContainerSdk.Engines.Smoke;

/// <summary>What a probe saw.</summary>
/// <param name="IsReady">Whether that is what was waited for.</param>
/// <param name="Words">What it is if not, for a message.</param>
/// <param name="Status">The HTTP status, if that is what it is.</param>
internal sealed record ProbeAnswer(bool IsReady, string Words, int? Status)
{
    public static ProbeAnswer Ready { get; } = new(true, "", null);

    public static ProbeAnswer NotYet(string words) => new(false, words, null);
}

/// <summary>Asks a container whether it is ready, once.</summary>
internal interface IReadinessProbe
{
    /// <summary>Asks, and takes what goes wrong for an answer.</summary>
    Task<ProbeAnswer> AskAsync(CancellationToken cancellation);
}

/// <summary>Asks by HTTP.</summary>
/// <param name="server">The server; what is asked for can lead to no other.</param>
/// <param name="path">What is asked for.</param>
/// <param name="time">Measures how long one answer may take.</param>
internal sealed class EndpointProbe(Uri server, string path, TimeProvider time) : IReadinessProbe, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // A proxy knows nothing of the engine's ports, and a redirection leads out of the container.
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.Zero });

    public async Task<ProbeAnswer> AskAsync(CancellationToken cancellation)
    {
        if (!Uri.TryCreate($"{server.GetLeftPart(UriPartial.Authority)}/{path.TrimStart('/')}", UriKind.Absolute, out var address)) return ProbeAnswer.NotYet($"'{LogText.Clean(path)}' is no path");
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            using var answer = await _client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var status = (int)answer.StatusCode;
            return status is >= 200 and < 400 ? ProbeAnswer.Ready : new ProbeAnswer(false, string.Create(CultureInfo.InvariantCulture, $"GET {path} answered {status}"), status);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return ProbeAnswer.NotYet(string.Create(CultureInfo.InvariantCulture, $"GET {path} got no answer within {Patience.TotalSeconds:0} s"));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return ProbeAnswer.NotYet($"GET {path} failed ({LogText.Clean((e.InnerException ?? e).Message.TrimEnd('.'))})");
        }
    }

    public void Dispose() => _client.Dispose();
}

/// <summary>Asks the engine what the image's health command says.</summary>
internal sealed class HealthProbe(SmokeContainer container, SmokeEngineKind engine) : IReadinessProbe
{
    public async Task<ProbeAnswer> AskAsync(CancellationToken cancellation) => engine == SmokeEngineKind.Podman
        ? Read(await container.CheckHealthAsync(cancellation))
        : Read((await container.StateAsync(cancellation))?.Health);

    private static ProbeAnswer Read(ProcessResult check) => check.Succeeded ? ProbeAnswer.Ready : ProbeAnswer.NotYet($"its health command did not succeed ({LogText.Clean(check.LastLine)})");

    // Unhealthy is no last word: the checks go on, and here they come sooner than the image asks for.
    private static ProbeAnswer Read(ContainerHealth? health) => health switch
    {
        { Status: "healthy" } => ProbeAnswer.Ready,
        null => ProbeAnswer.NotYet("the container has no health command"),
        _ => ProbeAnswer.NotYet(health.Last ?? "its health command has not ended yet"),
    };
}
