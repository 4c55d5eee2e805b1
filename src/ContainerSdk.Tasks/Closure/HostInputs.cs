using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Build.Execution;

namespace ContainerSdk.Tasks.Closure;

/// <summary>
/// One hash over what decides a compilation on this machine: what MSBuild evaluates the projects to, the packages restored for them, and every file of
/// their folders. A file counts as changed by its time and length, as it does for MSBuild; what is imported, and what was restored, by its content.
/// </summary>
internal sealed class HostInputs : IDisposable
{
    // What tools keep beside the sources: nothing that is compiled lies there.
    private static readonly ImmutableArray<string> ToolFolders = [".git", ".idea", ".vs", "node_modules"];

    // What nobody may read is no source.
    private static readonly EnumerationOptions Readable = new() { AttributesToSkip = 0, IgnoreInaccessible = true };

    // Where the command was typed decides nothing.
    private static readonly ImmutableArray<string> Incidental = ["MSBuildStartupDirectory"];

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Territory _territory;

    private HostInputs(Territory territory) => _territory = territory;

    public void Dispose() => _hash.Dispose();

    /// <summary>The hash of the projects, of the files, and of <paramref name="options"/>, which the compilation gets besides.</summary>
    public static string Hash(ImmutableArray<ProjectInstance> projects, Territory territory, IEnumerable<string> options)
    {
        using var inputs = new HostInputs(territory);
        // Another version of this assembly may make other layers of the same files.
        inputs.Add(typeof(HostInputs).Assembly.ManifestModule.ModuleVersionId.ToString());
        foreach (var option in options) inputs.Add(option);
        foreach (var project in projects.OrderBy(project => project.FullPath, StringComparer.Ordinal))
        {
            inputs.AddEvaluation(project);
            inputs.AddFiles(project);
        }

        foreach (var folder in territory.ProjectFolders.Order(StringComparer.Ordinal)) inputs.AddFolder(new DirectoryInfo(folder));
        return Convert.ToHexStringLower(inputs._hash.GetHashAndReset());
    }

    private void AddEvaluation(ProjectInstance project)
    {
        // Each environment variable is a property too; what a project makes of one shows in the project's own.
        var environment = Environment.GetEnvironmentVariables().Keys.Cast<string>().Concat(Incidental).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var property in project.Properties.Where(property => !environment.Contains(property.Name) && !IsOfImage(property.Name)).OrderBy(property => property.Name, StringComparer.Ordinal))
            Add($"{property.Name}={Slashed(property.EvaluatedValue)}");
        foreach (var item in project.Items.Where(item => !IsOfImage(item.ItemType)))
        {
            Add($"{item.ItemType}: {Slashed(item.EvaluatedInclude)}");
            foreach (var metadata in item.Metadata.OrderBy(metadata => metadata.Name, StringComparer.Ordinal)) Add($"{metadata.Name}={Slashed(metadata.EvaluatedValue)}");
        }
    }

    // Outside Windows MSBuild turns the slashes of a value that looks like a path, once its first folder exists.
    private static string Slashed(string value) => value.Replace('\\', '/');

    // Properties and items that say how the image is, not how it is compiled.
    private static bool IsOfImage(string name) => name.StartsWith("Container", StringComparison.OrdinalIgnoreCase) || name.StartsWith("_Container", StringComparison.OrdinalIgnoreCase);

    // A foreign file is part of a package or of the SDK, whose version is in its path.
    private void AddFiles(ProjectInstance project)
    {
        foreach (var text in project.ImportPaths.Prepend(project.FullPath).Append(project.GetPropertyValue("ProjectAssetsFile")).Where(path => path.Length > 0 && !_territory.IsForeign(PathText.Of(path))))
            if (_seen.Add(text) && File.Exists(text)) Add(text + "\n" + File.ReadAllText(text));
        foreach (var name in project.Items.Select(item => item.EvaluatedInclude).Where(name => name.Contains('/', StringComparison.Ordinal) || name.Contains('\\', StringComparison.Ordinal)))
        {
            var path = name.Contains('\0', StringComparison.Ordinal) ? "" : Path.GetFullPath(name.Replace('\\', '/'), project.Directory);
            if (path.Length > 0 && !_territory.IsForeign(PathText.Of(path)) && !_territory.ProjectFolders.Any(folder => PathText.IsWithin(PathText.Of(path), folder)) && File.Exists(path)) AddState(new FileInfo(path));
        }
    }

    private void AddFolder(DirectoryInfo folder)
    {
        if (!_seen.Add(PathText.OfFolder(folder.FullName))) return;
        foreach (var entry in folder.EnumerateFileSystemInfos("*", Readable).OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            if (entry is not DirectoryInfo { LinkTarget: null } inner) AddState(entry);
            else if (!ToolFolders.Contains(entry.Name, StringComparer.Ordinal) && !_territory.IsOutput(PathText.OfFolder(entry.FullName))) AddFolder(inner);
        }
    }

    private void AddState(FileSystemInfo entry)
    {
        var file = entry.LinkTarget is { } target ? Followed(entry, target) : entry;
        Add(string.Create(CultureInfo.InvariantCulture, $"{entry.FullName} {(file is FileInfo { Exists: true } existing ? existing.Length : 0)} {file.LastWriteTimeUtc.Ticks}"));
    }

    private FileSystemInfo Followed(FileSystemInfo link, string target)
    {
        Add($"{link.FullName} -> {target}");
        try
        {
            return link.ResolveLinkTarget(returnFinalTarget: true) ?? link;
        }
        catch (IOException)
        {
            // It leads to itself.
            return link;
        }
    }

    // Each part with its length before it, so that no two lists of parts are one text.
    private void Add(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        _hash.AppendData(Encoding.UTF8.GetBytes(bytes.Length.ToString(CultureInfo.InvariantCulture) + ":"));
        _hash.AppendData(bytes);
    }
}
