using System.Text.Json.Serialization;

namespace ContainerSdk.Plan;

/// <summary>Where a finished image goes beyond the engine's own store.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(RegistryDelivery), "registry")]
[JsonDerivedType(typeof(ArchiveDelivery), "archive")]
public abstract record Delivery
{
    private protected Delivery()
    {
    }
}

/// <summary>To the registry of the image's names, under each of them.</summary>
public sealed record RegistryDelivery : Delivery;

/// <summary>To a file that holds the image and its names.</summary>
/// <param name="Path">As the user gave it, relative to the project's folder; a folder stands for a file in it that is named like the repository.</param>
public sealed record ArchiveDelivery(string Path) : Delivery;

/// <summary>The two formats of manifests and configurations.</summary>
public enum ImageFormat
{
    /// <summary>Docker's image manifest, version 2, schema 2.</summary>
    Docker,

    /// <summary>The Open Container Initiative's image manifest.</summary>
    Oci,
}
