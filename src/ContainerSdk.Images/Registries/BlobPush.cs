using System.Net;
using ContainerSdk.Images.Oci;

namespace ContainerSdk.Images.Registries;

/// <summary>
/// Brings blobs into a repository, in the way that costs the least: not at all, from another repository of the registry, as a whole, in chunks
/// (https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-blobs).
/// </summary>
internal sealed class BlobPush(RegistryChannel channel, RetryLoop tries, RepositoryPaths paths, int? chunkSize)
{
    private const int DefaultChunkSize = 8 * 1024 * 1024;

    // Learned from the first blob, for the others.
    private volatile bool _isInChunks = chunkSize is not null;

    /// <summary>Sees to it that the registry has the blob. A try that breaks begins with the question whether it has it after all.</summary>
    /// <param name="source">The blob.</param>
    /// <param name="mountFrom">A repository of the same registry that may have it; null if none comes to mind.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RegistryException">The registry does not take it.</exception>
    public Task PushAsync(BlobReader source, string? mountFrom, CancellationToken cancellation)
    {
        var from = mountFrom;
        return tries.RunAsync(
            async token =>
            {
                if (await HasAsync(source.Blob.Digest, token)) return true;
                var place = from is null ? await BeginAsync(token) : await MountAsync(source.Blob.Digest, from, token);
                from = null;
                if (place is not null) await UploadAsync(source, place, token);
                return true;
            },
            cancellation);
    }

    // Only a yes saves anything; who may not look may still be allowed to write, and else is told so with a reason.
    private async Task<bool> HasAsync(Digest digest, CancellationToken cancellation)
    {
        using var answer = await channel.SendAsync(new RegistryRequest(HttpMethod.Head, paths.Blob(digest), paths.Push), cancellation);
        if (RefusalReader.IsTransient(answer.StatusCode)) throw await channel.FailureAsync(answer, cancellation);
        return answer.StatusCode == HttpStatusCode.OK;
    }

    private async Task<UploadPlace> BeginAsync(CancellationToken cancellation)
    {
        using var answer = await channel.SendAsync(new RegistryRequest(HttpMethod.Post, paths.Uploads, paths.Push), cancellation);
        return answer.StatusCode == HttpStatusCode.Accepted ? await PlaceAsync(answer, cancellation) : throw await channel.FailureAsync(answer, cancellation);
    }

    // A registry that does not mount begins an upload instead, or refuses; then nothing is lost but the question.
    private async Task<UploadPlace?> MountAsync(Digest digest, string from, CancellationToken cancellation)
    {
        try
        {
            using var answer = await channel.SendAsync(new RegistryRequest(HttpMethod.Post, paths.Mount(digest, from), TokenScope.Mount(paths.Name, from)), cancellation);
            if (answer.StatusCode == HttpStatusCode.Created) return null;
            if (answer.StatusCode == HttpStatusCode.Accepted) return await PlaceAsync(answer, cancellation);
            if (RefusalReader.IsTransient(answer.StatusCode)) throw await channel.FailureAsync(answer, cancellation);
        }
        catch (RegistryException e) when (!e.IsTransient && e.Status is not null)
        {
            // The token service gives no token that lets the other repository be read.
        }

        return await BeginAsync(cancellation);
    }

    private async Task<UploadPlace> PlaceAsync(HttpResponseMessage answer, CancellationToken cancellation) => new(
        await channel.UploadOfAsync(answer, cancellation),
        answer.Headers.NonValidated.TryGetValues("OCI-Chunk-Min-Length", out var values) && int.TryParse(values.ToString(), out var length) ? length : 1);

    private async Task UploadAsync(BlobReader source, UploadPlace place, CancellationToken cancellation)
    {
        if (!_isInChunks)
        {
            if (await TryPutAsync(source, place.Address, cancellation)) return;
            _isInChunks = true;
            place = await BeginAsync(cancellation);
        }

        var upload = new ChunkedUpload(channel, tries, source, paths.Push, place.Address);
        if (!await upload.TryRunAsync(Math.Max(chunkSize ?? DefaultChunkSize, place.MinChunk), cancellation))
            throw new RegistryException(RegistryFailure.Failed, $"the registry has lost the upload of {source.Blob.Digest}") { IsTransient = true };
    }

    // An upload that the registry knows no more is begun anew.
    private async Task<bool> TryPutAsync(BlobReader source, Uri place, CancellationToken cancellation)
    {
        var request = new RegistryRequest(HttpMethod.Put, ChunkedUpload.Finish(place, source.Blob.Digest), paths.Push)
        {
            Body = () => new UploadContent(source, 0, source.Blob.Size),
        };
        using var answer = await channel.SendAsync(request, cancellation);
        if (answer.IsSuccessStatusCode) return true;
        if (IsTooMuchAtOnce(answer.StatusCode)) return false;
        var failure = await channel.FailureAsync(answer, cancellation);
        throw answer.StatusCode == HttpStatusCode.NotFound ? new RegistryException(failure.Failure, failure.Message) { Status = failure.Status, IsTransient = true } : failure;
    }

    private static bool IsTooMuchAtOnce(HttpStatusCode status) => status is HttpStatusCode.MethodNotAllowed or HttpStatusCode.LengthRequired
        or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.RequestedRangeNotSatisfiable or HttpStatusCode.NotImplemented;

    private sealed record UploadPlace(Uri Address, int MinChunk);
}
