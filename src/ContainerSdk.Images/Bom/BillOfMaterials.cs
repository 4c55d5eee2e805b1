using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ContainerSdk.Images.Inspection;
using ContainerSdk.Images.Layers;
using ContainerSdk.Images.Oci;

namespace ContainerSdk.Images.Bom;

/// <summary>Everything in an image that somebody gave a name and a version.</summary>
/// <param name="Components">Sorted by <see cref="BomComponent.Reference"/>, each once.</param>
public sealed partial record BillOfMaterials(ImmutableArray<BomComponent> Components)
{
    // Far more than any system has; an image that names more wants its reader's memory.
    private const int MaxNamed = 100_000;

    /// <summary>What <paramref name="image"/> says of itself, and packages that were compiled into its application, where nothing tells of them any more.</summary>
    /// <param name="image">The image.</param>
    /// <param name="compiled">See <see cref="NuGetPackages.OfAssets"/>.</param>
    /// <exception cref="InvalidImageException">It names more than 100000 parts.</exception>
    public static BillOfMaterials Of(InspectedImage image, ImmutableArray<NuGetPackage> compiled)
    {
        var ofBase = ComponentsOf(image.BaseFiles).Select(component => component.Reference).ToHashSet(StringComparer.Ordinal);
        return new BillOfMaterials(
        [
            .. ComponentsOf(image.Files).Concat(compiled.IsDefaultOrEmpty ? [] : compiled.Select(package => Of(package, [])))
                .GroupBy(component => component.Reference, StringComparer.Ordinal)
                .Select(same => Merge([.. same]) with { Origin = ofBase.Contains(same.Key) ? BomOrigin.Base : BomOrigin.Own })
                .OrderBy(component => component.Reference, StringComparer.Ordinal),
        ]);
    }

    private static IEnumerable<BomComponent> ComponentsOf(FileTree files) => All(files).Select((component, index) =>
        index < MaxNamed ? component : throw new InvalidImageException($"its files name more than {MaxNamed} packages"));

    private static IEnumerable<BomComponent> All(FileTree files)
    {
        var system = new SystemFiles(files);
        var components = system.Packages;
        if (system.Release is { } release)
        {
            components = components.Append(new BomComponent
            {
                Kind = BomComponentKind.OperatingSystem,
                Name = release.Id,
                Version = release.Version,
                Title = release.Title,
            });
        }

        return components.Concat(files.All.SelectMany(file => ComponentsOf(file.Path, file.Entry.Facts)));
    }

    private static IEnumerable<BomComponent> ComponentsOf(string path, FileFacts? facts)
    {
        if (facts?.GoModules is { } modules) return GoComponents.Of(GoModules.Parse(modules), path);
        if (facts?.Content is not { } content || !path.EndsWith(".deps.json", StringComparison.Ordinal)) return [];
        var packages = NuGetPackages.OfDependencies(content);
        return FrameworkFile().Match(path) is { Success: true } framework
            ? [FrameworkOf(framework.Groups["name"].Value, framework.Groups["version"].Value, packages) with { Files = [path] }]
            : packages.Select(package => Of(package, [path]));
    }

    // A framework of .NET is known to the world by the package that it is also published as.
    private static BomComponent FrameworkOf(string name, string version, ImmutableArray<NuGetPackage> packages) => new()
    {
        Kind = BomComponentKind.Framework,
        Name = name,
        Version = version,
        Purl = packages.FirstOrDefault(package => package.Version == version && package.Name.StartsWith(name + ".Runtime.", StringComparison.Ordinal)) is { } published
            ? PackageUrl.Of("nuget", published.Name, version)
            : null,
    };

    private static BomComponent Of(NuGetPackage package, ImmutableSortedSet<string> files) => new()
    {
        Kind = BomComponentKind.Library,
        Name = package.Name,
        Version = package.Version,
        Purl = PackageUrl.Of("nuget", package.Name, package.Version),
        Sha512 = package.Sha512,
        Files = files.WithComparer(StringComparer.Ordinal),
    };

    // A framework says more than the package of the same name, and a program more than a module.
    private static BomComponent Merge(ImmutableArray<BomComponent> same) => same.Length == 1 ? same[0] : same.MaxBy(component => component.Kind)! with
    {
        Sha512 = same.Select(component => component.Sha512).FirstOrDefault(hash => hash is not null),
        Files = [.. same.SelectMany(component => component.Files)],
        Remarks = same.Select(component => component.Remarks).Aggregate((all, more) => more.SetItems(all)),
    };

    [GeneratedRegex(@"(?:^|/)shared/(?<name>[^/]+)/(?<version>[^/]+)/\k<name>\.deps\.json\z", RegexOptions.CultureInvariant)]
    private static partial Regex FrameworkFile();
}
