using System.Collections.Concurrent;
using System.Net;
using System.Web;
using ContainerSdk.Images.Oci;
using Xunit;

namespace ContainerSdk.Images.Tests.Registries;

/// <summary>How blobs come in.</summary>
internal sealed partial class MemoryRegistry
{
    private readonly ConcurrentDictionary<string, MemoryStream> _uploads = new();
    private int _begun;

    /// <summary>After how many bytes the connections of the next uploads break.</summary>
    public Queue<int> BrokenUploads { get; } = new();

    public bool TakesWholeBlobs { get; init; } = true;

    /// <summary>What its upload locations begin with; by default they are relative.</summary>
    public string UploadsAreAt { get; init; } = "";

    public int? MinChunk { get; init; }

    /// <summary>How many bytes of a chunk it keeps, at most.</summary>
    public int MaxChunk { get; init; } = int.MaxValue;

    /// <summary>Forgets all uploads that are not over.</summary>
    public void ForgetUploads() => _uploads.Clear();

    private static string? MountFrom(HttpRequestMessage request) => Query(request, "from");

    private static string? Query(HttpRequestMessage request, string name) => HttpUtility.ParseQueryString(request.RequestUri!.Query)[name];

    private Task<HttpResponseMessage> UploadAsync(HttpRequestMessage request, string repository, string id, CancellationToken cancellation)
    {
        if (request.Method == HttpMethod.Post) return Task.FromResult(Begin(request, repository));
        if (!_uploads.TryGetValue(id, out var upload)) return Task.FromResult(Error(HttpStatusCode.NotFound, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry"));
        return request.Method.Method switch
        {
            "PATCH" => PatchAsync(request, repository, id, upload, cancellation),
            "PUT" => FinishAsync(request, repository, id, upload, cancellation),
            _ => Task.FromResult(Place(HttpStatusCode.NoContent, repository, id)),
        };
    }

    private HttpResponseMessage Begin(HttpRequestMessage request, string repository)
    {
        if (MountFrom(request) is { } from && Query(request, "mount") is { } digest && Blobs.TryGetValue($"{from}@{digest}", out var blob))
        {
            Blobs[$"{repository}@{digest}"] = blob;
            return new HttpResponseMessage(HttpStatusCode.Created);
        }

        var id = $"{Interlocked.Increment(ref _begun)}";
        _uploads[id] = new MemoryStream();
        return Place(HttpStatusCode.Accepted, repository, id);
    }

    private async Task<HttpResponseMessage> PatchAsync(HttpRequestMessage request, string repository, string id, MemoryStream upload, CancellationToken cancellation)
    {
        var range = request.Content!.Headers.NonValidated["Content-Range"].ToString().Split('-');
        var length = int.Parse(range[1], System.Globalization.CultureInfo.InvariantCulture) - int.Parse(range[0], System.Globalization.CultureInfo.InvariantCulture) + 1;
        Assert.Equal(length, request.Content.Headers.ContentLength);
        if (range[0] != $"{upload.Length}") return Place(HttpStatusCode.RequestedRangeNotSatisfiable, repository, id);
        var before = upload.Length;
        await ReceiveAsync(request.Content, upload, cancellation);
        upload.SetLength(Math.Min(upload.Length, before + MaxChunk));
        return Place(HttpStatusCode.Accepted, repository, id);
    }

    private async Task<HttpResponseMessage> FinishAsync(HttpRequestMessage request, string repository, string id, MemoryStream upload, CancellationToken cancellation)
    {
        if (upload.Length == 0 && request.Content!.Headers.ContentLength > 0 && !TakesWholeBlobs) return Error(HttpStatusCode.MethodNotAllowed, "UNSUPPORTED", "uploads come in chunks");
        await ReceiveAsync(request.Content!, upload, cancellation);
        _uploads.TryRemove(id, out _);
        var bytes = upload.ToArray();
        if (Digest.Of(bytes).ToString() != Query(request, "digest")) return Error(HttpStatusCode.BadRequest, "DIGEST_INVALID", "provided digest did not match uploaded content");
        Blobs[$"{repository}@{Digest.Of(bytes)}"] = bytes;
        return new HttpResponseMessage(HttpStatusCode.Created);
    }

    private async Task ReceiveAsync(HttpContent content, MemoryStream upload, CancellationToken cancellation)
    {
        upload.Position = upload.Length;
        if (content.Headers.ContentLength > 0 && BrokenUploads.TryDequeue(out var after)) await content.CopyToAsync(new BreakingSink(upload, after), cancellation);
        else await content.CopyToAsync(upload, cancellation);
    }

    private HttpResponseMessage Place(HttpStatusCode status, string repository, string id)
    {
        var answer = Leading(status, $"{UploadsAreAt}/v2/{repository}/blobs/uploads/{id}?state=a%3Db");
        answer.Headers.TryAddWithoutValidation("Range", $"0-{Math.Max(0, _uploads[id].Length - 1)}");
        if (MinChunk is { } length) answer.Headers.TryAddWithoutValidation("OCI-Chunk-Min-Length", $"{length}");
        return answer;
    }
}
