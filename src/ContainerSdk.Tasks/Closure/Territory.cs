using System.Collections.Immutable;
using Microsoft.Build.Execution;

namespace ContainerSdk.Tasks.Closure;

/// <summary>Which files are the user's own: not the SDK's, not a package's, and not made by a build.</summary>
internal sealed class Territory
{
    private static readonly ImmutableArray<string> OutputProperties =
        ["BaseOutputPath", "BaseIntermediateOutputPath", "MSBuildProjectExtensionsPath", "OutputPath", "IntermediateOutputPath", "PublishDir"];

    private readonly FolderListings _listings;
    private readonly ImmutableArray<string> _foreign;
    private readonly HashSet<string> _outputs;
    private readonly ILookup<string, string> _outputNames;
    private readonly HashSet<string> _projectFolders;
    private readonly HashSet<string> _ownFolders;
    private readonly Dictionary<string, bool> _known = new(StringComparer.Ordinal);

    public Territory(FolderListings listings, IEnumerable<string> foreignFolders, ImmutableArray<ProjectInstance> projects)
    {
        _listings = listings;
        _foreign = [.. foreignFolders.Distinct(StringComparer.Ordinal)];
        _projectFolders = projects.Select(project => PathText.OfFolder(project.Directory)).ToHashSet(StringComparer.Ordinal);
        _outputs = projects.SelectMany(Outputs).Where(output => !_projectFolders.Any(folder => PathText.IsWithin(folder, output))).ToHashSet(StringComparer.Ordinal);
        _outputNames = _outputs.ToLookup(PathText.FolderOf, PathText.NameOf, StringComparer.Ordinal);
        _ownFolders = projects.SelectMany(project => project.ImportPaths).Distinct(StringComparer.Ordinal).Select(PathText.Of).Where(Holds).Select(PathText.FolderOf)
            .Concat(_projectFolders).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The projects' folders.</summary>
    public IReadOnlyCollection<string> ProjectFolders => _projectFolders;

    public bool Holds(string path) => HoldsFolder(PathText.FolderOf(path));

    public bool IsForeign(string path) => _foreign.Any(folder => PathText.IsWithin(path, folder));

    /// <summary>Whether a build fills the folder: a project of the closure says so, or it is another project's bin or obj.</summary>
    public bool IsOutput(string folder) => _outputs.Contains(folder)
        || (PathText.NameOf(folder) is "bin" or "obj" && !_projectFolders.Contains(PathText.FolderOf(folder)) && _listings.HasProjectFile(PathText.FolderOf(folder)));

    /// <summary>The names of the folders in <paramref name="folder"/> that builds fill, whether or not they exist.</summary>
    public IEnumerable<string> OutputsIn(string folder) => _outputNames[folder];

    /// <summary>Whether, on the way from a project's folder down to the file, another project begins that is not part of the closure.</summary>
    public bool IsOtherProjects(string path, string projectFolder) => PathText.Upwards(PathText.FolderOf(path))
        .TakeWhile(folder => folder.Length > projectFolder.Length && PathText.IsWithin(folder, projectFolder))
        .Any(folder => !_ownFolders.Contains(folder) && _listings.HasProjectFile(folder));

    private bool HoldsFolder(string folder)
    {
        if (_known.TryGetValue(folder, out var known)) return known;
        return _known[folder] = !IsForeign(folder) && !IsOutput(folder) && (folder.Length <= 1 || HoldsFolder(PathText.FolderOf(folder)));
    }

    private static IEnumerable<string> Outputs(ProjectInstance project) =>
        OutputProperties.Select(project.GetPropertyValue).Append(project.GetPropertyValue("UseArtifactsOutput") == "true" ? project.GetPropertyValue("ArtifactsPath") : "")
            .Where(path => path.Length > 0).Select(path => PathText.OfFolder(Path.GetFullPath(path.Replace('\\', '/'), project.Directory)));
}
