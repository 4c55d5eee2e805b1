using ContainerSdk.Diagnostics;
using ContainerSdk.Dockerfiles;

namespace ContainerSdk.Engines;

/// <summary>What a probe found.</summary>
/// <param name="Capabilities">What the engine can do; null if it cannot be used.</param>
/// <param name="Problem">Why it cannot be used; null if it can.</param>
public sealed record EngineStatus(EngineCapabilities? Capabilities, Diagnostic? Problem);

/// <summary>What an engine is and can do.</summary>
/// <param name="Engine">Its name and version, for messages.</param>
/// <param name="Builder">The builder that will do the work.</param>
/// <param name="BuildKit">The version of BuildKit in it; 0.0 if unknown.</param>
public sealed record EngineCapabilities(string Engine, string Builder, Version BuildKit)
{
    private static readonly Version LinkedCopies = new(0, 16);

    /// <summary>The richest dialect that the builder reads.</summary>
    public DockerfileDialect Dialect => BuildKit >= LinkedCopies ? DockerfileDialect.BuildKit : DockerfileDialect.Portable;

    /// <inheritdoc/>
    public override string ToString() => $"{Engine}, {Builder}, BuildKit {BuildKit}";
}
