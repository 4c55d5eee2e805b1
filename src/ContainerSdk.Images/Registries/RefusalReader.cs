using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;

namespace ContainerSdk.Images.Registries;

/// <summary>Puts an answer that is no success into words, in which no secret is left.</summary>
internal sealed class RefusalReader(TimeProvider clock)
{
    private const int MaxBytes = 64 * 1024;
    private const int MinSecret = 4;

    private readonly ConcurrentDictionary<string, bool> _secrets = new(StringComparer.Ordinal);

    /// <summary>From now on, <paramref name="secret"/> is in no message, even if the registry repeats it. What is shorter than any secret would only garble messages.</summary>
    public string Hide(string secret)
    {
        if (secret.Length >= MinSecret) _secrets[secret] = true;
        return secret;
    }

    /// <summary>For example <c>denied: requested access to the resource is denied (403)</c>.</summary>
    public async Task<RegistryException> ReadAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var errors = RegistryErrors.Read(await BodyAsync(answer, cancellation));
        var status = answer.StatusCode;
        var reason = PlainText.Of(WithoutSecrets(errors.Text.Length > 0 ? errors.Text : answer.ReasonPhrase ?? ""));
        return new RegistryException(FailureOf(answer, errors.Codes), reason.Length > 0 ? $"{reason} ({(int)status})" : $"status {(int)status}")
        {
            Status = status,
            IsTransient = IsTransient(status),
            RetryAfter = answer.Headers.RetryAfter is { } wait ? TimeLeft(wait) : null,
        };
    }

    /// <summary>Whether an answer of that status is another one later on. What is not implemented stays so.</summary>
    public static bool IsTransient(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (status >= HttpStatusCode.InternalServerError && status != HttpStatusCode.NotImplemented);

    private static RegistryFailure FailureOf(HttpResponseMessage answer, ImmutableArray<string> codes) => answer.StatusCode switch
    {
        HttpStatusCode.Unauthorized => RegistryFailure.WantsLogin,
        HttpStatusCode.Forbidden => RegistryFailure.Forbids,
        // What a token service says of an identity token that has expired (https://datatracker.ietf.org/doc/html/rfc6749#section-5.2).
        HttpStatusCode.BadRequest when codes.Contains("invalid_grant") => RegistryFailure.WantsLogin,
        HttpStatusCode.NotFound or HttpStatusCode.BadRequest when codes.Contains("NAME_UNKNOWN") => RegistryFailure.RepositoryUnknown,
        HttpStatusCode.NotFound when AsksToWrite(answer.RequestMessage) && (codes.IsEmpty || codes.Contains("NOT_FOUND")) => RegistryFailure.RepositoryUnknown,
        _ => RegistryFailure.Failed,
    };

    // Where something is to be written, only the place can be missing.
    private static bool AsksToWrite(HttpRequestMessage? message) =>
        message is { RequestUri: { } address } && message.Method != HttpMethod.Get && message.Method != HttpMethod.Head && address.AbsolutePath.StartsWith("/v2/", StringComparison.Ordinal);

    private static async Task<byte[]> BodyAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        try
        {
            return await HttpWire.ReadAsync(answer, MaxBytes, cancellation) ?? [];
        }
        catch (RegistryException)
        {
            // The status came through, and says enough.
            return [];
        }
    }

    private string WithoutSecrets(string text) => _secrets.Keys.Aggregate(text, (rest, secret) => rest.Replace(secret, "***", StringComparison.Ordinal));

    private TimeSpan TimeLeft(RetryConditionHeaderValue wait)
    {
        var left = wait.Delta ?? wait.Date - clock.GetUtcNow() ?? TimeSpan.Zero;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
