using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ContainerSdk.Images.Oci;

namespace ContainerSdk.Images.Tests.Registries;

/// <summary>
/// A registry in memory at https://registry.test: it keeps to the protocol and refuses what does not, remembers what it was asked, and misbehaves on demand.
/// </summary>
[SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "An answer belongs to who asked.")]
internal sealed partial class MemoryRegistry : HttpMessageHandler
{
    public const string Name = "registry.test";

    private readonly Lock _gate = new();
    private readonly List<(string Start, Func<HttpResponseMessage> Answer)> _instead = [];
    private readonly List<string> _requests = [];
    private readonly List<string> _shown = [];

    /// <summary>The blobs, as <c>repository@digest</c>.</summary>
    public ConcurrentDictionary<string, byte[]> Blobs { get; } = new();

    /// <summary>The manifests by tag and by digest, as <c>repository:tag</c> and <c>repository@digest</c>.</summary>
    public ConcurrentDictionary<string, FoundManifest> Manifests { get; } = new();

    /// <summary>Short names for digests, by which requests are easier to read.</summary>
    public Dictionary<string, string> Names { get; } = [];

    public MemoryLogin? Login { get; init; }

    /// <summary>What it serves instead of a blob or manifest, by digest or tag.</summary>
    public Dictionary<string, byte[]> Lies { get; } = [];

    /// <summary>How the next downloads of a blob go.</summary>
    public Queue<Func<byte[], HttpContent>> Downloads { get; } = new();

    public bool KnowsRanges { get; init; } = true;

    /// <summary>Whether it lists what refers to an image, and says so.</summary>
    public bool KnowsReferrers { get; init; }

    public bool SpeaksTls { get; init; } = true;

    public bool IsTrusted { get; init; } = true;

    /// <summary>Where blobs are really; null is here.</summary>
    public string? BlobsAreAt { get; init; }

    /// <summary>Runs at the start of each request.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>Method, address, and range, of each request; the registry's own name is left out.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_gate) return [.. _requests];
        }
    }

    /// <summary>Method, host, and what was shown, of each request.</summary>
    public IReadOnlyList<string> Shown
    {
        get
        {
            lock (_gate) return [.. _shown];
        }
    }

    /// <summary>Answers otherwise the next times that a request begins with <paramref name="start"/>.</summary>
    public void Instead(string start, int times, Func<HttpResponseMessage> answer)
    {
        lock (_gate) _instead.AddRange(Enumerable.Repeat((start, answer), times));
    }

    public void Instead(string start, int times, HttpStatusCode status) => Instead(start, times, () => new HttpResponseMessage(status));

    public static HttpResponseMessage Error(HttpStatusCode status, string code, string message) => Json(status, $$"""{"errors":[{"code":"{{code}}","message":"{{message}}"}]}""");

    public static HttpResponseMessage Json(HttpStatusCode status, string json) => new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Leading(HttpStatusCode status, string location)
    {
        var answer = new HttpResponseMessage(status);
        answer.Headers.TryAddWithoutValidation("Location", location);
        return answer;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var address = request.RequestUri!;
        var form = address.Host == "auth.test" && request.Content is { } content ? await content.ReadAsStringAsync(cancellationToken) : "";
        var text = Text(request, form);
        lock (_gate)
        {
            _requests.Add(text);
            _shown.Add($"{request.Method} {address.Host} {MemoryLogin.Shown(request)}");
        }

        await Before(text);
        if (TakeInstead(text) is { } other) return other();
        if (!IsTrusted || address.Scheme == Uri.UriSchemeHttps != SpeaksTls) return Misunderstood(address);
        return address.Host switch
        {
            "auth.test" => Login!.Issue(request, form),
            "cdn.test" => Serve(request, Blobs[Uri.UnescapeDataString(address.AbsolutePath[1..])]),
            _ => await RouteAsync(request, cancellationToken),
        };
    }

    private static HttpResponseMessage Misunderstood(Uri address) => address.Scheme == Uri.UriSchemeHttps
        ? throw new HttpRequestException(
            HttpRequestError.SecureConnectionError, "The SSL connection could not be established, see inner exception.", new AuthenticationException("The remote certificate is invalid"))
        : new HttpResponseMessage(HttpStatusCode.BadRequest);

    private Func<HttpResponseMessage>? TakeInstead(string text)
    {
        lock (_gate)
        {
            var index = _instead.FindIndex(entry => text.StartsWith(entry.Start, StringComparison.Ordinal));
            if (index < 0) return null;
            var answer = _instead[index].Answer;
            _instead.RemoveAt(index);
            return answer;
        }
    }

    private async Task<HttpResponseMessage> RouteAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var match = Route().Match(request.RequestUri!.AbsolutePath);
        if (!match.Success) return new HttpResponseMessage(request.RequestUri.AbsolutePath == "/v2/" ? HttpStatusCode.OK : HttpStatusCode.NotFound);
        var (repository, kind, reference) = (match.Groups["repository"].Value, match.Groups["kind"].Value, match.Groups["reference"].Value);
        var isRead = request.Method == HttpMethod.Get || request.Method == HttpMethod.Head;
        var mount = MountFrom(request);
        var scope = $"repository:{repository}:{(isRead && kind != "blobs/uploads" ? "pull" : "pull,push")}{(mount is null ? "" : $" repository:{mount}:pull")}";
        if (request.RequestUri.Host == Name && Login?.Refuse(request, scope) is { } refusal) return refusal;
        return (kind, isRead) switch
        {
            ("blobs/uploads", _) => await UploadAsync(request, repository, reference, cancellation),
            ("blobs", _) => Blob(request, repository, reference),
            (_, true) => Manifest(repository, reference),
            _ => await PutManifestAsync(request, repository, reference, cancellation),
        };
    }

    private HttpResponseMessage Blob(HttpRequestMessage request, string repository, string digest)
    {
        if (!Blobs.TryGetValue($"{repository}@{digest}", out var bytes)) return Error(HttpStatusCode.NotFound, "BLOB_UNKNOWN", "blob unknown to registry");
        if (request.Method == HttpMethod.Head) return new HttpResponseMessage(HttpStatusCode.OK);
        return BlobsAreAt is null
            ? Serve(request, Lies.GetValueOrDefault(digest, bytes))
            : Leading(HttpStatusCode.TemporaryRedirect, $"{BlobsAreAt}/{Uri.EscapeDataString($"{repository}@{digest}")}?signature=1");
    }

    private HttpResponseMessage Serve(HttpRequestMessage request, byte[] bytes)
    {
        var from = KnowsRanges ? (int)(request.Headers.Range?.Ranges.Single().From ?? 0) : 0;
        if (from > 0 && from >= bytes.Length) return new HttpResponseMessage(HttpStatusCode.RequestedRangeNotSatisfiable);
        var content = Downloads.TryDequeue(out var download) ? download(bytes[from..]) : new ByteArrayContent(bytes[from..]);
        if (from > 0) content.Headers.ContentRange = new ContentRangeHeaderValue(from, bytes.Length - 1, bytes.Length);
        return new HttpResponseMessage(from > 0 ? HttpStatusCode.PartialContent : HttpStatusCode.OK) { Content = content };
    }

    private HttpResponseMessage Manifest(string repository, string reference)
    {
        if (!Manifests.TryGetValue(Key(repository, reference), out var found)) return Error(HttpStatusCode.NotFound, "MANIFEST_UNKNOWN", "manifest unknown");
        var content = new ByteArrayContent(Lies.GetValueOrDefault(reference, found.Json.ToArray()));
        content.Headers.ContentType = new MediaTypeHeaderValue(found.MediaType);
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = content };
    }

    private async Task<HttpResponseMessage> PutManifestAsync(HttpRequestMessage request, string repository, string reference, CancellationToken cancellation)
    {
        var json = await request.Content!.ReadAsByteArrayAsync(cancellation);
        var found = new FoundManifest(request.Content.Headers.ContentType!.MediaType!, json);
        if (!IsWhole(repository, found)) return Error(HttpStatusCode.BadRequest, "MANIFEST_BLOB_UNKNOWN", "a part of the manifest is unknown");
        Manifests[Key(repository, reference)] = found;
        Manifests[Key(repository, found.Digest.ToString())] = found;
        var answer = new HttpResponseMessage(HttpStatusCode.Created);
        answer.Headers.Add("Docker-Content-Digest", found.Digest.ToString());
        if (KnowsReferrers && JsonNode.Parse(json)!["subject"]?["digest"] is { } subject) answer.Headers.Add("OCI-Subject", subject.GetValue<string>());
        return answer;
    }

    private bool IsWhole(string repository, FoundManifest found) => MediaTypes.IsIndex(found.MediaType)
        ? OciJson.ReadIndex(found.Json.Span).Manifests.All(part => Manifests.ContainsKey($"{repository}@{part.Digest}"))
        : JsonNode.Parse(found.Json.Span) is var manifest && manifest!["layers"]!.AsArray().Append(manifest["config"]).All(part => Blobs.ContainsKey($"{repository}@{part!["digest"]}"));

    private static string Key(string repository, string reference) => reference.Contains(':', StringComparison.Ordinal) ? $"{repository}@{reference}" : $"{repository}:{reference}";

    private string Text(HttpRequestMessage request, string form)
    {
        var address = request.RequestUri!;
        var place = address.Host == Name && address.Scheme == Uri.UriSchemeHttps && address.IsDefaultPort ? address.PathAndQuery : address.AbsoluteUri;
        var range = request.Headers.Range?.ToString() ?? (request.Content?.Headers.NonValidated.TryGetValues("Content-Range", out var values) == true ? values.ToString() : "");
        var text = string.Join(' ', new[] { request.Method.ToString(), place, range, form }.Where(part => part.Length > 0));
        return Names.Aggregate(text, (rest, name) => rest.Replace(name.Key, name.Value, StringComparison.Ordinal).Replace(Uri.EscapeDataString(name.Key), name.Value, StringComparison.Ordinal));
    }

    [GeneratedRegex("^/v2/(?<repository>.+?)/(?<kind>blobs/uploads|blobs|manifests)/(?<reference>[^/]*)$")]
    private static partial Regex Route();
}
