using System.Collections.Immutable;

namespace ContainerSdk.Images.Bom;

/// <summary>A part of an image that has a name and, mostly, a version.</summary>
public sealed record BomComponent
{
    /// <summary>What it is.</summary>
    public required BomComponentKind Kind { get; init; }

    /// <summary>Its name, as those who know it call it.</summary>
    public required string Name { get; init; }

    /// <summary>Its version; null if it has none.</summary>
    public string? Version { get; init; }

    /// <summary>What it is called everywhere; null of what has no such name.</summary>
    public string? Purl { get; init; }

    /// <summary>The SHA-512 of the file that it came in, in hexadecimal digits; null if it is not known.</summary>
    public string? Sha512 { get; init; }

    /// <summary>Its license, as an expression of SPDX; null if it is not known.</summary>
    public string? License { get; init; }

    /// <summary>What people call it; null if that is its name.</summary>
    public string? Title { get; init; }

    /// <summary>Whether the image's base brought it.</summary>
    public BomOrigin Origin { get; init; }

    /// <summary>The files of the image that say so, sorted, without a leading slash.</summary>
    public ImmutableSortedSet<string> Files { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>What else there is to say of it, by name.</summary>
    public ImmutableSortedDictionary<string, string> Remarks { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>What it is called within one document.</summary>
    public string Reference => Purl ?? $"{Name}@{Version}";
}

/// <summary>What a part of an image is, in CycloneDX's words.</summary>
public enum BomComponentKind
{
    /// <summary>A package or module.</summary>
    Library,

    /// <summary>A program.</summary>
    Application,

    /// <summary>A framework that applications share.</summary>
    Framework,

    /// <summary>The system.</summary>
    OperatingSystem,
}

/// <summary>Who brought a part of an image.</summary>
public enum BomOrigin
{
    /// <summary>The build.</summary>
    Own,

    /// <summary>The base image.</summary>
    Base,
}
