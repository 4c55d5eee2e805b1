using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using ContainerSdk.Images.Oci;

namespace ContainerSdk.Images.Registries;

/// <summary>
/// One repository of one registry (https://github.com/opencontainers/distribution-spec/blob/main/spec.md). What may go better another time is tried five times.
/// </summary>
/// <param name="options">The registry.</param>
/// <param name="repository">The repository, as <see cref="ImageReference.Repository"/> has it.</param>
public sealed class RegistryClient(RegistryOptions options, string repository) : IImageSource, IDisposable
{
    private const int ParallelUploads = 4;
    private const int MaxListWrites = 5;

    private readonly RegistryChannel _channel = new(options);
    private readonly RetryLoop _tries = new(options.Clock);
    private readonly RepositoryPaths _paths = new(repository);

    /// <inheritdoc/>
    /// <exception cref="RegistryException">The registry does not answer, or refuses.</exception>
    public async Task<FoundManifest?> FindAsync(string tagOrDigest, CancellationToken cancellation)
    {
        var digest = DigestOf(tagOrDigest);
        var request = new RegistryRequest(HttpMethod.Get, _paths.Manifest(tagOrDigest), _paths.Pull) { Accept = MediaTypes.Manifests, IsVerified = digest is not null };
        var found = await _tries.RunAsync(token => FindOnceAsync(request, token), cancellation);
        if (found is not null && digest is not null && found.Digest != digest) throw new InvalidImageException($"the manifest {digest} has the digest {found.Digest}");
        return found;
    }

    /// <inheritdoc/>
    /// <exception cref="RegistryException">The registry does not answer, or refuses. Reading the stream throws it too.</exception>
    public async Task<Stream> OpenAsync(Descriptor blob, CancellationToken cancellation)
    {
        var request = new RegistryRequest(HttpMethod.Get, _paths.Blob(blob.Digest), _paths.Pull) { IsVerified = true };
        var download = new BlobDownload(_channel, _tries, request, blob.Size);
        try
        {
            await download.BeginAsync(cancellation);
            return download;
        }
        catch
        {
            await download.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Uploads what the registry does not have of an image, and then names it by each of <paramref name="tags"/>, in their order; without tags, by its digest alone.
    /// No tag names an image that is not there whole.
    /// </summary>
    /// <exception cref="RegistryException">The registry does not answer, or refuses.</exception>
    /// <exception cref="IOException">A layer cannot be read.</exception>
    /// <exception cref="InvalidImageException">A layer is not what the manifest says.</exception>
    public async Task PushAsync(NamedImage image, ImmutableArray<string> tags, CancellationToken cancellation)
    {
        var blobs = new BlobPush(_channel, _tries, _paths, options.ChunkSize);
        foreach (var one in image.Images)
        {
            await PushAsync(one, blobs, cancellation);
            if (image.IsIndex) await NameAsync(one.MediaType, one.ManifestJson, one.Digest.ToString(), cancellation);
        }

        foreach (var name in tags.IsDefaultOrEmpty ? [image.Digest.ToString()] : tags) await NameAsync(image.MediaType, image.Json, name, cancellation);
    }

    /// <summary>
    /// Uploads a document that refers to an image of the repository, and sees to it that it is found there: by the registry, or where that keeps no list of such
    /// documents, by a list under a tag (https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-manifests-with-subject).
    /// </summary>
    /// <exception cref="RegistryException">The registry does not answer, refuses, or has another list each time it is looked at.</exception>
    /// <exception cref="InvalidImageException">What stands under that tag is no list of such documents.</exception>
    public async Task AttachAsync(Referrer referrer, CancellationToken cancellation)
    {
        var blobs = new BlobPush(_channel, _tries, _paths, options.ChunkSize);
        await PushAsync(referrer.Manifest.Layers[0], referrer.Content, blobs, cancellation);
        await PushAsync(referrer.Manifest.Config, Referrer.Empty, blobs, cancellation);
        var subject = referrer.Manifest.Subject.Digest;
        if (await NameAsync(referrer.Manifest.MediaType, referrer.ManifestJson, referrer.Digest.ToString(), cancellation) == subject) return;
        var tag = ReferrerList.TagOf(subject);
        // No registry of that kind says that somebody else has written in between, so it is looked at once more.
        for (var writes = 0; ReferrerList.With(await FindAsync(tag, cancellation), referrer) is { } list; writes++)
        {
            if (writes == MaxListWrites) throw new RegistryException(RegistryFailure.Failed, $"the list '{tag}' does not keep what is written into it");
            await NameAsync(MediaTypes.OciIndex, list, tag, cancellation);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _channel.Dispose();

    private async Task PushAsync(Image image, BlobPush blobs, CancellationToken cancellation)
    {
        var mountFrom = image.Base is { } other && other.Registry == options.Registry && other.Repository != repository ? other.Repository : null;
        var order = new ParallelOptions { MaxDegreeOfParallelism = options.Order == UploadOrder.Serial ? 1 : ParallelUploads, CancellationToken = cancellation };
        await Parallel.ForEachAsync(image.Manifest.Layers.DistinctBy(layer => layer.Digest), order, async (layer, token) =>
        {
            await using var source = new BlobReader(layer, open => image.OpenLayerAsync(layer, open));
            await blobs.PushAsync(source, mountFrom, token);
        });
        await PushAsync(image.Manifest.Config, image.ConfigurationJson, blobs, cancellation);
    }

    private static async Task PushAsync(Descriptor blob, ReadOnlyMemory<byte> content, BlobPush blobs, CancellationToken cancellation)
    {
        await using var source = new BlobReader(blob, _ => Task.FromResult<Stream>(new MemoryStream(content.ToArray())));
        await blobs.PushAsync(source, mountFrom: null, cancellation);
    }

    // A digest that cannot be checked would name anything.
    private static Digest? DigestOf(string tagOrDigest)
    {
        if (!tagOrDigest.Contains(':', StringComparison.Ordinal)) return null;
        return Digest.TryParse(tagOrDigest, out var digest) ? digest : throw new InvalidImageException($"the digest '{tagOrDigest}' is none of SHA-256");
    }

    private async Task<FoundManifest?> FindOnceAsync(RegistryRequest request, CancellationToken cancellation)
    {
        using var answer = await _channel.SendAsync(request, cancellation);
        if (answer.StatusCode == HttpStatusCode.NotFound) return null;
        if (!answer.IsSuccessStatusCode) throw await _channel.FailureAsync(answer, cancellation);
        var json = await HttpWire.ReadAsync(answer, OciJson.MaxBytes, cancellation) ?? throw new InvalidImageException($"a manifest is longer than {OciJson.MaxBytes} bytes");
        return new FoundManifest(MediaTypeOf(answer.Content.Headers.ContentType?.MediaType ?? "", json), json);
    }

    // Some registries serve all of it as JSON, and leave it to the manifest to say what it is.
    private static string MediaTypeOf(string said, byte[] json) =>
        !MediaTypes.IsManifest(said) && !MediaTypes.IsIndex(said) && LenientJson.Parse(json).Word("mediaType") is { Length: > 0 } own ? own : said;

    // What the registry takes the manifest to refer to; null if it does not care.
    private Task<Digest?> NameAsync(string mediaType, ReadOnlyMemory<byte> manifest, string name, CancellationToken cancellation) => _tries.RunAsync(
        async token =>
        {
            var digest = Digest.Of(manifest.Span);
            var request = new RegistryRequest(HttpMethod.Put, _paths.Manifest(name), _paths.Push)
            {
                Body = () => new ReadOnlyMemoryContent(manifest) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } },
            };
            using var answer = await _channel.SendAsync(request, token);
            if (!answer.IsSuccessStatusCode) throw await _channel.FailureAsync(answer, token);
            if (answer.Headers.NonValidated.TryGetValues("Docker-Content-Digest", out var values) && Digest.TryParse(values.ToString(), out var stored) && stored != digest)
                throw new RegistryException(RegistryFailure.Failed, $"the registry took the manifest {digest} for {stored}");
            return answer.Headers.NonValidated.TryGetValues("OCI-Subject", out var subjects) && Digest.TryParse(subjects.ToString(), out var subject) ? subject : null;
        },
        cancellation);
}
