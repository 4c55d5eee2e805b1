using ContainerSdk.Images;

namespace ContainerSdk.Plan;

/// <summary>Something that restore and build may read and that no layer keeps. All of it is names: the engine reads the value when the build starts.</summary>
/// <param name="Id">What the mount and the engine know it by.</param>
/// <param name="Source">Where the host has it.</param>
public sealed record BuildSecret(string Id, SecretSource Source)
{
    /// <summary>The file in the builder that holds it; null if nobody asked for a file.</summary>
    public ContainerPath? Target { get; init; }

    /// <summary>The variable of restore and build that holds it; null if nobody asked for one.</summary>
    public string? As { get; init; }

    /// <summary>Whether the build goes on where the host has none.</summary>
    public bool Optional { get; init; }
}

/// <summary>A place on the host.</summary>
/// <param name="Kind">Which kind of place.</param>
/// <param name="Name">The variable's name, or the file's.</param>
public sealed record SecretSource(SecretSourceKind Kind, string Name);

/// <summary>The kinds of places where a host keeps what only a build may read.</summary>
public enum SecretSourceKind
{
    /// <summary>A variable of the publish's environment.</summary>
    EnvironmentVariable,

    /// <summary>A file outside the build context: absolute, relative to the project's folder, or <c>~/…</c>.</summary>
    HostFile,

    /// <summary>A file below the context's root, relative to it; the engine sees it as a secret only, not as a part of the context.</summary>
    ContextFile,

    /// <summary>The bundle of the certificates that the host itself trusts.</summary>
    HostCertificates,
}
