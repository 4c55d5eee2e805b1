using System.Collections.Immutable;
using ContainerSdk.Diagnostics;
using ContainerSdk.Images;
using ContainerSdk.Inputs;
using ContainerSdk.Plan;

namespace ContainerSdk.Planning;

/// <summary>How the application is cut into layers: the toolchain's cuts, or all of its output in one.</summary>
internal static class LayerPlanner
{
    /// <summary>A cut that the builder makes: metadata <c>From</c> and <c>TargetPath</c> are absolute folders there and in the image.</summary>
    public const string BuilderFolder = "ContainerAppLayer";

    /// <summary>A cut that the host makes: the full path of a tar archive, metadata <c>TargetPath</c>, and <c>RuntimeIdentifier</c> where there are several.</summary>
    public const string HostArchive = "ContainerHostLayer";

    /// <param name="reader">The inputs.</param>
    /// <param name="working">Where the application goes that says nothing else.</param>
    /// <param name="host">Where the host's archives lie; null if a builder stage compiles.</param>
    /// <param name="platforms">What the image runs on.</param>
    public static ImmutableArray<AppLayer> Plan(InputReader reader, ContainerPath working, ContextPlanner? host, ImmutableArray<PlannedPlatform> platforms)
    {
        foreach (var item in reader.Items("ContainerLayer")) Check(reader, item);
        if (host is not null)
        {
            if (!reader.Items(HostArchive).Any()) HostBuildUnavailable(reader);
            return [.. reader.Items(HostArchive).Where(item => IsForOne(item, platforms)).Select(item => new AppLayer(host.Relative(HostArchive, item.Identity), reader.Path(HostArchive, item["TargetPath"] ?? working.Value))
            {
                Platform = platforms.Length > 1 && item["RuntimeIdentifier"] is { } rid ? platforms.First(planned => planned.RuntimeIdentifier == rid).Platform : null,
            })];
        }

        ImmutableArray<AppLayer> cuts = [.. reader.Items(BuilderFolder).Select(item => new AppLayer(
            reader.Path(BuilderFolder, item["From"] ?? "").Value, reader.Path(BuilderFolder, item["TargetPath"] ?? working.Value)))];
        return cuts.IsEmpty ? [new AppLayer(reader.Path("ContainerBuildOutput", reader.Text("ContainerBuildOutput") ?? "/out").Value, working)] : cuts;
    }

    // Of two names of one platform the first has the image.
    private static bool IsForOne(InputItem item, ImmutableArray<PlannedPlatform> platforms) => item["RuntimeIdentifier"] is not { } rid || platforms.Any(planned => planned.RuntimeIdentifier == rid);

    private static void HostBuildUnavailable(InputReader reader)
    {
        var (what, remedy) = EngineChoice.IsEmbedded(reader)
            ? ("ContainerEngine is 'embedded', for which this machine compiles", "use ContainerEngine 'docker'")
            : ("ContainerBuildMode is 'Host'", "remove ContainerBuildMode");
        reader.Diagnostics.Add(Descriptors.HostBuildUnavailable, reader.Toolchain, what, remedy);
    }

    // The cut itself is made where the project is compiled.
    private static void Check(InputReader reader, InputItem item)
    {
        if (item.Identity is "app" || !Names.IsLayer(item.Identity)) reader.Diagnostics.Add(Descriptors.InvalidLayer, item.Identity, "is no name for a layer of one's own");
        else if (item["Path"] is null && item["Package"] is null) reader.Diagnostics.Add(Descriptors.InvalidLayer, item.Identity, "takes no file");
    }
}
