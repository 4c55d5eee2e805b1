using System.Globalization;
using System.Net;
using ContainerSdk.Images.Oci;

namespace ContainerSdk.Images.Registries;

/// <summary>
/// Uploads a blob piece by piece (https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-a-blob-in-chunks). After a piece that went wrong
/// the registry is asked how far it has got, and whatever it has got beyond that counts as success.
/// </summary>
internal sealed class ChunkedUpload(RegistryChannel channel, RetryLoop tries, BlobReader source, TokenScope scope, Uri place)
{
    private Uri _place = place;
    private long _offset;
    private long _furthest;
    private bool _isInDoubt;

    private enum Step
    {
        Going,
        Done,
        Lost,
    }

    /// <summary>Where an upload ends, with or without its last bytes.</summary>
    public static Uri Finish(Uri place, Digest digest) => ServerAddress.With(place, $"digest={Uri.EscapeDataString(digest.ToString())}");

    /// <summary>Uploads all of it; false if the registry knows the upload no more.</summary>
    /// <exception cref="RegistryException">The registry does not take it.</exception>
    public async Task<bool> TryRunAsync(int chunkSize, CancellationToken cancellation)
    {
        while (true)
        {
            var step = await tries.RunAsync(token => StepAsync(chunkSize, token), cancellation);
            if (step != Step.Going) return step == Step.Done;
        }
    }

    private async Task<Step> StepAsync(int chunkSize, CancellationToken cancellation)
    {
        if (_isInDoubt)
        {
            if (!await TryAskAsync(cancellation)) return Step.Lost;
            _isInDoubt = false;
            if (_offset > _furthest) return Advance();
        }

        _isInDoubt = true;
        var step = _offset < source.Blob.Size ? await PatchAsync(Math.Min(chunkSize, source.Blob.Size - _offset), cancellation) : await FinishAsync(cancellation);
        _isInDoubt = false;
        return step;
    }

    private Step Advance()
    {
        _furthest = Math.Max(_furthest, _offset);
        return Step.Going;
    }

    private async Task<Step> PatchAsync(long length, CancellationToken cancellation)
    {
        var request = new RegistryRequest(HttpMethod.Patch, _place, scope) { Body = () => new UploadContent(source, _offset, length).AsChunk() };
        using var answer = await channel.SendAsync(request, cancellation);
        if (answer.StatusCode == HttpStatusCode.NotFound) return Step.Lost;
        if (!answer.IsSuccessStatusCode) throw await FailureAsync(answer, cancellation);
        await MoveAsync(answer, cancellation);
        var end = _offset + length;
        _offset = EndOf(answer) is { } kept && kept > _offset && kept < end ? kept : end;
        return Advance();
    }

    private async Task<Step> FinishAsync(CancellationToken cancellation)
    {
        var request = new RegistryRequest(HttpMethod.Put, Finish(_place, source.Blob.Digest), scope) { Body = () => new UploadContent(source, _offset, 0) };
        using var answer = await channel.SendAsync(request, cancellation);
        if (answer.StatusCode == HttpStatusCode.NotFound) return Step.Lost;
        return answer.IsSuccessStatusCode ? Step.Done : throw await FailureAsync(answer, cancellation);
    }

    private async Task<bool> TryAskAsync(CancellationToken cancellation)
    {
        using var answer = await channel.SendAsync(new RegistryRequest(HttpMethod.Get, _place, scope), cancellation);
        if (RefusalReader.IsTransient(answer.StatusCode) || answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            throw await channel.FailureAsync(answer, cancellation);
        if (!answer.IsSuccessStatusCode || EndOf(answer) is not { } end || end > source.Blob.Size) return false;
        await MoveAsync(answer, cancellation);
        // 0-0 is said of no bytes as well as of one.
        _offset = end > 1 ? end : 0;
        return true;
    }

    // A registry that expected another piece says so by 416, and is asked which.
    private async Task<RegistryException> FailureAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var failure = await channel.FailureAsync(answer, cancellation);
        return answer.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable
            ? new RegistryException(failure.Failure, failure.Message) { Status = failure.Status, IsTransient = true }
            : failure;
    }

    private async Task MoveAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        if (answer.Headers.NonValidated.Contains("Location")) _place = await channel.UploadOfAsync(answer, cancellation);
    }

    // The specification has 0-99, the first one had bytes=0-99.
    private static long? EndOf(HttpResponseMessage answer) =>
        answer.Headers.NonValidated.TryGetValues("Range", out var values)
        && long.TryParse(values.ToString().AsSpan(values.ToString().LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last + 1 : null;
}
