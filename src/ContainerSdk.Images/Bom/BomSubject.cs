using ContainerSdk.Images.Oci;

namespace ContainerSdk.Images.Bom;

/// <summary>The image that a bill of materials is of.</summary>
public sealed record BomSubject
{
    /// <summary>What it is called by, with a tag or without.</summary>
    public required ImageReference Name { get; init; }

    /// <summary>The digest of its configuration, which an engine knows it by.</summary>
    public required Digest Id { get; init; }

    /// <summary>The digest of its manifest, which a registry knows it by; null if there is none yet.</summary>
    public Digest? Manifest { get; init; }

    /// <summary>How it is run, and when it was made.</summary>
    public required ImageConfiguration Configuration { get; init; }

    /// <summary>An image with a manifest.</summary>
    public static BomSubject Of(ImageReference name, Image image) => new() { Name = name, Id = image.Id, Manifest = image.Digest, Configuration = image.Configuration };
}
