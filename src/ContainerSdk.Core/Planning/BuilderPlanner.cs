using System.Collections.Immutable;
using ContainerSdk.Diagnostics;
using ContainerSdk.Images;
using ContainerSdk.Inputs;
using ContainerSdk.Plan;

namespace ContainerSdk.Planning;

/// <summary>The builder stage out of what the toolchain's data file said. No language is known here.</summary>
internal static class BuilderPlanner
{
    private static readonly ContainerPath Root = ContainerPath.Create("/src");
    private static readonly ImageReference Unknown = ImageReference.Create(null, "unknown", "unknown");

    public static BuilderStage Plan(InputReader reader, ContextPlanner context)
    {
        StaticLink(reader);
        reader.Boolean("ContainerStripSymbols", true);
        MissingFiles(reader);
        LockedRestore(reader);
        var text = reader.Required("ContainerBuilderImage");
        var image = text.Length > 0 && reader.TryImage("ContainerBuilderImage", text, out var parsed) ? parsed : Unknown;
        var build = reader.Words("ContainerBuildCommand");
        if (build.IsEmpty) reader.Diagnostics.Add(Descriptors.MissingInput, "ContainerBuildCommand", reader.Toolchain);
        return new BuilderStage
        {
            Image = image,
            Packages = Packages(reader, image),
            Environment = Variables.Read(reader, "ContainerBuilderEnvironmentVariable"),
            Root = Root,
            WorkingDirectory = reader.Path("MSBuildProjectDirectory", Root.Combine(context.Project)),
            Files = [.. reader.Items("ContainerBuilderFile").Select(item => new PlacedFile(
                context.Relative("ContainerBuilderFile", item.Identity),
                reader.Path("ContainerBuilderFile", item["TargetPath"] ?? "").Value + (item.Identity.EndsWith('/') ? "/" : "")))],
            RestoreInputs = context.Paths("ContainerRestoreFile"),
            RestoreCommand = reader.Words("ContainerRestoreCommand"),
            Sources = context.Copied("ContainerSource"),
            BuildCommand = build,
            Caches = [.. reader.Items("ContainerCache").Select(item => Cache(reader, item))],
        };
    }

    // A mount's options are separated by commas, and ended by a blank.
    private static CacheMount Cache(InputReader reader, InputItem item)
    {
        if (!Names.IsCache(item.Identity)) reader.Diagnostics.Add(Descriptors.InvalidName, "ContainerCache", item.Identity, Names.CacheRule);
        var target = item["TargetPath"] ?? "";
        if (!target.Any(c => c == ',' || char.IsWhiteSpace(c))) return new CacheMount(item.Identity, reader.Path("ContainerCache", target));
        reader.Diagnostics.Add(Descriptors.InvalidContainerPath, "ContainerCache", target);
        return new CacheMount(item.Identity, Root);
    }

    private static PackageInstallation? Packages(InputReader reader, ImageReference image)
    {
        var packages = ImmutableArray.CreateBuilder<OsPackage>();
        foreach (var item in reader.Items("ContainerBuilderPackage"))
        {
            if (!Names.IsPackage(item.Identity) || (item["Version"] is { } version && !Names.IsPackageVersion(version)))
                reader.Diagnostics.Add(Descriptors.InvalidPackage, "ContainerBuilderPackage", item["Version"] is { } bad ? $"{item.Identity}={bad}" : item.Identity);
            packages.Add(new OsPackage(item.Identity, item["Version"]));
        }

        return packages.Count == 0 ? null : new PackageInstallation(ManagerOf(image), [.. packages.Distinct()]);
    }

    private static PackageManager ManagerOf(ImageReference image)
    {
        var name = $"{image.Repository}:{image.Tag}";
        return name.Contains("alpine", StringComparison.Ordinal) ? PackageManager.Apk
            : name.Contains("azurelinux", StringComparison.Ordinal) ? PackageManager.Tdnf
            : PackageManager.Apt;
    }

    // The toolchain's data file knows when its language cannot link statically, and what to do about it.
    private static void StaticLink(InputReader reader)
    {
        if (!reader.Boolean("ContainerStaticLink", false)) return;
        foreach (var item in reader.Items("ContainerStaticLinkObstacle"))
            reader.Diagnostics.Add(Descriptors.StaticLinkUnavailable, item["Reason"] ?? item.Identity, item["Remedy"] ?? "");
    }

    private static void MissingFiles(InputReader reader)
    {
        foreach (var item in reader.Items("ContainerMissingFile"))
            reader.Diagnostics.Add(Descriptors.MissingFile, reader.Toolchain, item.Identity, item["Remedy"] ?? "");
    }

    private static void LockedRestore(InputReader reader)
    {
        foreach (var item in reader.Items("ContainerRestoreObstacle"))
            reader.Diagnostics.Add(Descriptors.LockedRestore, item.Identity, item["RuntimeIdentifier"] ?? "", item["Reason"] ?? "");
    }
}
