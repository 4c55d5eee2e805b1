using System.Globalization;
using ContainerSdk.Plan;
using Microsoft.Build.Evaluation;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ContainerSdk.Tasks;

/// <summary>What other targets and tools read after a publish, out of the plan and the image's facts.</summary>
[MSBuildMultiThreadableTask]
public sealed class ReadContainerResults : ImageTask
{
    /// <summary>One item per name of the image, with its facts as metadata.</summary>
    [Output]
    public ITaskItem[] Images { get; set; } = [];

    /// <summary>The base image: its name, and metadata Registry, Tag and Digest.</summary>
    [Output]
    public ITaskItem? BaseImage { get; set; }

    /// <summary>The image's own environment variables: the name, and metadata Value.</summary>
    [Output]
    public ITaskItem[] EnvironmentVariables { get; set; } = [];

    /// <inheritdoc/>
    protected override async System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var plan = await ReadPlanAsync(cancellation);
        var image = await ImageFile.ReadAsync(FullImagePath, cancellation);
        Images = [.. plan.Destinations.Select(name => Item(name.ToString(),
            ("Id", image.Id),
            ("Manifest", image.Manifest),
            ("ManifestDigest", image.Digest ?? image.Id),
            ("ManifestMediaType", image.MediaType),
            ("Configuration", image.Configuration.ToJsonString()),
            ("Size", image.Size.ToString(CultureInfo.InvariantCulture)),
            ("User", image.User),
            ("Tag", name.Tag),
            ("Archive", image.Archive),
            ("Summary", $"{plan.Name} -> {name}{image.Summary(plan)}")))];
        var basis = plan.Runtime.Image;
        BaseImage = basis is null ? Item("scratch") : Item(basis.Repository, ("Registry", basis.Registry), ("Tag", basis.Tag), ("Digest", basis.Digest));
        EnvironmentVariables = [.. plan.Runtime.Environment.Select(variable => Item(variable.Name, ("Value", variable.Value)))];
    }

    // A TaskItem's constructor takes escaped text.
    private static TaskItem Item(string name, params (string Name, string? Value)[] metadata) =>
        new(ProjectCollection.Escape(name), metadata.ToDictionary(pair => pair.Name, pair => ProjectCollection.Escape(pair.Value ?? ""), StringComparer.Ordinal));
}
