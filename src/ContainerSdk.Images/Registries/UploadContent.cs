using System.Net;
using System.Net.Http.Headers;

namespace ContainerSdk.Images.Registries;

/// <summary>A blob, or a part of it, as the body of a request. What it is read from stays open.</summary>
internal sealed class UploadContent : HttpContent
{
    private readonly long _start;
    private readonly long _length;

    public UploadContent(BlobReader source, long start, long length)
    {
        (Source, _start, _length) = (source, start, length);
        Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
    }

    /// <summary>What it is read from.</summary>
    public BlobReader Source { get; }

    /// <summary>Says which part it is, in the form of the specification, which is not HTTP's.</summary>
    public UploadContent AsChunk()
    {
        Headers.TryAddWithoutValidation("Content-Range", $"{_start}-{_start + _length - 1}");
        return this;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        Source.CopyAsync(_start, _length, stream, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }
}
