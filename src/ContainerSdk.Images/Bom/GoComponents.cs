using System.Collections.Immutable;

namespace ContainerSdk.Images.Bom;

/// <summary>The parts of a program that was made by Go.</summary>
internal static class GoComponents
{
    private const string SumRemark = "containersdk:go-sum";
    private const string InsteadRemark = "containersdk:go-replaces";
    private const string ReplacedRemark = "containersdk:go-replaced-by";

    /// <summary>The program, its modules, and the standard library.</summary>
    /// <param name="program">What the program says.</param>
    /// <param name="path">The program's file.</param>
    public static IEnumerable<BomComponent> Of(GoModules program, string path)
    {
        var standard = program.GoVersion.Split(' ')[0];
        yield return Component("stdlib", standard.StartsWith("go", StringComparison.Ordinal) ? standard[2..] : program.GoVersion, path);
        if (program.Main is { } main) yield return Of(main, path) with { Kind = BomComponentKind.Application };
        foreach (var module in program.Dependencies) yield return Of(module, path);
    }

    private static BomComponent Of(GoModule module, string path) => module.Replacement switch
    {
        null => WithSum(Component(module.Path, module.Version, path), module.Sum),
        // What was built from a folder has no other name than the one that it stands in for.
        { Version: null } folder => Component(module.Path, module.Version, path, (ReplacedRemark, folder.Path)),
        var other => WithSum(Component(other.Path, other.Version, path, (InsteadRemark, module.Version is null ? module.Path : $"{module.Path}@{module.Version}")), other.Sum),
    };

    private static BomComponent WithSum(BomComponent component, string? sum) => sum is null ? component : component with { Remarks = component.Remarks.Add(SumRemark, sum) };

    private static BomComponent Component(string name, string? version, string path, params ReadOnlySpan<(string Name, string Value)> remarks)
    {
        var said = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in remarks) said[key] = value;
        return new BomComponent
        {
            Kind = BomComponentKind.Library,
            Name = name,
            Version = version,
            Purl = PackageUrl.Of("golang", name.ToLowerInvariant(), version),
            Files = [path],
            Remarks = said.ToImmutable(),
        };
    }
}
