using System.Collections.Immutable;
using ContainerSdk.Images;

namespace ContainerSdk.Plan;

/// <summary>
/// What image to build: semantic, immutable, and free of Dockerfile syntax, engines, MSBuild, clock and environment.
/// </summary>
public sealed record BuildPlan
{
    /// <summary>The version of the plan's JSON, described by <c>docs/plan.schema.json</c>.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>See <see cref="CurrentSchemaVersion"/>.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>The project's name, for the summary line.</summary>
    public required string Name { get; init; }

    /// <summary>What the image runs on; several make an image index.</summary>
    public required ImmutableArray<Platform> Platforms { get; init; }

    /// <summary>The files that the engine may see.</summary>
    public required BuildContext Context { get; init; }

    /// <summary>The stages that compile, one for each platform; none if the host has compiled.</summary>
    public required ImmutableArray<BuilderStage> Builders { get; init; }

    /// <summary>The stage that ships.</summary>
    public required RuntimeStage Runtime { get; init; }

    /// <summary>The names that the finished image gets, in order.</summary>
    public required ImmutableArray<ImageReference> Destinations { get; init; }

    /// <summary>Where the image goes beyond the engine's own store; null is nowhere.</summary>
    public Delivery? Delivery { get; init; }

    /// <summary>The format of the image; null leaves it to the engine.</summary>
    public ImageFormat? Format { get; init; }

    /// <summary>What is asked of the finished image.</summary>
    public Verification Verification { get; init; } = new();
}

/// <summary>The build context: everything not included is unknown to the engine.</summary>
public sealed record BuildContext
{
    /// <summary>The context's root, relative to the project's folder: <c>.</c> or <c>../..</c>.</summary>
    public required string Root { get; init; }

    /// <summary>Files, and folders with a trailing slash, relative to the root. <c>./</c> is the root itself.</summary>
    public required ImmutableArray<string> Include { get; init; }

    /// <summary>What is left out of an included folder again.</summary>
    public required ImmutableArray<ContextExclusion> Exclude { get; init; }
}

/// <summary>A pattern below an included folder, in the syntax of a Docker ignore file.</summary>
/// <param name="Folder">Relative to the context's root, with a trailing slash; taken literally.</param>
/// <param name="Pattern">For example <c>**/obj</c>.</param>
public sealed record ContextExclusion(string Folder, string Pattern);
