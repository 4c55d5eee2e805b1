using System.Collections.Immutable;
using ContainerSdk.Images;
using ContainerSdk.Plan;

namespace ContainerSdk.Engines;

/// <summary>What an engine needs to carry out a plan: the plan, and where its files lie. All paths are absolute.</summary>
public sealed record BuildRequest
{
    /// <summary>The plan that the Dockerfile was made from.</summary>
    public required BuildPlan Plan { get; init; }

    /// <summary>The generated Dockerfile; its ignore file lies beside it.</summary>
    public required string DockerfilePath { get; init; }

    /// <summary>The context's root.</summary>
    public required string ContextPath { get; init; }

    /// <summary>Where the engine writes what it made.</summary>
    public required string MetadataPath { get; init; }

    /// <summary>What the build leaves behind.</summary>
    public BuildOutput Output { get; init; } = new BuildOutput.Store(Format: null);

    /// <summary>For the registries that are read from and written to, beside those that the engine's own configuration knows.</summary>
    public ImmutableArray<RegistryLogin> Logins { get; init; } = [];

    /// <summary>What the engine's client reads on this machine for the steps that mount it.</summary>
    public ImmutableArray<HostSecret> Secrets { get; init; } = [];

    /// <summary>Names of variables of this machine that every step sees while it runs: its proxies.</summary>
    public ImmutableArray<string> Proxies { get; init; } = [];
}

/// <summary>A finished image, as the engine that holds it describes it.</summary>
/// <param name="References">The names that it has, or will get.</param>
/// <param name="Id">The digest of its configuration.</param>
/// <param name="Digest">The digest of its manifest; null in a store that has none before a push.</param>
/// <param name="Size">Bytes, uncompressed, all layers.</param>
/// <param name="Layers">The layers' digests, uncompressed, base first.</param>
/// <param name="User">Who it runs as; empty is root.</param>
/// <param name="Configuration">The image configuration as JSON.</param>
public sealed record BuiltImage(
    ImmutableArray<ImageReference> References, string Id, string? Digest, long Size, ImmutableArray<string> Layers, string User, string Configuration)
{
    /// <summary>The media type of its manifest; null in a store that keeps none.</summary>
    public string? MediaType { get; init; }
}
