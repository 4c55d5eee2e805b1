using System.Collections.Immutable;

namespace ContainerSdk.Images.Oci;

/// <summary>The manifest of one image: its configuration and its layers, base first (https://github.com/opencontainers/image-spec/blob/main/manifest.md).</summary>
public sealed record ImageManifest
{
    /// <summary>Always 2.</summary>
    public int SchemaVersion { get; init; } = 2;

    /// <summary>See <see cref="MediaTypes"/>; null in older OCI manifests.</summary>
    public string? MediaType { get; init; }

    /// <summary>The configuration.</summary>
    public required Descriptor Config { get; init; }

    /// <summary>The layers.</summary>
    public required ImmutableArray<Descriptor> Layers { get; init; }
}

/// <summary>A list of manifests, one for each platform (https://github.com/opencontainers/image-spec/blob/main/image-index.md).</summary>
public sealed record ImageIndex
{
    /// <summary>Always 2.</summary>
    public int SchemaVersion { get; init; } = 2;

    /// <summary>See <see cref="MediaTypes"/>; null in the index of a layout.</summary>
    public string? MediaType { get; init; }

    /// <summary>The manifests.</summary>
    public required ImmutableArray<Descriptor> Manifests { get; init; }
}
