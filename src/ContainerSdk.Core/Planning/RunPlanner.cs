using System.Collections.Immutable;
using ContainerSdk.Diagnostics;
using ContainerSdk.Inputs;
using ContainerSdk.Plan;

namespace ContainerSdk.Planning;

/// <summary>A place in the runtime stage, in its order.</summary>
internal enum RuntimeMoment
{
    BeforePackages,
    AfterPackages,
    BeforeFiles,
    AfterFiles,
    BeforeApp,
    AfterApp,
}

/// <summary>Texts for a stage's shell, each at its place: metadata <c>Before</c> or <c>After</c> names what it goes with.</summary>
internal static class RunPlanner
{
    private const string RuntimeKind = "ContainerRun";
    private const string BuilderKind = "ContainerBuilderRun";

    private static readonly string[] Sides = ["Before", "After"];

    public static ILookup<RuntimeMoment, RuntimeStep> Runtime(InputReader reader, StageImage image) =>
        Texts(reader, RuntimeKind, image, RuntimeMoment.BeforeApp).ToLookup(run => run.When, RuntimeStep (run) => new RuntimeStep.Shell(run.Text));

    public static ImmutableArray<BuilderRun> Builder(InputReader reader, StageImage image) =>
        [.. Texts(reader, BuilderKind, image, BuilderMoment.BeforeRestore).Select(run => new BuilderRun(run.When, run.Text))];

    private static ImmutableArray<(T When, string Text)> Texts<T>(InputReader reader, string kind, StageImage image, T otherwise)
        where T : struct, Enum
    {
        var items = reader.Items(kind).ToImmutableArray();
        if (image.Manager is null && !items.IsEmpty) image.RefuseShell(reader, kind, items.Select(item => item.Identity), "a shell");
        return [.. items.Select(item => (When(reader, item, otherwise), reader.CheckedLines($"{kind} '{item.Identity}'", item["Value"] ?? item.Identity)))];
    }

    // The moments' names are the anchors' own: BeforeFiles is Before="Files".
    private static T When<T>(InputReader reader, InputItem item, T otherwise)
        where T : struct, Enum
    {
        var named = Sides.Where(side => item[side] is not null).ToArray();
        if (named.Length == 0) return otherwise;
        if (named is [var side] && Array.Find(Enum.GetNames<T>(), name => name.Equals(side + item[side]!.Trim(), StringComparison.OrdinalIgnoreCase)) is { } moment)
            return Enum.Parse<T>(moment);
        var anchors = Enum.GetNames<T>().Where(name => name.StartsWith(Sides[0], StringComparison.Ordinal)).Select(name => name[Sides[0].Length..]);
        reader.Diagnostics.Add(Descriptors.UnknownAnchor, item.Kind, item.Identity, string.Join(" and ", named.Select(side => $"{side}='{item[side]}'")), string.Join(", ", anchors));
        return otherwise;
    }
}
