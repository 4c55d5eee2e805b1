using ContainerSdk.Images.Oci;

namespace ContainerSdk.Images.Registries;

/// <summary>A document about an image, as a registry keeps it: a manifest of its own that refers to the image's. The same document has the same digest.</summary>
public sealed class Referrer
{
    /// <summary>The content of a configuration that says nothing (https://github.com/opencontainers/image-spec/blob/main/manifest.md#guidance-for-an-empty-descriptor).</summary>
    internal static readonly ReadOnlyMemory<byte> Empty = "{}"u8.ToArray();

    /// <param name="subject">The image's manifest: type, digest and length.</param>
    /// <param name="type">The document's media type.</param>
    /// <param name="content">The document.</param>
    public Referrer(Descriptor subject, string type, ReadOnlyMemory<byte> content)
    {
        (Type, Content) = (type, content);
        Manifest = new ArtifactManifest
        {
            ArtifactType = type,
            Config = Descriptor.Of(MediaTypes.OciEmpty, Empty.Span),
            Layers = [Descriptor.Of(type, content.Span)],
            Subject = new Descriptor { MediaType = subject.MediaType, Digest = subject.Digest, Size = subject.Size },
        };
        ManifestJson = OciJson.Write(Manifest);
        Digest = Digest.Of(ManifestJson.Span);
    }

    /// <summary>The document's media type.</summary>
    public string Type { get; }

    /// <summary>The document.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>What refers to the image.</summary>
    public ArtifactManifest Manifest { get; }

    /// <summary>The manifest's own bytes.</summary>
    public ReadOnlyMemory<byte> ManifestJson { get; }

    /// <summary>What a registry knows the document by.</summary>
    public Digest Digest { get; }
}
