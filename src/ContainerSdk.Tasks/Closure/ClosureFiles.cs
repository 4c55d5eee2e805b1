using System.Collections.Immutable;
using Microsoft.Build.Execution;

namespace ContainerSdk.Tasks.Closure;

/// <summary>
/// The files that an evaluated project names: the items of every type, and the properties that hold the name of one. Whatever else lies in its folder is
/// no part of it.
/// </summary>
internal sealed class ClosureFiles(FolderListings listings, Territory territory, string repository)
{
    private static readonly ImmutableArray<string> FileProperties =
        ["AssemblyOriginatorKeyFile", "ApplicationIcon", "ApplicationManifest", "CodeAnalysisRuleSet", "Win32Manifest", "Win32Resource"];

    // The types whose files are the project's wherever they lie. Of others one may be the machine's: a system library, a certificate.
    private static readonly ImmutableArray<string> SourceTypes = ["Compile", "Content", "None", "EmbeddedResource", "AdditionalFiles"];

    // They count from every folder above a source on; those of the user's home and of the machine's root are not the repository's.
    private static readonly ImmutableArray<string> AnalyzerConfigurations = [".editorconfig", ".globalconfig"];

    /// <summary>The full paths; a file may come more than once.</summary>
    public IEnumerable<string> Of(ProjectInstance project)
    {
        var folder = PathText.OfFolder(project.Directory);
        return project.Items.Where(item => IsUsed(item, folder)).SelectMany(item => Names(item).Select(name => (Name: name, MayBeFar: SourceTypes.Contains(item.ItemType, StringComparer.Ordinal))))
            .Concat(FileProperties.Select(project.GetPropertyValue).Where(name => name.Length > 0).Select(name => (Name: name, MayBeFar: false)))
            .Distinct()
            .Select(file => (Path: FullPath(file.Name, folder), file.MayBeFar))
            .Where(file => IsPart(file.Path) && (file.MayBeFar || PathText.AreNear(file.Path, repository)))
            .Select(file => file.Path);
    }

    // ContainerSdk's own items go their own ways. A nested project's files are None items of the project around it too, unless it is told otherwise.
    private bool IsUsed(ProjectItemInstance item, string folder) => item.ItemType == "None"
        ? !territory.IsOtherProjects(FullPath(item.EvaluatedInclude, folder), folder) || IsCopied(item, "CopyToOutputDirectory") || IsCopied(item, "CopyToPublishDirectory")
        : !item.ItemType.StartsWith("Container", StringComparison.Ordinal);

    private static bool IsCopied(ProjectItemInstance item, string metadata) => item.GetMetadataValue(metadata) is not ("" or "Never");

    private static IEnumerable<string> Names(ProjectItemInstance item) =>
        item.ItemType == "Reference" && item.GetMetadataValue("HintPath") is { Length: > 0 } hint ? [item.EvaluatedInclude, hint] : [item.EvaluatedInclude];

    private bool IsPart(string path) =>
        path.Length > 0 && territory.Holds(path) && listings.HasFile(path)
        && (PathText.IsWithin(path, repository) || !AnalyzerConfigurations.Contains(PathText.NameOf(path), StringComparer.Ordinal));

    // Most items name no file at all, but versions, frameworks and capabilities.
    private static string FullPath(string name, string folder)
    {
        if (name.Contains('\0', StringComparison.Ordinal)) return "";
        var path = name.Replace('\\', '/');
        return path.Contains("./", StringComparison.Ordinal) || path.Contains("//", StringComparison.Ordinal) || Path.IsPathRooted(path) ? PathText.Of(Path.GetFullPath(path, folder)) : folder + path;
    }
}
