using ContainerSdk.Images;
using Microsoft.Build.Framework;

namespace ContainerSdk.Tasks;

/// <summary>The folders that the host's publish was cut into, each as an archive that a Dockerfile unpacks: exact times, owners and modes on every host.</summary>
[MSBuildMultiThreadableTask]
public sealed class PackContainerLayers : ContainerTask
{
    /// <summary>The archives; each is made from the folder of its name without <c>.tar</c>.</summary>
    [Required]
    public string[] Archives { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken cancellation)
    {
        foreach (var archive in Archives.Select(path => Path.GetFullPath(path, ProjectDirectory)))
        {
            var temporary = archive + ".new";
            await using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
                await LayerArchive.WriteAsync(Path.ChangeExtension(archive, null), stream, cancellation);
            File.Move(temporary, archive, overwrite: true);
        }
    }
}
