using System.Collections.Immutable;

namespace ContainerSdk.Images.Oci;

/// <summary>A content, by type, digest and length (https://github.com/opencontainers/image-spec/blob/main/descriptor.md).</summary>
public sealed record Descriptor
{
    /// <summary>See <see cref="MediaTypes"/>.</summary>
    public required string MediaType { get; init; }

    /// <summary>The content's digest.</summary>
    public required Digest Digest { get; init; }

    /// <summary>The content's length in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>What the manifest behind it runs on; null for what is no manifest.</summary>
    public ManifestPlatform? Platform { get; init; }

    /// <summary>Free remarks, for example the name of an image in a layout.</summary>
    public ImmutableSortedDictionary<string, string>? Annotations { get; init; }

    /// <summary>The descriptor of a content at hand.</summary>
    public static Descriptor Of(string mediaType, ReadOnlySpan<byte> content) => new() { MediaType = mediaType, Digest = Digest.Of(content), Size = content.Length };
}

/// <summary>The platform of a manifest in an index.</summary>
public sealed record ManifestPlatform
{
    /// <summary>For example <c>amd64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>For example <c>linux</c>.</summary>
    public required string Os { get; init; }

    /// <summary>For example <c>v7</c>.</summary>
    public string? Variant { get; init; }

    /// <summary>Whether an image for it runs on <paramref name="wanted"/>. A variant that one of the two leaves open fits any.</summary>
    public bool Serves(Platform wanted) =>
        Os == wanted.Os && Architecture == wanted.Architecture && (Variant is null || wanted.Variant is null || Variant == wanted.Variant);
}
