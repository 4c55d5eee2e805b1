namespace ContainerSdk.Images.Registries;

/// <summary>The connections to registries, as <see cref="RegistryOptions.Handler"/> wants them; the proxy is the environment's.</summary>
public static class RegistryTransport
{
    // A registry that has taken a large blob hashes it before it answers; the HTTP client of .NET is as patient by default.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    /// <summary>The process's own, so that connections are used again.</summary>
    public static HttpMessageHandler Shared { get; } = Create(Patience);

    /// <summary>Connections of one's own, that break when nothing moves on them for as long as <paramref name="patience"/>.</summary>
    public static HttpMessageHandler Create(TimeSpan patience) => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(30),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PlaintextStreamFilter = (context, _) => ValueTask.FromResult<Stream>(new ImpatientStream(context.PlaintextStream, patience)),
    };
}
