using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ContainerSdk.Images;

namespace ContainerSdk.Plan;

/// <summary>The image that ships: a base, layers of finished files, and how to run them.</summary>
public sealed record RuntimeStage
{
    /// <summary>The base image; null is <c>scratch</c>.</summary>
    public ImageReference? Image { get; init; }

    /// <summary>
    /// Where the base image is read from, if not from its registry: an OCI layout's folder or an image archive, relative to the project's folder, or <c>docker:</c> or <c>podman:</c> for that engine's store. Only an engine that has no store of its own reads it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ImagePath { get; init; }

    /// <summary>The account that the process runs under; null where nothing has to be made for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Account? Account { get; init; }

    /// <summary>What is done before the layers, in order: packages, files, commands, folders.</summary>
    public ImmutableArray<RuntimeStep> Preparation { get; init; } = [];

    /// <summary>The application's files, the rarest change first.</summary>
    public required ImmutableArray<AppLayer> Layers { get; init; }

    /// <summary>What is done after the layers, in order.</summary>
    public ImmutableArray<RuntimeStep> Completion { get; init; } = [];

    /// <summary>The process's current folder.</summary>
    public required ContainerPath WorkingDirectory { get; init; }

    /// <summary>Variables, in the order given.</summary>
    public required ImmutableArray<EnvironmentVariable> Environment { get; init; }

    /// <summary>Labels, sorted by name.</summary>
    public required ImmutableArray<Label> Labels { get; init; }

    /// <summary>Ports, sorted.</summary>
    public required ImmutableArray<Port> Ports { get; init; }

    /// <summary>Folders whose content outlives the container, sorted.</summary>
    public ImmutableArray<ContainerPath> Volumes { get; init; } = [];

    /// <summary>The health check; null leaves the base image's.</summary>
    public HealthCheck? HealthCheck { get; init; }

    /// <summary>The signal that asks the process to end; null leaves the base image's.</summary>
    public StopSignal? StopSignal { get; init; }

    /// <summary>Who runs it.</summary>
    public required ImageUser User { get; init; }

    /// <summary>The words of ENTRYPOINT; empty leaves the base image's.</summary>
    public required ImmutableArray<string> Entrypoint { get; init; }

    /// <summary>Whether the base image's entrypoint is taken away where <see cref="Entrypoint"/> is empty.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool DropsBaseEntrypoint { get; init; }

    /// <summary>The words of CMD; empty leaves it unset.</summary>
    public required ImmutableArray<string> Command { get; init; }
}

/// <summary>One layer: what lands in a folder of the image, owned by root.</summary>
/// <param name="From">A folder of the builder stage, whose content it is; if there is no builder, a tar archive in the context, relative to its root.</param>
/// <param name="To">The folder in the image.</param>
public sealed record AppLayer(string From, ContainerPath To)
{
    /// <summary>The one of several platforms whose images have it; null is all of them.</summary>
    public Platform? Platform { get; init; }

    /// <summary>Whether the image for <paramref name="platform"/> has it.</summary>
    public bool IsFor(Platform platform) => Platform is null || Platform == platform;
}

/// <summary>A label of the image (OCI image specification, annotations).</summary>
public sealed record Label(string Name, string Value);
