using System.Collections.Immutable;
using ContainerSdk.Diagnostics;
using ContainerSdk.Images;
using ContainerSdk.Inputs;
using ContainerSdk.Plan;

namespace ContainerSdk.Planning;

/// <summary>OS packages of a stage: those that are meant for its image's package manager.</summary>
internal static class PackagePlanner
{
    /// <summary>The items' packages, then the <paramref name="implied"/> ones that no item names; null if there are none.</summary>
    public static PackageInstallation? Plan(InputReader reader, string kind, StageImage stage, IEnumerable<string> implied)
    {
        var items = reader.Items(kind).Where(item => IsMeantFor(reader, item, stage.Manager)).ToImmutableArray();
        if (stage.Manager is not { } manager)
        {
            if (!items.IsEmpty) stage.RefuseShell(reader, kind, items.Select(item => item.Identity), "a package manager");
            return null;
        }

        var named = items.Select(item => Package(reader, item)).Distinct().ToImmutableArray();
        ImmutableArray<OsPackage> packages = [.. named, .. implied.Where(name => named.All(package => package.Name != name)).Select(name => new OsPackage(name, null))];
        return packages.IsEmpty ? null : new PackageInstallation(manager, packages);
    }

    // Names and versions differ from one distribution to the next.
    private static bool IsMeantFor(InputReader reader, InputItem item, PackageManager? manager) =>
        item["Manager"] is not { } text || (reader.ChoiceOf<PackageManager>($"Manager of {item.Kind} '{item.Identity}'", text) is { } meant && meant == manager);

    private static OsPackage Package(InputReader reader, InputItem item)
    {
        if (!Names.IsPackage(item.Identity) || (item["Version"] is { } version && !Names.IsPackageVersion(version)))
            reader.Diagnostics.Add(Descriptors.InvalidPackage, item.Kind, item["Version"] is { } bad ? $"{item.Identity}={bad}" : item.Identity);
        return new OsPackage(item.Identity, item["Version"]);
    }
}
