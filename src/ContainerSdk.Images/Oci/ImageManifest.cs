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

/// <summary>The manifest of what is no image and belongs to one (https://github.com/opencontainers/image-spec/blob/main/manifest.md#guidelines-for-artifact-usage).</summary>
public sealed record ArtifactManifest
{
    /// <summary>Always 2.</summary>
    public int SchemaVersion { get; init; } = 2;

    /// <summary>See <see cref="MediaTypes"/>.</summary>
    public string MediaType { get; init; } = MediaTypes.OciManifest;

    /// <summary>What it is.</summary>
    public required string ArtifactType { get; init; }

    /// <summary>The empty one: whoever reads it has no use for a configuration.</summary>
    public required Descriptor Config { get; init; }

    /// <summary>What it consists of.</summary>
    public required ImmutableArray<Descriptor> Layers { get; init; }

    /// <summary>The manifest that it belongs to.</summary>
    public required Descriptor Subject { get; init; }
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
