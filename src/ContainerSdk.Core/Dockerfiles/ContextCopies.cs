using System.Collections.Immutable;
using ContainerSdk.Plan;

namespace ContainerSdk.Dockerfiles;

/// <summary>
/// What the builder copies from the context: one COPY a folder. An engine's store stacks no more than some 125 layers, so for a large repository the
/// restore inputs are gathered in stages of their own, and the sources come as one folder; the ignore file lets nothing else through.
/// </summary>
internal static class ContextCopies
{
    private const int MostInBuilder = 32;
    private const int MostInStage = 100;

    /// <summary>The stages that gather restore inputs; none for most projects.</summary>
    public static IEnumerable<DockerfileStage> Stages(BuilderStage stage) =>
        Of(stage, stage.RestoreInputs) is var copies && copies.Length <= MostInBuilder || stage.RestoreCommand.IsEmpty
            ? []
            : copies.Chunk(MostInStage).Select((chunk, i) => new DockerfileStage(new StageBase.Scratch(), StageName(i), [.. chunk]));

    /// <summary>How the restore inputs come into the builder.</summary>
    public static IEnumerable<Instruction> RestoreInputs(BuilderStage stage) =>
        Of(stage, stage.RestoreInputs) is var copies && copies.Length <= MostInBuilder
            ? copies
            : copies.Chunk(MostInStage).Select((_, i) => new Instruction.Copy(StageName(i), [stage.Root.Combine("")], stage.Root.Combine(""), CopyOptions.None));

    /// <summary>How the sources come into the builder.</summary>
    public static IEnumerable<Instruction> Sources(BuilderStage stage) =>
        Of(stage, stage.Sources) is var copies && copies.Length <= MostInBuilder ? copies : Of(stage, [CommonFolder(stage.Sources)]);

    // A folder's content goes to the folder of the same name; files of one folder share a COPY.
    private static ImmutableArray<Instruction> Of(BuilderStage stage, ImmutableArray<string> paths) =>
    [
        .. paths.Where(path => !path.EndsWith('/')).GroupBy(FolderOf, StringComparer.Ordinal)
            .Select(group => new Instruction.Copy(null, [.. group], stage.Root.Combine(group.Key), CopyOptions.None)),
        .. paths.Where(path => path.EndsWith('/'))
            .Select(folder => new Instruction.Copy(null, [folder], stage.Root.Combine(folder == "./" ? "" : folder), CopyOptions.None)),
    ];

    private static string CommonFolder(ImmutableArray<string> paths)
    {
        var common = FolderOf(paths[0]);
        foreach (var path in paths)
            while (!path.StartsWith(common, StringComparison.Ordinal)) common = FolderOf(common[..^1]);
        return common.Length > 0 ? common : "./";
    }

    private static string FolderOf(string path) => path[..(path.LastIndexOf('/') + 1)];

    private static string StageName(int index) => $"restore-{index + 1}";
}
