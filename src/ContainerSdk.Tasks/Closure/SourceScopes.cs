using System.Collections.Immutable;
using ContainerSdk.Planning;

namespace ContainerSdk.Tasks.Closure;

/// <summary>A file or a folder (with a trailing slash) of the sources, and the folder that is copied for it, if that is not itself.</summary>
internal sealed record SourceEntry(string Path, string? Folder);

/// <summary>
/// The folders whose sources are selected each on its own: the projects', and beside them those that hold linked files. No folder above a project is one.
/// </summary>
internal sealed class SourceScopes(FolderListings listings, Territory territory, string repository)
{
    /// <summary>The shortest selection of <paramref name="sources"/>; <paramref name="restoreInputs"/> are copied anyway.</summary>
    public (ImmutableArray<SourceEntry> Sources, ImmutableArray<string> Exclusions) Select(IReadOnlyCollection<string> projectFolders, IReadOnlySet<string> sources, IReadOnlySet<string> restoreInputs)
    {
        var projects = projectFolders.Where(folder => !projectFolders.Any(outer => outer.Length < folder.Length && PathText.IsWithin(folder, outer))).ToHashSet(StringComparer.Ordinal);
        var above = projects.SelectMany(folder => PathText.Upwards(PathText.FolderOf(folder))).ToHashSet(StringComparer.Ordinal);
        var scopes = sources.ToLookup(path => ScopeOf(path, projects, above), StringComparer.Ordinal);
        var alone = scopes[""].Where(path => !restoreInputs.Contains(path)).Select(path => new SourceEntry(path, null));
        var roots = scopes.Select(scope => scope.Key).Where(folder => folder.Length > 0).Order(StringComparer.Ordinal).ToImmutableArray();
        var trees = roots.ToDictionary(folder => folder, _ => new Branch(), StringComparer.Ordinal);
        foreach (var path in sources.Concat(restoreInputs))
            if (ScopeOf(path, projects, above) is var scope && trees.TryGetValue(scope, out var tree)) tree.Add(path.AsSpan(scope.Length));
        var selections = roots.Select(folder => (Folder: folder, Selection: SourceSelection.Of(Described(folder, trees[folder])))).ToImmutableArray();
        return (
        [
            .. selections.SelectMany(scope => scope.Selection.Include.Where(path => projects.Contains(scope.Folder) || !restoreInputs.Contains(path))
                    .Select(path => new SourceEntry(path, projects.Contains(scope.Folder) && path != scope.Folder ? scope.Folder : null)))
                .Concat(alone).OrderBy(entry => entry.Path, StringComparer.Ordinal),
        ], [.. selections.SelectMany(scope => scope.Selection.Exclude)]);
    }

    // The project's folder; or for a linked file the topmost folder of the repository that holds no project; or nothing, for a file that lies above a project.
    private string ScopeOf(string path, HashSet<string> projects, HashSet<string> above)
    {
        var (scope, found) = ("", false);
        foreach (var folder in PathText.Upwards(PathText.FolderOf(path)))
        {
            if (projects.Contains(folder)) return folder;
            found |= above.Contains(folder) || folder == repository;
            if (!found && (scope.Length == 0 || PathText.IsWithin(folder, repository))) scope = folder;
        }

        return scope;
    }

    private SourceFolder Described(string folder, Branch branch)
    {
        var outputs = territory.OutputsIn(folder).ToHashSet(StringComparer.Ordinal);
        var inner = branch.Folders.Keys.ToHashSet(StringComparer.Ordinal);
        return new SourceFolder
        {
            Path = folder,
            Files = [.. branch.Files],
            Strangers = [.. listings.Of(folder).Keys.Where(name => !branch.Files.Contains(name) && !inner.Contains(name) && !outputs.Contains(name) && IsOneLine(name)).Order(StringComparer.Ordinal)],
            Outputs = [.. outputs.Order(StringComparer.Ordinal)],
            Folders = [.. branch.Folders.Select(pair => Described($"{folder}{pair.Key}/", pair.Value))],
        };
    }

    // What no line of an ignore file can name is let through: a stray file, which nothing reads.
    private static bool IsOneLine(string name) => !name.Any(char.IsControl);

    private sealed class Branch
    {
        public SortedSet<string> Files { get; } = new(StringComparer.Ordinal);

        public SortedDictionary<string, Branch> Folders { get; } = new(StringComparer.Ordinal);

        public void Add(ReadOnlySpan<char> path)
        {
            var slash = path.IndexOf('/');
            if (slash < 0)
            {
                Files.Add(path.ToString());
                return;
            }

            var name = path[..slash].ToString();
            if (!Folders.TryGetValue(name, out var folder)) Folders[name] = folder = new Branch();
            folder.Add(path[(slash + 1)..]);
        }
    }
}
