using System.Collections.Immutable;
using ContainerSdk.Diagnostics;
using ContainerSdk.Images;
using ContainerSdk.Inputs;
using ContainerSdk.Plan;

namespace ContainerSdk.Planning;

/// <summary>Extra files of the image: from the host, from the builder stage, or from another image.</summary>
internal static class FilePlanner
{
    private const string Kind = "ContainerFile";
    private const string FromBuilder = "builder";

    private static readonly ImageUser Root = new("0", "0");

    /// <param name="reader">The inputs.</param>
    /// <param name="context">Where files of the host lie.</param>
    /// <param name="image">What the files are copied to.</param>
    /// <param name="account">Who may own them by name.</param>
    /// <param name="builder">The builder stage; null if nothing is compiled in a container.</param>
    public static ImmutableArray<RuntimeStep> Plan(InputReader reader, ContextPlanner context, StageImage image, AccountPlanner account, BuilderStage? builder) =>
        [.. reader.Items(Kind).Select(item => Copy(reader, context, image, account, builder, item)).OfType<RuntimeStep>()];

    /// <summary>The paths of the host's files among them.</summary>
    public static IEnumerable<string> HostPaths(InputReader reader) => reader.Items(Kind).Where(IsOfHost).Select(PathOf);

    private static RuntimeStep.Copy? Copy(InputReader reader, ContextPlanner context, StageImage image, AccountPlanner account, BuilderStage? builder, InputItem item)
    {
        var name = $"{Kind} '{item.Identity}'";
        var target = Target(reader, name, item);
        var owner = Owners.Read(reader, name, item, image, account) ?? Root;
        var mode = Mode(reader, name, item);
        return Source(reader, context, builder, name, item) is { } source ? new RuntimeStep.Copy(source, target, owner, mode) : null;
    }

    private static FileSource? Source(InputReader reader, ContextPlanner context, BuilderStage? builder, string name, InputItem item)
    {
        var path = PathOf(item);
        if (item["From"] is not { } from)
        {
            if (item["SourceExists"] == "false") reader.Diagnostics.Add(Descriptors.FileNotFound, Kind, path);
            if (context.HoldsProject(path)) reader.Diagnostics.Add(Descriptors.ShipsTheSource, path);
            return new FileSource.Context(context.Relative(Kind, path));
        }

        var inside = reader.Path($"Source of {name}", path);
        if (path.AsSpan().IndexOfAny('*', '?') >= 0) reader.Diagnostics.Add(Descriptors.PatternInName, Kind, path);
        if (!from.Trim().Equals(FromBuilder, StringComparison.OrdinalIgnoreCase))
            return reader.TryImage($"From of {name}", from, out var reference) ? new FileSource.Image(reference, inside) : null;
        if (builder is not null)
        {
            if (ContainerPath.TryParse(path.Trim(), out var folder) && folder.Holds(builder.WorkingDirectory)) reader.Diagnostics.Add(Descriptors.ShipsTheSource, path);
            return new FileSource.Builder(inside);
        }

        reader.Diagnostics.Add(Descriptors.NoBuilder, name, "copy it from the host, or from an image");
        return null;
    }

    private static bool IsOfHost(InputItem item) => item["From"] is null;

    private static string PathOf(InputItem item) => item["Source"] ?? item.Identity;

    // A folder's content goes into a folder; a file goes into one only where the target says so.
    private static string Target(InputReader reader, string name, InputItem item)
    {
        var text = item["TargetPath"] ?? "";
        var path = reader.Path($"TargetPath of {name}", text);
        return text.TrimEnd().EndsWith('/') || (IsOfHost(item) && PathOf(item).EndsWith('/')) ? path.Combine("") : path.Value;
    }

    private static AccessMode? Mode(InputReader reader, string name, InputItem item)
    {
        if ((item["Mode"] ?? item["SourceMode"]) is not { } text) return null;
        if (!AccessMode.TryParse(text.Trim(), out var mode)) reader.Diagnostics.Add(Descriptors.InvalidMode, name, text);
        return mode;
    }
}
