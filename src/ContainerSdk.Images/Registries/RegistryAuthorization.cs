using System.Collections.Concurrent;
using System.Net.Http.Headers;

namespace ContainerSdk.Images.Registries;

/// <summary>What a registry wants to see before it answers: the login itself, or a token for each scope. Kept until the registry takes it no more.</summary>
internal sealed class RegistryAuthorization(RegistryOptions options, TokenService tokens, RefusalReader refusals) : IDisposable
{
    private readonly ConcurrentDictionary<TokenScope, AuthenticationHeaderValue> _tokens = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private RegistryCredential? _credential;
    private AuthenticationHeaderValue? _login;
    private bool _isAsked;

    /// <summary>Whether somebody in particular asks.</summary>
    public bool IsLoggedIn => _credential is not null;

    /// <summary>What the last request of that scope was answered with; null at first.</summary>
    public AuthenticationHeaderValue? Find(TokenScope scope) => _tokens.GetValueOrDefault(scope) ?? _login;

    /// <summary>What to show instead of <paramref name="refused"/>; null if there is nothing else.</summary>
    /// <exception cref="RegistryException">The token service gives no token.</exception>
    public async Task<AuthenticationHeaderValue?> RenewAsync(
        HttpResponseMessage refusal, TokenScope scope, AuthenticationHeaderValue? refused, Uri registry, CancellationToken cancellation)
    {
        var challenges = AuthenticationChallenge.Of(refusal);
        await _turn.WaitAsync(cancellation);
        try
        {
            if (Find(scope) is { } current && !ReferenceEquals(current, refused)) return current;
            var credential = await CredentialAsync(cancellation);
            if (challenges.FirstOrDefault(challenge => challenge.Is("Bearer")) is { } bearer)
                return _tokens[scope] = await tokens.AskAsync(bearer, new TokenScope(bearer["scope"] ?? "").With(scope), credential, registry, cancellation);
            var wantsLogin = challenges.Any(challenge => challenge.Is("Basic")) && refused is null;
            return _login = wantsLogin && credential is { IsIdentityToken: false } ? new AuthenticationHeaderValue("Basic", refusals.Hide(credential.Basic)) : null;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<RegistryCredential?> CredentialAsync(CancellationToken cancellation)
    {
        if (_isAsked) return _credential;
        _credential = await options.FindCredentialAsync(cancellation);
        _isAsked = true;
        if (_credential is not null) refusals.Hide(_credential.Password);
        return _credential;
    }
}
