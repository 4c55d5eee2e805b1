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

    public static BuilderStage Plan(InputReader reader, ContextPlanner context, PlannedPlatform planned)
    {
        StaticLink(reader);
        reader.Boolean("ContainerStripSymbols", true);
        Missing(reader);
        LockedRestore(reader);
        var text = reader.Required("ContainerBuilderImage");
        var image = text.Length > 0 && reader.TryImage("ContainerBuilderImage", text, out var parsed) ? parsed : Unknown;
        var stage = StageImage.Of("ContainerBuilderImage", image);
        var build = Words(reader, "ContainerBuildCommand", planned);
        if (build.IsEmpty) reader.Diagnostics.Add(Descriptors.MissingInput, "ContainerBuildCommand", reader.Toolchain);
        return new BuilderStage
        {
            Platform = planned.Platform,
            Machine = reader.Choice("ContainerBuilderMachine", BuilderMachine.Build),
            Image = image,
            Packages = PackagePlanner.Plan(reader, "ContainerBuilderPackage", stage, SystemFilePlanner.BuilderPackages(reader, image)),
            Environment = Variables.Read(reader, "ContainerBuilderEnvironmentVariable", item => IsFor(item, planned)),
            Root = Root,
            WorkingDirectory = reader.Path("MSBuildProjectDirectory", Root.Combine(context.Project)),
            Files = [.. reader.Items("ContainerBuilderFile").Select(item => new PlacedFile(
                context.Relative("ContainerBuilderFile", item.Identity),
                reader.Path("ContainerBuilderFile", item["TargetPath"] ?? "").Value + (item.Identity.EndsWith('/') ? "/" : "")))],
            RestoreInputs = context.Paths("ContainerRestoreFile"),
            RestoreCommand = Words(reader, "ContainerRestoreCommand", planned),
            Sources = context.Copied("ContainerSource"),
            BuildCommand = build,
            Runs = RunPlanner.Builder(reader, stage),
            Caches = [.. reader.Items("ContainerCache").Select(item => Cache(reader, item))],
            Secrets = SecretPlanner.Plan(reader, context, Root),
            Certificates = SecretPlanner.Certificates(reader, context),
        };
    }

    private static ImmutableArray<string> Words(InputReader reader, string kind, PlannedPlatform planned) => reader.Words(kind, item => IsFor(item, planned));

    // What a toolchain says for one platform only carries its runtime identifier.
    private static bool IsFor(InputItem item, PlannedPlatform planned) =>
        item["RuntimeIdentifier"] is not { } rid || rid == planned.RuntimeIdentifier;

    private static CacheMount Cache(InputReader reader, InputItem item)
    {
        if (!Names.IsCache(item.Identity)) reader.Diagnostics.Add(Descriptors.InvalidName, "ContainerCache", item.Identity, Names.CacheRule);
        return new CacheMount(item.Identity, reader.MountPath("ContainerCache", item["TargetPath"] ?? ""));
    }

    // The toolchain's data file knows when its language cannot link statically, and what to do about it.
    private static void StaticLink(InputReader reader)
    {
        if (!reader.Boolean("ContainerStaticLink", false)) return;
        foreach (var item in reader.Items("ContainerStaticLinkObstacle"))
            reader.Diagnostics.Add(Descriptors.StaticLinkUnavailable, item["Reason"] ?? item.Identity, item["Remedy"] ?? "");
    }

    private static void Missing(InputReader reader)
    {
        foreach (var item in reader.Items("ContainerMissingFile"))
            reader.Diagnostics.Add(Descriptors.MissingFile, reader.Toolchain, item.Identity, item["Remedy"] ?? "");
        foreach (var item in reader.Items("ContainerMissingInput"))
            reader.Diagnostics.Add(Descriptors.MissingInput, item.Identity, reader.Toolchain);
    }

    private static void LockedRestore(InputReader reader)
    {
        foreach (var item in reader.Items("ContainerRestoreObstacle"))
            reader.Diagnostics.Add(Descriptors.LockedRestore, item.Identity, item["RuntimeIdentifier"] ?? "", item["Reason"] ?? "");
    }
}
