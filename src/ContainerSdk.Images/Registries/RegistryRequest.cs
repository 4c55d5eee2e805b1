using System.Collections.Immutable;
using System.Net.Http.Headers;

namespace ContainerSdk.Images.Registries;

/// <summary>What is asked of a registry, as often as needed.</summary>
/// <param name="Method">The method.</param>
/// <param name="Target">A path at the registry, or the whole address of an upload.</param>
/// <param name="Scope">What a token for it must allow.</param>
internal sealed record RegistryRequest(HttpMethod Method, Uri Target, TokenScope Scope)
{
    /// <summary>The types of answer that are understood.</summary>
    public ImmutableArray<string> Accept { get; init; } = [];

    /// <summary>The first byte that is wanted.</summary>
    public long? From { get; init; }

    /// <summary>Makes the body, anew for each sending.</summary>
    public Func<HttpContent>? Body { get; init; }

    /// <summary>Whether the answer is checked against a digest, so that it may come from anywhere.</summary>
    public bool IsVerified { get; init; }

    /// <summary>The message to an address, without an authorization.</summary>
    public HttpRequestMessage To(Uri address)
    {
        var message = new HttpRequestMessage(Method, address) { Content = Body?.Invoke() };
        foreach (var type in Accept) message.Headers.TryAddWithoutValidation("Accept", type);
        if (From is { } from) message.Headers.Range = new RangeHeaderValue(from, null);
        return message;
    }
}
