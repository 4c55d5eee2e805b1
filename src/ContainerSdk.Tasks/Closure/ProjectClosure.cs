using System.Collections.Immutable;
using Microsoft.Build.Execution;

namespace ContainerSdk.Tasks.Closure;

/// <summary>Where the closure lies, and what is known of the machine around it.</summary>
/// <param name="ProjectFile">The project that is published.</param>
/// <param name="ForeignFolders">Folders whose files are not the user's.</param>
/// <param name="ContextRoot">The root that the user chose; null if none.</param>
/// <param name="PackageSources">The package sources of the project that is published, folders and addresses.</param>
internal sealed record ClosureSurroundings(string ProjectFile, ImmutableArray<string> ForeignFolders, string? ContextRoot, ImmutableArray<string> PackageSources);

/// <summary>The files that a project and all that it refers to are made of.</summary>
internal sealed record ProjectClosure
{
    /// <summary>What decides the restore, sorted.</summary>
    public required ImmutableArray<string> RestoreInputs { get; init; }

    /// <summary>Those of them that lock the packages' versions.</summary>
    public required ImmutableArray<string> Locks { get; init; }

    /// <summary>The lock file of the project that is published; null if it has none.</summary>
    public required string? OwnLock { get; init; }

    /// <summary>NuGet configurations with credentials, which no one copies.</summary>
    public required ImmutableArray<string> Secrets { get; init; }

    /// <summary>Package sources that are folders of the repository.</summary>
    public required ImmutableArray<string> Feeds { get; init; }

    /// <summary>Package sources that are folders of this machine, out of a builder's reach.</summary>
    public required ImmutableArray<string> UnreachableFeeds { get; init; }

    /// <summary>What is compiled.</summary>
    public required ImmutableArray<SourceEntry> Sources { get; init; }

    /// <summary>What is left out of the folders among the sources.</summary>
    public required ImmutableArray<string> Exclusions { get; init; }

    /// <summary>Symbolic links that a builder cannot follow.</summary>
    public required ImmutableArray<string> AbsoluteLinks { get; init; }

    /// <summary>The closure of evaluated projects.</summary>
    public static ProjectClosure Of(ImmutableArray<ProjectInstance> projects, ClosureSurroundings surroundings)
    {
        var listings = new FolderListings();
        var territory = new Territory(listings, surroundings.ForeignFolders, projects);
        var restore = new RestoreInputs(listings, territory, projects);
        var repository = surroundings.ContextRoot ?? RepositoryOf(territory) ?? PathText.CommonFolder(territory.ProjectFolders.Concat(restore.Files));
        var feeds = restore.Feeds(surroundings.PackageSources, repository);
        var inputs = restore.Files.Concat(feeds.Files).ToHashSet(StringComparer.Ordinal);

        var links = new LinkResolver(listings, PathText.CommonFolder(territory.ProjectFolders.Append(repository)));
        var files = new ClosureFiles(listings, territory, repository);
        var sources = projects.SelectMany(project => files.Of(project).Append(PathText.Of(project.FullPath))).Distinct(StringComparer.Ordinal).Except(restore.Secrets, StringComparer.Ordinal)
            .Select(links.File).OfType<string>().ToHashSet(StringComparer.Ordinal);
        sources.UnionWith(inputs.Select(path => (Path: path, Target: links.File(path))).Where(input => input.Target is not null && input.Target != input.Path).Select(input => input.Target!));
        sources.UnionWith(links.Links);
        var folders = territory.ProjectFolders.Select(links.Folder).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var (entries, exclusions) = new SourceScopes(listings, territory, repository).Select(folders, sources, inputs);
        return new ProjectClosure
        {
            RestoreInputs = [.. inputs.Order(StringComparer.Ordinal)],
            Locks = restore.Locks,
            OwnLock = projects.Where(project => project.FullPath == surroundings.ProjectFile).Select(restore.LockOf).FirstOrDefault(),
            Secrets = restore.Secrets,
            Feeds = feeds.Reachable,
            UnreachableFeeds = feeds.Unreachable,
            Sources = entries,
            Exclusions = [.. exclusions.Concat(restore.Secrets).Distinct(StringComparer.Ordinal)],
            AbsoluteLinks = [.. links.Absolute],
        };
    }

    private static string? RepositoryOf(Territory territory) =>
        PathText.Upwards(PathText.CommonFolder(territory.ProjectFolders)).FirstOrDefault(folder => Path.Exists(folder + ".git"));
}
