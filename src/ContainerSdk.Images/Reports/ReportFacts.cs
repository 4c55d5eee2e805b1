using System.Collections.Immutable;
using ContainerSdk.Images.Oci;

namespace ContainerSdk.Images.Reports;

/// <summary>What a report needs to know beside what the image's layers hold. Whoever builds the image measures it; sizes are in bytes.</summary>
public sealed record ReportFacts
{
    /// <summary>The names of the image; the first is its title.</summary>
    public required ImmutableArray<string> Names { get; init; }

    /// <summary>What the engine knows the image by: the digest of its configuration.</summary>
    public required string Id { get; init; }

    /// <summary>What a registry knows it by; null before it is in one.</summary>
    public string? Digest { get; init; }

    /// <summary>For example <c>linux/amd64</c>.</summary>
    public required string Platform { get; init; }

    /// <summary>All layers together, uncompressed.</summary>
    public required long Size { get; init; }

    /// <summary>All layers together, as a registry keeps them; null where nobody has compressed them.</summary>
    public long? CompressedSize { get; init; }

    /// <summary>The layers, the lowest first. One that is missing here is as large as its files.</summary>
    public ImmutableArray<LayerFacts> Layers { get; init; } = [];

    /// <summary>The image that compiled the application; null if none did, or its size is not known.</summary>
    public SizedImage? Builder { get; init; }

    /// <summary>An estimate of the image that a single stage would have given: the builder image and the application; null if not known.</summary>
    public long? SingleStageSize { get; init; }

    /// <summary>Where the application lies; empty stands for the image's working folder.</summary>
    public ImmutableArray<string> ApplicationFolders { get; init; } = [];

    /// <summary>What the image has installed; default if nobody has looked.</summary>
    public ImmutableArray<ReportedPackage> Packages { get; init; }

    /// <summary>The report of the build before; null for the first.</summary>
    public ImageReport? Previous { get; init; }

    /// <summary>The report that the project compares itself with; null for none.</summary>
    public ImageReport? Baseline { get; init; }
}

/// <summary>A layer, as it was measured.</summary>
/// <param name="DiffId">Its digest, uncompressed.</param>
/// <param name="Size">Its bytes, uncompressed.</param>
public sealed record LayerFacts(Digest DiffId, long Size)
{
    /// <summary>Its bytes as a registry keeps it; null if not known.</summary>
    public long? CompressedSize { get; init; }

    /// <summary>What made it, in the words of the image's history; see <see cref="LayerInstructions"/>.</summary>
    public string Instruction { get; init; } = "";
}

/// <summary>A package of the operating system, or one that the application brings.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="IsOfBase">Whether the base image brought it.</param>
public sealed record ReportedPackage(string Name, string Version, bool IsOfBase);

/// <summary>An image and how large it is.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Size">Its bytes, uncompressed.</param>
public sealed record SizedImage(string Name, long Size);
