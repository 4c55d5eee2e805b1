using System.Collections.Immutable;
using ContainerSdk.Images;
using ContainerSdk.Plan;

namespace ContainerSdk.Dockerfiles;

/// <summary>A Dockerfile before it is text: every value is still plain, nothing is quoted.</summary>
public sealed record DockerfileDocument(ImmutableArray<DockerfileStage> Stages);

/// <summary>A stage: its base, its lower-case name, and its instructions.</summary>
public sealed record DockerfileStage(StageBase Base, string Name, ImmutableArray<Instruction> Instructions);

/// <summary>What a stage starts from; the hierarchy is closed.</summary>
public abstract record StageBase
{
    private StageBase()
    {
    }

    /// <summary>Nothing.</summary>
    public sealed record Scratch : StageBase;

    /// <summary>An image for the platform that is built.</summary>
    public sealed record Image(ImageReference Reference) : StageBase;

    /// <summary>An image for the machine that builds.</summary>
    public sealed record BuildMachineImage(ImageReference Reference) : StageBase;

    /// <summary>An earlier stage: <paramref name="Prefix"/> and the architecture that is built, as the engine calls it.</summary>
    public sealed record ByArchitecture(string Prefix) : StageBase;
}

/// <summary>One instruction; the hierarchy is closed.</summary>
public abstract record Instruction
{
    private Instruction()
    {
    }

    /// <summary>ENV.</summary>
    public sealed record Env(string Name, string Value) : Instruction;

    /// <summary>LABEL.</summary>
    public sealed record Label(string Name, string Value) : Instruction;

    /// <summary>WORKDIR.</summary>
    public sealed record Workdir(ContainerPath Path) : Instruction;

    /// <summary>COPY; <paramref name="From"/> is a stage's name, or null for the build context. Sources are taken literally, never as patterns.</summary>
    public sealed record Copy(string? From, ImmutableArray<string> Sources, string Target, CopyOptions Options) : Instruction
    {
        /// <summary>Whose the files are; null leaves it to <see cref="Options"/> and the engine.</summary>
        public ImageUser? Owner { get; init; }

        /// <summary>The files' mode; null leaves the sources' own.</summary>
        public AccessMode? Mode { get; init; }
    }

    /// <summary>ADD of a tar archive in the build context, which the engine unpacks with the archive's own times and modes.</summary>
    public sealed record Unpack(string Archive, string Target, CopyOptions Options) : Instruction;

    /// <summary>RUN without a shell.</summary>
    public sealed record Run(ImmutableArray<string> Words, ImmutableArray<CacheMount> Caches) : Instruction
    {
        /// <summary>What it may read and the layer does not keep.</summary>
        public ImmutableArray<SecretMount> Secrets { get; init; } = [];
    }

    /// <summary>RUN through the image's shell; the text is the product's own and holds no user value that was not checked against a pattern.</summary>
    public sealed record RunShell(string Text) : Instruction
    {
        /// <summary>What it may read and the layer does not keep.</summary>
        public ImmutableArray<SecretMount> Secrets { get; init; } = [];
    }

    /// <summary>EXPOSE.</summary>
    public sealed record Expose(Port Port) : Instruction;

    /// <summary>VOLUME.</summary>
    public sealed record Volume(ContainerPath Path) : Instruction;

    /// <summary>HEALTHCHECK; a check without a command is NONE.</summary>
    public sealed record Health(HealthCheck Check) : Instruction;

    /// <summary>STOPSIGNAL.</summary>
    public sealed record Stop(StopSignal Signal) : Instruction;

    /// <summary>USER.</summary>
    public sealed record User(ImageUser Name) : Instruction;

    /// <summary>ENTRYPOINT.</summary>
    public sealed record Entrypoint(ImmutableArray<string> Words) : Instruction;

    /// <summary>CMD.</summary>
    public sealed record Cmd(ImmutableArray<string> Words) : Instruction;
}

/// <summary>A secret of the engine while one RUN lasts.</summary>
/// <param name="Id">What the engine knows it by.</param>
/// <param name="Target">The file that holds it; null if there is none.</param>
/// <param name="Variable">The variable that holds it, which only newer frontends can set; null if there is none.</param>
/// <param name="Required">Whether the step fails where the engine was given none.</param>
public sealed record SecretMount(string Id, ContainerPath? Target, string? Variable, bool Required)
{
    /// <summary>The file's mode; null leaves the engine's, which only root can read.</summary>
    public string? Mode { get; init; }
}

/// <summary>The flags of a COPY.</summary>
[Flags]
public enum CopyOptions
{
    /// <summary>Owner and cache behaviour as the engine has them.</summary>
    None = 0,

    /// <summary>Owned by root whatever the source says.</summary>
    RootOwned = 1,

    /// <summary>A layer of its own, independent of those below it.</summary>
    Linked = 2,
}
