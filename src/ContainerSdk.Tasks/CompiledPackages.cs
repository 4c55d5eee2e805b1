using System.Collections.Immutable;
using ContainerSdk.Images;
using ContainerSdk.Images.Bom;
using ContainerSdk.Images.Inspection;

namespace ContainerSdk.Tasks;

/// <summary>The packages that NuGet restored for the project, for images whose files do not tell: a single file and a native binary name none.</summary>
internal sealed class CompiledPackages
{
    private const string Dependencies = ".deps.json";

    private readonly string? _assets;
    private readonly ImmutableArray<string> _runtimeIdentifiers;

    private CompiledPackages(string? assets, ImmutableArray<string> runtimeIdentifiers) => (_assets, _runtimeIdentifiers) = (assets, runtimeIdentifiers);

    /// <summary>Those of <c>project.assets.json</c>; none if there is no such file.</summary>
    public static async Task<CompiledPackages> ReadAsync(string? path, ImmutableArray<string> runtimeIdentifiers, CancellationToken cancellation) =>
        new(File.Exists(path) ? await GeneratedFile.ReadAsync(path, cancellation) : null, runtimeIdentifiers);

    /// <summary>Those that <paramref name="image"/> is made of without saying so.</summary>
    public ImmutableArray<NuGetPackage> MissingIn(InspectedImage image)
    {
        if (_assets is null || image.Layers.Any(layer => !layer.IsOfBase && layer.Names.Any(name => name.Path.EndsWith(Dependencies, StringComparison.Ordinal)))) return [];
        var identifier = _runtimeIdentifiers.FirstOrDefault(rid => Platform.TryFromRuntimeIdentifier(rid, out var platform) && image.Configuration.Platform.Serves(platform));
        var packages = NuGetPackages.OfAssets(_assets, identifier);
        // With a framework in the base image, the application has none of its own.
        return identifier is null || image.BaseFiles.All.Any(file => file.Path.EndsWith(Dependencies, StringComparison.Ordinal)) ? packages : packages.AddRange(NuGetPackages.OfRuntime(_assets, identifier));
    }
}
