using System.Net;

namespace ContainerSdk.Images.Registries;

/// <summary>Where a registry is, and whether it speaks TLS; found out once.</summary>
internal sealed class RegistryEndpoint(RegistryOptions options, HttpWire wire) : IDisposable
{
    // The one registry whose images are not where its name says.
    private const string HubHost = "registry-1.docker.io";

    private readonly SemaphoreSlim _turn = new(1, 1);
    private Uri? _address;

    /// <exception cref="RegistryException">It does not answer.</exception>
    public async Task<Uri> FindAsync(CancellationToken cancellation)
    {
        if (_address is { } known) return known;
        await _turn.WaitAsync(cancellation);
        try
        {
            return _address ??= options.Security == TransportSecurity.Tls ? AddressBy(Uri.UriSchemeHttps) : await ProbeAsync(cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<Uri> ProbeAsync(CancellationToken cancellation)
    {
        var address = AddressBy(Uri.UriSchemeHttps);
        try
        {
            await StatusAsync(address, cancellation);
            return address;
        }
        catch (RegistryException)
        {
            var plain = AddressBy(Uri.UriSchemeHttp);
            if (await SpeaksPlainlyAsync(plain, cancellation)) return plain;
            throw;
        }
    }

    // A server of TLS tells a plain caller so by 400; then the first failure is the one to report.
    private async Task<bool> SpeaksPlainlyAsync(Uri address, CancellationToken cancellation)
    {
        try
        {
            return await StatusAsync(address, cancellation) != HttpStatusCode.BadRequest;
        }
        catch (RegistryException)
        {
            return false;
        }
    }

    private async Task<HttpStatusCode> StatusAsync(Uri address, CancellationToken cancellation)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "v2/"));
        using var answer = await wire.SendAsync(message, cancellation);
        return answer.StatusCode;
    }

    private Uri AddressBy(string scheme) => new($"{scheme}://{(options.Registry == ImageReference.DefaultRegistry ? HubHost : options.Registry)}/");
}
