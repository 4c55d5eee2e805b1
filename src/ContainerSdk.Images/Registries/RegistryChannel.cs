using System.Net;
using System.Net.Http.Headers;

namespace ContainerSdk.Images.Registries;

/// <summary>
/// Asks a registry once, with its authorization, and follows where it leads. The authorization goes to the registry itself and nowhere else.
/// </summary>
internal sealed class RegistryChannel : IDisposable
{
    private const int MaxRedirects = 5;

    private readonly HttpWire _wire;
    private readonly RegistryEndpoint _endpoint;
    private readonly RegistryAuthorization _authorization;
    private readonly RefusalReader _refusals;

    public RegistryChannel(RegistryOptions options)
    {
        _wire = new HttpWire(options.Handler);
        _endpoint = new RegistryEndpoint(options, _wire);
        _refusals = new RefusalReader(options.Clock);
        _authorization = new RegistryAuthorization(options, new TokenService(_wire, _refusals), _refusals);
    }

    /// <summary>The answer, whatever its status; the caller disposes of it.</summary>
    /// <exception cref="RegistryException">There is no answer, or no token to get one with.</exception>
    public async Task<HttpResponseMessage> SendAsync(RegistryRequest request, CancellationToken cancellation)
    {
        var registry = await _endpoint.FindAsync(cancellation);
        var shown = _authorization.Find(request.Scope);
        var answer = await FollowAsync(request, registry, shown, cancellation);
        if (answer.StatusCode != HttpStatusCode.Unauthorized || !ServerAddress.IsSame(answer.RequestMessage!.RequestUri!, registry)) return answer;
        AuthenticationHeaderValue? other;
        try
        {
            other = await _authorization.RenewAsync(answer, request.Scope, shown, registry, cancellation);
        }
        catch
        {
            answer.Dispose();
            throw;
        }

        if (other is null) return answer;
        answer.Dispose();
        return await FollowAsync(request, registry, other, cancellation);
    }

    /// <summary>What an answer that is no success says. Who is logged in and sees too little is not helped by a login.</summary>
    public async Task<RegistryException> FailureAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var failure = await _refusals.ReadAsync(answer, cancellation);
        return failure.Failure == RegistryFailure.WantsLogin && _authorization.IsLoggedIn
            && AuthenticationChallenge.Of(answer).Any(challenge => challenge["error"] == "insufficient_scope")
            ? new RegistryException(RegistryFailure.Forbids, failure.Message) { Status = failure.Status }
            : failure;
    }

    /// <summary>Where an upload goes on.</summary>
    /// <exception cref="RegistryException">It goes on nowhere, or where there is no TLS.</exception>
    public async Task<Uri> UploadOfAsync(HttpResponseMessage answer, CancellationToken cancellation) =>
        ServerAddress.UploadOf(answer, await _endpoint.FindAsync(cancellation));

    /// <inheritdoc/>
    public void Dispose()
    {
        _authorization.Dispose();
        _endpoint.Dispose();
        _wire.Dispose();
    }

    private async Task<HttpResponseMessage> FollowAsync(RegistryRequest request, Uri registry, AuthenticationHeaderValue? authorization, CancellationToken cancellation)
    {
        var address = new Uri(registry, request.Target);
        for (var redirects = 0; ; redirects++)
        {
            using var message = request.To(address);
            if (ServerAddress.IsSame(address, registry)) message.Headers.Authorization = authorization;
            var answer = await _wire.SendAsync(message, cancellation);
            if (!IsRedirect(answer.StatusCode, request.Method) || ServerAddress.LocationOf(answer) is not { } next) return answer;
            answer.Dispose();
            if (redirects == MaxRedirects) throw new RegistryException(RegistryFailure.Failed, $"the registry redirects more than {MaxRedirects} times");
            if (address.Scheme == Uri.UriSchemeHttps && next.Scheme != Uri.UriSchemeHttps && !request.IsVerified) throw ServerAddress.Unencrypted(next);
            address = next;
        }
    }

    private static bool IsRedirect(HttpStatusCode status, HttpMethod method) => status switch
    {
        HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect => true,
        HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther => method == HttpMethod.Get || method == HttpMethod.Head,
        _ => false,
    };
}
