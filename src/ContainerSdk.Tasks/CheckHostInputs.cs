using ContainerSdk.Diagnostics;
using ContainerSdk.Tasks.Closure;
using Microsoft.Build.Framework;

namespace ContainerSdk.Tasks;

/// <summary>Whether the layers that the host's last publish was cut into are still there and would come out the same, so that nothing needs to be compiled.</summary>
[MSBuildMultiThreadableTask]
public sealed class CheckHostInputs : ContainerTask
{
    /// <summary>Folders whose files are not the user's: the SDK, the package cache.</summary>
    public string[] ForeignFolders { get; set; } = [];

    /// <summary>What the compilation gets besides the projects: its properties.</summary>
    public string[] Options { get; set; } = [];

    /// <summary>The platform that is compiled for.</summary>
    [Required]
    public string RuntimeIdentifier { get; set; } = "";

    /// <summary>The layers' archives.</summary>
    [Required]
    public string[] Archives { get; set; } = [];

    /// <summary>The file that holds the hash of the inputs of the layers that are there.</summary>
    [Required]
    public string RecordPath { get; set; } = "";

    /// <summary>The hash of the inputs as they are now.</summary>
    [Output]
    public string Inputs { get; set; } = "";

    /// <summary>Whether nothing needs to be compiled.</summary>
    [Output]
    public bool UpToDate { get; set; }

    /// <summary>Whether the packages that are restored do not serve the platform.</summary>
    [Output]
    public bool NeedsRestore { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            var projects = ProjectEvaluation.Of(ProjectFile, BuildEngine, cancellation);
            var territory = new Territory(new FolderListings(), ForeignFolders.Where(folder => folder.Length > 0).Select(folder => PathText.OfFolder(Path.GetFullPath(folder, ProjectDirectory))), projects);
            Inputs = HostInputs.Hash(projects, territory, Options);
            NeedsRestore = !projects.All(project => RestoredPackages.Serve(project, territory, RuntimeIdentifier, isPublished: project.FullPath == ProjectFile));
        }
        catch (Exception e) when (ProjectEvaluation.Problem(e) is { } problem)
        {
            Report(new Diagnostic(Descriptors.ProjectUnreadable, [Path.GetFileName(ProjectFile), problem]));
            return;
        }

        var record = Path.GetFullPath(RecordPath, ProjectDirectory);
        UpToDate = File.Exists(record) && (await GeneratedFile.ReadAsync(record, cancellation)).TrimEnd() == Inputs && Archives.All(archive => File.Exists(Path.GetFullPath(archive, ProjectDirectory)));
    }
}
