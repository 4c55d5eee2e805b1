using System.Net;

namespace ContainerSdk.Images.Registries;

/// <summary>Which registry is spoken to, as whom, and how.</summary>
public sealed record RegistryOptions
{
    /// <summary>Host and optional port, as <see cref="ImageReference.Registry"/> has it; <c>docker.io</c> is spoken to at <c>registry-1.docker.io</c>.</summary>
    public required string Registry { get; init; }

    /// <summary>
    /// What the requests go through; the client does not dispose of it, so that several clients share its connections. It must follow no redirects, decompress
    /// nothing and keep no cookies: the client follows redirects itself, without its credentials. It also decides after how long a silent connection is a broken one.
    /// </summary>
    public required HttpMessageHandler Handler { get; init; }

    /// <summary>Finds the login of the registry; asked for at most once, and only if the registry wants one. Null is nobody in particular.</summary>
    public Func<CancellationToken, Task<RegistryCredential?>> FindCredentialAsync { get; init; } = _ => Task.FromResult<RegistryCredential?>(null);

    /// <summary>Whether the registry may be spoken to without TLS; see <see cref="SecurityOf"/>.</summary>
    public TransportSecurity Security { get; init; } = TransportSecurity.Tls;

    /// <summary>Waits between two tries, and tells how long a registry asks to wait.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Uploads in chunks of that many bytes; null uploads a blob as a whole, as long as the registry takes it.</summary>
    public int? ChunkSize { get; init; }

    /// <summary>Whether layers go one after another.</summary>
    public UploadOrder Order { get; init; } = UploadOrder.Parallel;

    /// <summary>What docker does: this machine's own registries, and those that are listed, may be spoken to without TLS.</summary>
    /// <param name="registry">Host and optional port.</param>
    /// <param name="insecure">The registries that the user listed, likewise.</param>
    public static TransportSecurity SecurityOf(string registry, IEnumerable<string> insecure) =>
        IsLoopback(registry) || insecure.Contains(registry, StringComparer.OrdinalIgnoreCase) ? TransportSecurity.TlsOrPlain : TransportSecurity.Tls;

    private static bool IsLoopback(string registry) =>
        Uri.TryCreate($"https://{registry}", UriKind.Absolute, out var address)
        && (address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip)));
}

/// <summary>Whether a registry may be spoken to without TLS.</summary>
public enum TransportSecurity
{
    /// <summary>TLS or nothing.</summary>
    Tls,

    /// <summary>Plain HTTP where the registry does not speak TLS.</summary>
    TlsOrPlain,
}

/// <summary>How the layers of an image are uploaded.</summary>
public enum UploadOrder
{
    /// <summary>Up to four at a time.</summary>
    Parallel,

    /// <summary>One after another, base first.</summary>
    Serial,
}
