using ContainerSdk.Diagnostics;
using ContainerSdk.Tasks.Closure;
using Microsoft.Build.Evaluation;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ContainerSdk.Tasks;

/// <summary>Finds what a Go program is made of: the module or the workspace around the project, and the modules that it takes from folders.</summary>
[MSBuildMultiThreadableTask]
public sealed class CollectGoModules : ContainerTask
{
    /// <summary>The value of <c>ContainerGoWorkspace</c>: whether a <c>go.work</c> around the project counts; it does if this is empty.</summary>
    public string? TakesWorkspace { get; set; }

    /// <summary>The files that decide which modules are downloaded; none where the project lies in no module.</summary>
    [Output]
    public ITaskItem[] RestoreFiles { get; set; } = [];

    /// <summary>What is compiled: the modules' folders with a trailing slash, and files beside them.</summary>
    [Output]
    public ITaskItem[] Sources { get; set; } = [];

    /// <summary>The language version of the workspace or the module, <c>1.25</c>; empty where neither names one.</summary>
    [Output]
    public string? GoVersion { get; set; }

    /// <summary>The dependencies lie beside the sources, in the folder <c>vendor</c>.</summary>
    [Output]
    public bool IsVendored { get; set; }

    /// <inheritdoc/>
    protected override System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var takesWorkspace = true;
        if (!string.IsNullOrWhiteSpace(TakesWorkspace) && !bool.TryParse(TakesWorkspace, out takesWorkspace))
            Report(new Diagnostic(Descriptors.InvalidBoolean, ["ContainerGoWorkspace", TakesWorkspace]));
        if (((takesWorkspace ? GoModules.OfWorkspace(ProjectDirectory) : null) ?? GoModules.OfModule(ProjectDirectory)) is { } modules)
        {
            RestoreFiles = [.. modules.RestoreFiles.Select(Item)];
            Sources = [.. modules.Sources.Select(Item)];
            (GoVersion, IsVendored) = (modules.Version, modules.IsVendored);
        }

        return System.Threading.Tasks.Task.CompletedTask;
    }

    private static TaskItem Item(string path) => new(ProjectCollection.Escape(path));
}
