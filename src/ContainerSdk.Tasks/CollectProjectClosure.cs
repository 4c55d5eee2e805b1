using System.Collections.Immutable;
using ContainerSdk.Diagnostics;
using Microsoft.Build.Evaluation;
using Microsoft.Build.Exceptions;
using Microsoft.Build.Execution;
using Microsoft.Build.Framework;
using Microsoft.Build.Graph;
using Microsoft.Build.Utilities;

namespace ContainerSdk.Tasks;

/// <summary>
/// Finds what a .NET project is made of, out of MSBuild's own project graph: every project file, every file that one of them imports from the
/// user's folders, the folders of the projects, and the files that they name elsewhere.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class CollectProjectClosure : ContainerTask
{
    // What the command line sets for the host's own run, or what the builder decides by itself.
    private static readonly ImmutableHashSet<string> NotForwarded = ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase,
        "Configuration", "RuntimeIdentifier", "RuntimeIdentifiers", "SelfContained", "PublishDir", "OutputPath", "OutDir", "BaseOutputPath", "BaseIntermediateOutputPath",
        "IntermediateOutputPath", "MSBuildProjectExtensionsPath", "ArtifactsPath", "NoBuild", "PublishProfile", "EnableSdkContainerSupport", "LocalRegistry", "RestoreSources",
        "RestoreConfigFile", "RestorePackagesPath", "CurrentSolutionConfigurationContents", "BuildingSolutionFile", "DeployOnBuild");

    private static readonly ImmutableArray<string> FileItems = ["Compile", "Content", "None", "EmbeddedResource", "AdditionalFiles"];

    private static readonly ImmutableArray<string> OutputProperties = ["BaseOutputPath", "BaseIntermediateOutputPath", "MSBuildProjectExtensionsPath"];

    private static readonly ImmutableArray<string> NotForwardedPrefixes = ["_", "Container", "Solution", "MSBuild", "NuGet"];

    /// <summary>Folders whose files are not the user's: the SDK, the package cache.</summary>
    public string[] ForeignFolders { get; set; } = [];

    /// <summary>The files that decide what is restored.</summary>
    [Output]
    public ITaskItem[] RestoreFiles { get; set; } = [];

    /// <summary>The folders of the projects, each with a trailing slash, and the files outside them that the projects name.</summary>
    [Output]
    public ITaskItem[] Sources { get; set; } = [];

    /// <summary>The projects' own output folders: a project's folder, and metadata <c>Pattern</c>.</summary>
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
        using var collection = new ProjectCollection(properties.ToDictionary(StringComparer.OrdinalIgnoreCase));
        try
        {
            var graph = new ProjectGraph([new ProjectGraphEntryPoint(ProjectFile, collection.GlobalProperties)], collection, null, 1, cancellation);
            Describe([.. graph.ProjectNodes.Select(node => node.ProjectInstance)]);
        }
        catch (Exception e) when ((e is AggregateException { InnerExceptions: [var first, ..] } ? first : e) is InvalidProjectFileException or CircularDependencyException)
        {
            Report(new Diagnostic(Descriptors.ProjectUnreadable, [Path.GetFileName(ProjectFile), (e.InnerException ?? e).Message.Trim().TrimEnd('.')]));
        }

        return System.Threading.Tasks.Task.CompletedTask;
    }

    private void Describe(ImmutableArray<ProjectInstance> projects)
    {
        ImmutableArray<string> foreign = [.. ForeignFolders.Concat(projects.Select(project => project.GetPropertyValue("MSBuildProjectExtensionsPath")))
            .Where(folder => folder.Length > 0).Select(folder => Folder(Path.GetFullPath(folder, ProjectDirectory))).Distinct(StringComparer.Ordinal)];
        RestoreFiles = [.. projects
            .SelectMany(project => project.ImportPaths.Prepend(project.FullPath).Append(Path.Combine(project.Directory, "packages.lock.json")).Where(File.Exists))
            .Select(Slashes)
            .Where(path => !foreign.Any(folder => path.StartsWith(folder, StringComparison.Ordinal)))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(Item)];
        ImmutableArray<string> folders = [.. projects.Select(project => Folder(project.Directory)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var top = RepositoryFolder(ProjectDirectory) ?? Folder(ProjectDirectory);
        var linked = projects.SelectMany(Files)
            .Concat(projects.SelectMany(project => Files(project, "EditorConfigFiles").Concat(Files(project, "GlobalAnalyzerConfigFiles"))).Where(path => path.StartsWith(top, StringComparison.Ordinal)))
            .Where(path => !folders.Concat(foreign).Any(folder => path.StartsWith(folder, StringComparison.Ordinal)) && File.Exists(path));
        Sources = [.. folders.Concat(linked.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)).Select(Item)];
        Exclusions = [.. projects.SelectMany(Outputs).DistinctBy(item => (item.ItemSpec, item.GetMetadata("Pattern")))];
    }

    private static IEnumerable<string> Files(ProjectInstance project) => FileItems.SelectMany(kind => Files(project, kind));

    private static IEnumerable<string> Files(ProjectInstance project, string kind) =>
        project.GetItems(kind).Select(item => Slashes(item.GetMetadataValue("FullPath")));

    // What MSBuild's own globs leave out; a folder of the same name deeper down may hold sources.
    private static IEnumerable<ITaskItem> Outputs(ProjectInstance project) =>
        from name in OutputProperties
        let path = project.GetPropertyValue(name).Replace('\\', '/')
        where path.Length > 0
        let relative = Slashes(Path.GetRelativePath(project.Directory, Path.GetFullPath(path, project.Directory)))
        where relative != "." && !relative.StartsWith("..", StringComparison.Ordinal)
        select (ITaskItem)new TaskItem(ProjectCollection.Escape(Folder(project.Directory)), new Dictionary<string, string> { ["Pattern"] = ProjectCollection.Escape(relative.TrimEnd('/')) });

    private static string? RepositoryFolder(string folder)
    {
        var current = folder;
        while (current is not null && !Path.Exists(Path.Combine(current, ".git"))) current = Path.GetDirectoryName(current);
        return current is null ? null : Folder(current);
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

    private static TaskItem Item(string path) => new(ProjectCollection.Escape(path));

    private static string Folder(string path) => Slashes(path) is var text && text.EndsWith('/') ? text : text + "/";

    private static string Slashes(string path) => OperatingSystem.IsWindows() ? path.Replace('\\', '/') : path;
}
