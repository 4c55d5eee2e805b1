using System.Net;

namespace ContainerSdk.Engines.Smoke;

/// <summary>An engine that runs containers, by its command.</summary>
/// <param name="Kind">Which words it wants.</param>
/// <param name="Command">Looked up on PATH.</param>
/// <param name="Endpoint">Where it answers, as its own variable has it; null if that is not set.</param>
public sealed record SmokeEngine(SmokeEngineKind Kind, string Command, string? Endpoint)
{
    /// <summary>The engine that this machine's environment leads to.</summary>
    /// <param name="kind">Which one.</param>
    /// <param name="command">Looked up on PATH; null is the engine's usual one.</param>
    public static SmokeEngine Current(SmokeEngineKind kind, string? command = null) => kind == SmokeEngineKind.Podman
        ? new SmokeEngine(kind, command ?? "podman", Environment.GetEnvironmentVariable("CONTAINER_HOST"))
        : new SmokeEngine(kind, command ?? "docker", Environment.GetEnvironmentVariable("DOCKER_HOST"));
}

/// <summary>Which words an engine wants.</summary>
public enum SmokeEngineKind
{
    /// <summary>Those of docker 20.10 and later.</summary>
    Docker,

    /// <summary>Those of podman 4.3 and later.</summary>
    Podman,
}

/// <summary>The machine on which an engine publishes ports.</summary>
/// <param name="Host">Its name or address, as a URL has it.</param>
/// <param name="IsLocal">Whether it is this machine.</param>
public sealed record EngineAddress(string Host, bool IsLocal)
{
    /// <summary>This machine.</summary>
    public static EngineAddress Local { get; } = new("127.0.0.1", true);

    /// <summary>
    /// Reads what <c>DOCKER_HOST</c> may be (https://docs.docker.com/reference/cli/docker/#host-flag); sockets, loopback addresses and what cannot be
    /// read are this machine. A name that only ssh's own configuration knows leads nowhere.
    /// </summary>
    public static EngineAddress Of(string? endpoint)
    {
        if (!Uri.TryCreate(endpoint?.Trim(), UriKind.Absolute, out var uri) || uri.Scheme is not ("tcp" or "ssh" or "http" or "https") || uri.Host.Length == 0) return Local;
        var isLoopback = uri.Host == "localhost" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
        return isLoopback ? Local : new EngineAddress(uri.Host, false);
    }
}
