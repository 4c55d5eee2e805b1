using System.Collections.Immutable;
using ContainerSdk.Diagnostics;
using ContainerSdk.Tasks.Closure;
using Microsoft.Build.Evaluation;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ContainerSdk.Tasks;

/// <summary>
/// Finds what a .NET project is made of, out of MSBuild's own project graph: every project file, every file that one of them imports from the
/// user's folders or names in an item, and what else decides the restore.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class CollectProjectClosure : ContainerTask
{
    // What the command line sets for the host's own run, or what the builder decides by itself.
    private static readonly ImmutableHashSet<string> NotForwarded = ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase,
        "Configuration", "RuntimeIdentifier", "RuntimeIdentifiers", "SelfContained", "PublishDir", "OutputPath", "OutDir", "BaseOutputPath", "BaseIntermediateOutputPath",
        "IntermediateOutputPath", "MSBuildProjectExtensionsPath", "ArtifactsPath", "NoBuild", "PublishProfile", "EnableSdkContainerSupport", "LocalRegistry", "RestoreSources",
        "RestoreConfigFile", "RestorePackagesPath", "CurrentSolutionConfigurationContents", "BuildingSolutionFile", "DeployOnBuild");

    private static readonly ImmutableArray<string> NotForwardedPrefixes = ["_", "Container", "Solution", "MSBuild", "NuGet"];

    /// <summary>Folders whose files are not the user's: the SDK, the package cache.</summary>
    public string[] ForeignFolders { get; set; } = [];

    /// <summary>The root of the build context that the user chose; none if empty.</summary>
    public string? ContextRoot { get; set; }

    /// <summary>The package sources that restore uses.</summary>
    public string[] PackageSources { get; set; } = [];

    /// <summary>
    /// The files that decide what is restored. Metadata <c>Kind</c>: <c>file</c>; <c>lock</c> for a lock file, with <c>Own</c> for this project's; <c>secret</c> for a NuGet configuration that must not be
    /// copied, which is a secret's id with metadata <c>Path</c>; <c>feed</c> for a package source within the repository, with <c>Relative</c>, its path from the project; <c>unreachable</c> for another that is a folder.
    /// </summary>
    [Output]
    public ITaskItem[] RestoreFiles { get; set; } = [];

    /// <summary>Files, and folders with a trailing slash, that are compiled. Metadata <c>Folder</c>: what is copied as a whole, of which the ignore file lets these through.</summary>
    [Output]
    public ITaskItem[] Sources { get; set; } = [];

    /// <summary>Files and folders that are left out of the folders among the sources.</summary>
    [Output]
    public ITaskItem[] Exclusions { get; set; } = [];

    /// <summary>Global properties of this build that the builder needs too: the name, and metadata <c>Value</c> escaped for a command line.</summary>
    [Output]
    public ITaskItem[] ForwardedProperties { get; set; } = [];

    /// <inheritdoc/>
    protected override System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var properties = ((IBuildEngine6)BuildEngine).GetGlobalProperties();
        foreach (var (name, _) in properties.Where(IsSecret))
            Log.LogMessage(MessageImportance.Normal, "The property {0} looks like a secret and is not passed to the builder.", name);
        ForwardedProperties = [.. properties.Where(IsForwarded).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(Forwarded)];
        try
        {
            Describe(ProjectClosure.Of(ProjectEvaluation.Of(ProjectFile, BuildEngine, cancellation), new ClosureSurroundings(
                ProjectFile, [.. ForeignFolders.Where(folder => folder.Length > 0).Select(FullFolder)], Directory.Exists(ContextRoot) ? FullFolder(ContextRoot) : null, [.. PackageSources])));
        }
        catch (Exception e) when (ProjectEvaluation.Problem(e) is { } problem)
        {
            Report(new Diagnostic(Descriptors.ProjectUnreadable, [Path.GetFileName(ProjectFile), problem]));
        }

        return System.Threading.Tasks.Task.CompletedTask;
    }

    private void Describe(ProjectClosure closure)
    {
        foreach (var link in closure.AbsoluteLinks) Report(new Diagnostic(Descriptors.AbsoluteLink, [link, new FileInfo(link).LinkTarget ?? ""]));
        RestoreFiles =
        [
            .. closure.RestoreInputs.Except(closure.Locks).Select(path => Item(path, ("Kind", "file"))),
            .. closure.Locks.Select(path => Item(path, ("Kind", "lock"), ("Own", path == closure.OwnLock ? "true" : "false"))),
            .. closure.Secrets.Select((path, i) => Item($"nuget-config-{i + 1}", ("Kind", "secret"), ("Path", path), ("InContext", "true"))),
            .. closure.Feeds.Select(folder => Item(folder, ("Kind", "feed"), ("Relative", PathText.Of(Path.GetRelativePath(ProjectDirectory, folder))))),
            .. closure.UnreachableFeeds.Select(folder => Item(folder, ("Kind", "unreachable"))),
        ];
        Sources = [.. closure.Sources.Select(source => source.Folder is { } folder ? Item(source.Path, ("Folder", folder)) : Item(source.Path))];
        Exclusions = [.. closure.Exclusions.Select(path => Item(path))];
    }

    private static bool IsForwarded(KeyValuePair<string, string> property) =>
        !NotForwarded.Contains(property.Key) && !NotForwardedPrefixes.Any(prefix => property.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        && !IsSecret(property);

    private static bool IsSecret(KeyValuePair<string, string> property) => Images.Names.LooksSecret(property.Key) || Images.Names.HoldsPassword(property.Value);

    // MSBuild hands out global properties escaped, and a command line takes them so; but there a value also ends at ';' and ','. Item metadata is unescaped once more.
    private static TaskItem Forwarded(KeyValuePair<string, string> property) =>
        new(property.Key, new Dictionary<string, string>
        {
            ["Value"] = string.Concat(property.Value.Select(c => c is '%' ? "%25" : c is ';' or ',' or '$' or '@' or '"' ? $"%25{(int)c:X2}" : c.ToString())),
        });

    private static TaskItem Item(string path, params ReadOnlySpan<(string Name, string Value)> metadata)
    {
        var item = new TaskItem(ProjectCollection.Escape(path));
        foreach (var (name, value) in metadata) item.SetMetadata(name, ProjectCollection.Escape(value));
        return item;
    }

    private string FullFolder(string folder) => PathText.OfFolder(Path.GetFullPath(folder, ProjectDirectory));
}
