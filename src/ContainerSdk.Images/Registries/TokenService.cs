using System.Net.Http.Headers;

namespace ContainerSdk.Images.Registries;

/// <summary>
/// Gets tokens where a registry says that there are some (https://distribution.github.io/distribution/spec/auth/token/, and .../oauth/ for identity tokens).
/// </summary>
internal sealed class TokenService(HttpWire wire, RefusalReader refusals)
{
    private const int MaxBytes = 1024 * 1024;
    private const string ClientId = "containersdk";

    /// <exception cref="RegistryException">The service gives no token.</exception>
    public async Task<AuthenticationHeaderValue> AskAsync(AuthenticationChallenge challenge, TokenScope scope, RegistryCredential? credential, Uri registry, CancellationToken cancellation)
    {
        var realm = Realm(challenge["realm"], registry);
        using var message = credential is { IsIdentityToken: true } ? Refresh(realm, challenge["service"], scope, credential) : Get(realm, challenge["service"], scope, credential);
        using var answer = await wire.SendAsync(message, cancellation);
        if (!answer.IsSuccessStatusCode) throw await refusals.ReadAsync(answer, cancellation);
        var json = LenientJson.Parse(await HttpWire.ReadAsync(answer, MaxBytes, cancellation) ?? []);
        var token = json.Word("token") is { Length: > 0 } word ? word : json.Word("access_token");
        if (token.Length == 0 || !token.All(c => c is > ' ' and <= '~')) throw new RegistryException(RegistryFailure.Failed, $"the token service '{realm.Host}' gives no token");
        return new AuthenticationHeaderValue("Bearer", refusals.Hide(token));
    }

    // Who reads along must not get a password, unless the registry is one that everybody may listen to anyway.
    private static Uri Realm(string? text, Uri registry)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var realm) || (realm.Scheme != Uri.UriSchemeHttps && realm.Scheme != Uri.UriSchemeHttp))
            throw new RegistryException(RegistryFailure.Failed, "the registry wants a token, and does not say of whom");
        return realm.Scheme == Uri.UriSchemeHttps || registry.Scheme == Uri.UriSchemeHttp
            ? realm
            : throw new RegistryException(RegistryFailure.NotTrusted, $"the registry wants the login sent to http://{realm.Authority}, which is not encrypted");
    }

    private static HttpRequestMessage Get(Uri realm, string? service, TokenScope scope, RegistryCredential? credential)
    {
        var parameters = scope.Entries.Select(entry => $"scope={Uri.EscapeDataString(entry)}");
        if (service is not null) parameters = parameters.Prepend($"service={Uri.EscapeDataString(service)}");
        var message = new HttpRequestMessage(HttpMethod.Get, ServerAddress.With(realm, string.Join('&', parameters)));
        if (credential is not null) message.Headers.Authorization = new AuthenticationHeaderValue("Basic", credential.Basic);
        return message;
    }

    private static HttpRequestMessage Refresh(Uri realm, string? service, TokenScope scope, RegistryCredential credential) => new(HttpMethod.Post, realm)
    {
        Content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token",
            ["service"] = service ?? "",
            ["client_id"] = ClientId,
            ["scope"] = scope.Text,
            ["refresh_token"] = credential.Password,
        }),
    };
}
