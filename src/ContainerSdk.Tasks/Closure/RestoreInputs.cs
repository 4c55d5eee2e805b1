using System.Collections.Immutable;
using Microsoft.Build.Execution;

namespace ContainerSdk.Tasks.Closure;

/// <summary>Package sources that are folders: the ones that travel with the repository, with their packages, and the ones that do not.</summary>
internal sealed record FolderFeeds(ImmutableArray<string> Reachable, ImmutableArray<string> Files, ImmutableArray<string> Unreachable);

/// <summary>The files that decide what is restored: projects and what they import, lock files, NuGet configurations, the tool manifest, packages of the repository.</summary>
internal sealed class RestoreInputs
{
    private readonly FolderListings _listings;
    private readonly Territory _territory;
    private readonly ImmutableArray<NuGetConfiguration> _configurations;

    public RestoreInputs(FolderListings listings, Territory territory, ImmutableArray<ProjectInstance> projects)
    {
        (_listings, _territory) = (listings, territory);
        _configurations = [.. projects.SelectMany(Configurations).Distinct(StringComparer.Ordinal).Where(territory.Holds).Select(NuGetConfiguration.Read)];
        Locks = [.. projects.Select(LockOf).OfType<string>().Where(territory.Holds).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Secrets = [.. _configurations.Where(configuration => configuration.HoldsCredentials).Select(configuration => configuration.Path).Order(StringComparer.Ordinal)];
        Files =
        [
            .. projects.SelectMany(project => project.ImportPaths.Prepend(project.FullPath)).Distinct(StringComparer.Ordinal).Where(IsShared).Select(PathText.Of).Where(territory.Holds)
                .Concat(Locks)
                .Concat(_configurations.Where(configuration => !configuration.HoldsCredentials).Select(configuration => configuration.Path))
                .Concat(projects.Select(project => ToolManifest.UsedBy(project, listings, territory)).OfType<string>())
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>The files, but for the packages of <see cref="Feeds"/>.</summary>
    public ImmutableArray<string> Files { get; }

    /// <summary>The lock files among them.</summary>
    public ImmutableArray<string> Locks { get; }

    /// <summary>NuGet configurations that hold credentials; they are none of the files.</summary>
    public ImmutableArray<string> Secrets { get; }

    /// <summary>The folders among <paramref name="packageSources"/>, and those of the configurations, by where they lie.</summary>
    public FolderFeeds Feeds(ImmutableArray<string> packageSources, string repository)
    {
        var folders = packageSources.Where(source => !source.Contains("://", StringComparison.Ordinal)).Select(PathText.OfFolder)
            .Where(folder => !_territory.IsForeign(folder)).ToImmutableArray();
        var packages = folders.Concat(_configurations.SelectMany(configuration => configuration.Folders)).Distinct(StringComparer.Ordinal).Where(folder => PathText.IsWithin(folder, repository))
            .Select(folder => (Folder: folder, Files: Packages(folder))).Where(feed => !feed.Files.IsEmpty).ToImmutableArray();
        return new FolderFeeds(
            [.. packages.Select(feed => feed.Folder)], [.. packages.SelectMany(feed => feed.Files)],
            [.. folders.Except(packages.Select(feed => feed.Folder), StringComparer.Ordinal)]);
    }

    /// <summary>The project's lock file, by NuGet's own order: the property, the file with the project's name, the common name.</summary>
    public string? LockOf(ProjectInstance project)
    {
        var folder = PathText.OfFolder(project.Directory);
        var chosen = project.GetPropertyValue("NuGetLockFilePath");
        string[] places = chosen.Length > 0
            ? [PathText.Of(Path.GetFullPath(chosen.Replace('\\', '/'), project.Directory))]
            : [$"{folder}packages.{Path.GetFileNameWithoutExtension(project.FullPath).Replace(' ', '_')}.lock.json", folder + "packages.lock.json"];
        return places.FirstOrDefault(_listings.HasFile);
    }

    // MSBuild imports App.csproj.user too, which is one person's.
    private static bool IsShared(string import) => !import.EndsWith(".user", StringComparison.OrdinalIgnoreCase);

    // A feed without a package yet still has to be a folder in the builder.
    private ImmutableArray<string> Packages(string folder)
    {
        if (!Directory.Exists(folder)) return [];
        ImmutableArray<string> packages = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(IsOfPackage).Select(PathText.Of)];
        return packages.IsEmpty ? [.. _listings.Of(folder).Keys.Select(name => folder + name).Where(_listings.HasFile)] : packages;
    }

    // Besides the package itself what marks it as complete in a feed that has a folder for each version.
    private static bool IsOfPackage(string file) =>
        file.EndsWith(".nupkg", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".nupkg.sha512", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".nuspec", StringComparison.OrdinalIgnoreCase);

    private IEnumerable<string> Configurations(ProjectInstance project) => project.GetPropertyValue("RestoreConfigFile") is { Length: > 0 } chosen
        ? new[] { PathText.Of(Path.GetFullPath(chosen.Replace('\\', '/'), project.Directory)) }.Where(_listings.HasFile)
        : NuGetConfiguration.Above(PathText.OfFolder(project.Directory), _listings);
}
