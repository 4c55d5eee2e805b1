using System.Collections.Immutable;
using ContainerSdk.Images;

namespace ContainerSdk.Plan;

/// <summary>The toolchain recipe: what is needed to compile, in the order of how rarely it changes.</summary>
public sealed record BuilderStage
{
    /// <summary>The platform that it compiles for.</summary>
    public required Platform Platform { get; init; }

    /// <summary>The machine that it runs on.</summary>
    public required BuilderMachine Machine { get; init; }

    /// <summary>The image that holds the compiler.</summary>
    public required ImageReference Image { get; init; }

    /// <summary>OS packages that the image lacks, or null.</summary>
    public PackageInstallation? Packages { get; init; }

    /// <summary>The environment of restore and build; none of it reaches the runtime stage.</summary>
    public required ImmutableArray<EnvironmentVariable> Environment { get; init; }

    /// <summary>Where the context's root is laid out.</summary>
    public required ContainerPath Root { get; init; }

    /// <summary>The project's folder below <see cref="Root"/>: where the commands run.</summary>
    public required ContainerPath WorkingDirectory { get; init; }

    /// <summary>Files that go to a fixed place before restore.</summary>
    public required ImmutableArray<PlacedFile> Files { get; init; }

    /// <summary>Context files that decide what is restored, and nothing else.</summary>
    public required ImmutableArray<string> RestoreInputs { get; init; }

    /// <summary>The words of the restore command; empty if there is none.</summary>
    public required ImmutableArray<string> RestoreCommand { get; init; }

    /// <summary>Context files and folders (with a trailing slash) that are compiled.</summary>
    public required ImmutableArray<string> Sources { get; init; }

    /// <summary>The words of the build command.</summary>
    public required ImmutableArray<string> BuildCommand { get; init; }

    /// <summary>Texts for the image's shell, in order within each moment.</summary>
    public ImmutableArray<BuilderRun> Runs { get; init; } = [];

    /// <summary>Folders that outlive a build, mounted while restore and build run.</summary>
    public required ImmutableArray<CacheMount> Caches { get; init; }

    /// <summary>What restore and build may read, and nothing keeps.</summary>
    public required ImmutableArray<BuildSecret> Secrets { get; init; }

    /// <summary>The certificates that restore, build and the installation of packages trust, mounted as a secret; null leaves the image's own.</summary>
    public BuildSecret? Certificates { get; init; }
}

/// <summary>Where a builder stage runs.</summary>
public enum BuilderMachine
{
    /// <summary>Natively on the machine that builds, whatever the platform of the image: the compiler can make code for another.</summary>
    Build,

    /// <summary>On the image's own platform, emulated if need be.</summary>
    Target,
}

/// <summary>A context file or folder (with a trailing slash), and its absolute place in a stage.</summary>
public sealed record PlacedFile(string Source, string Target);

/// <summary>A cache that is shared by all builds which use its id.</summary>
public sealed record CacheMount(string Id, ContainerPath Target);

/// <summary>A text that the builder's shell reads at a moment.</summary>
public sealed record BuilderRun(BuilderMoment When, string Text);

/// <summary>A place in the builder's recipe, in the recipe's order.</summary>
public enum BuilderMoment
{
    /// <summary>Before any of the project's files is there.</summary>
    BeforeRestore,

    /// <summary>With what was restored, before the sources are there.</summary>
    AfterRestore,

    /// <summary>With the sources.</summary>
    BeforeBuild,

    /// <summary>With what was built.</summary>
    AfterBuild,
}

/// <summary>A variable of a process's environment.</summary>
public sealed record EnvironmentVariable(string Name, string Value);

/// <summary>OS packages and the tool that installs them.</summary>
public sealed record PackageInstallation(PackageManager Manager, ImmutableArray<OsPackage> Packages);

/// <summary>A package, at a version or at the newest one.</summary>
public sealed record OsPackage(string Name, string? Version);

/// <summary>The package manager of a base image's family.</summary>
public enum PackageManager
{
    /// <summary>Debian and Ubuntu.</summary>
    Apt,

    /// <summary>Alpine.</summary>
    Apk,

    /// <summary>Azure Linux.</summary>
    Tdnf,
}
