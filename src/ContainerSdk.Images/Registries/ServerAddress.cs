namespace ContainerSdk.Images.Registries;

/// <summary>Where a server says to go on.</summary>
internal static class ServerAddress
{
    /// <summary>Whether scheme, host and port are the same: the only place that a secret may go to.</summary>
    public static bool IsSame(Uri one, Uri other) =>
        Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>The address with one more piece of query.</summary>
    public static Uri With(Uri address, string query) =>
        query.Length == 0 ? address : new Uri($"{address.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped)}{(address.Query.Length > 0 ? "&" : "?")}{query}");

    /// <summary>The answer's <c>Location</c>, absolute or seen from where the answer came from; null without a usable one.</summary>
    public static Uri? LocationOf(HttpResponseMessage answer)
    {
        if (!answer.Headers.NonValidated.TryGetValues("Location", out var values)) return null;
        var text = values.ToString();
        // On Unix a path is an absolute address too, of a file.
        var kind = text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? UriKind.Absolute : UriKind.Relative;
        return Uri.TryCreate(text, kind, out var location) && Uri.TryCreate(answer.RequestMessage!.RequestUri, location, out var address) ? address : null;
    }

    /// <summary>
    /// Where an upload goes on. A registry behind a gateway that does its TLS may not know of it, and names itself by plain HTTP; it is spoken to by TLS all the same.
    /// </summary>
    /// <exception cref="RegistryException">It goes on nowhere, or where there is no TLS.</exception>
    public static Uri UploadOf(HttpResponseMessage answer, Uri registry)
    {
        var place = LocationOf(answer) ?? throw new RegistryException(RegistryFailure.Failed, "the registry does not say where to upload to");
        if (place.Scheme == Uri.UriSchemeHttps || registry.Scheme == Uri.UriSchemeHttp) return place;
        if (!place.Host.Equals(registry.Host, StringComparison.OrdinalIgnoreCase) || (!place.IsDefaultPort && place.Port != registry.Port)) throw Unencrypted(place);
        return new Uri(registry, place.PathAndQuery);
    }

    /// <summary>What is said of a way that leaves TLS.</summary>
    public static RegistryException Unencrypted(Uri place) =>
        new(RegistryFailure.NotTrusted, $"the registry leads to http://{place.Authority}, which is not encrypted");
}
