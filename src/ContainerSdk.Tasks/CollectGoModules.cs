using ContainerSdk.Tasks.Closure;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ContainerSdk.Tasks;

/// <summary>Finds what a Go program is made of: the module or the workspace around the project, and the modules that it takes from folders.</summary>
[MSBuildMultiThreadableTask]
public sealed class CollectGoModules : ContainerTask
{
    /// <summary>Whether a <c>go.work</c> around the project counts.</summary>
    public bool TakesWorkspace { get; set; } = true;

    /// <summary>The files that decide which modules are downloaded; none where the project lies in no module.</summary>
    [Output]
    public ITaskItem[] RestoreFiles { get; set; } = [];

    /// <summary>The modules' folders, with a trailing slash.</summary>
    [Output]
    public ITaskItem[] Sources { get; set; } = [];

    /// <summary>The language version of the module or the workspace, <c>1.25</c>; empty where it names none.</summary>
    [Output]
    public string? GoVersion { get; set; }

    /// <summary>The dependencies lie beside the sources, in the folder <c>vendor</c>.</summary>
    [Output]
    public bool IsVendored { get; set; }

    /// <inheritdoc/>
    protected override System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        if (GoModules.Of(ProjectDirectory, TakesWorkspace) is { } modules)
        {
            RestoreFiles = [.. modules.Files.Select(Item)];
            Sources = [.. modules.Folders.Select(Item)];
            (GoVersion, IsVendored) = (modules.Version, modules.IsVendored);
        }

        return System.Threading.Tasks.Task.CompletedTask;
    }

    private static TaskItem Item(string path) => new(Microsoft.Build.Evaluation.ProjectCollection.Escape(path));
}
