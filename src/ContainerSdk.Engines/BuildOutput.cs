using ContainerSdk.Images;
using ContainerSdk.Plan;

namespace ContainerSdk.Engines;

/// <summary>What a build leaves behind.</summary>
public abstract record BuildOutput
{
    private BuildOutput()
    {
    }

    /// <summary>The image in the engine's own store, under no name; null leaves the format to the builder.</summary>
    public sealed record Store(ImageFormat? Format) : BuildOutput;

    /// <summary>The image in OCI format in the registry that its name says; nothing in the engine's store.</summary>
    public sealed record Registry(ImageReference Name) : BuildOutput;

    /// <summary>An OCI archive that knows the plan's names; nothing in the engine's store.</summary>
    public sealed record Archive(string Path) : BuildOutput;
}
