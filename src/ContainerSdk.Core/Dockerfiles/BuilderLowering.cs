using System.Collections.Immutable;
using ContainerSdk.Plan;

namespace ContainerSdk.Dockerfiles;

/// <summary>The stage that compiles.</summary>
internal static class BuilderLowering
{
    public const string StageName = "build";

    public static DockerfileStage Lower(BuilderStage stage, DockerfileDialect dialect)
    {
        var instructions = ImmutableArray.CreateBuilder<Instruction>();
        if (stage.Packages is { } packages) instructions.Add(SecretLowering.Install(stage, packages));
        instructions.AddRange(stage.Environment.Select(variable => new Instruction.Env(variable.Name, variable.Value)));
        instructions.Add(new Instruction.Workdir(stage.WorkingDirectory));
        instructions.AddRange(stage.Files.Select(file => new Instruction.Copy(null, [file.Source], file.Target, CopyOptions.None)));
        if (!stage.RestoreCommand.IsEmpty)
        {
            instructions.AddRange(Copies(stage, stage.RestoreInputs));
            instructions.Add(SecretLowering.Run(stage, stage.RestoreCommand, dialect));
        }

        instructions.AddRange(Copies(stage, stage.Sources));
        instructions.Add(SecretLowering.Run(stage, stage.BuildCommand, dialect));
        return new DockerfileStage(stage.Image, StageName, instructions.ToImmutable());
    }

    // A folder's content goes to the folder of the same name; files of one folder share a COPY.
    private static IEnumerable<Instruction> Copies(BuilderStage stage, ImmutableArray<string> paths) =>
        paths.Where(path => !path.EndsWith('/'))
            .GroupBy(FolderOf, StringComparer.Ordinal)
            .Select(group => new Instruction.Copy(null, [.. group], stage.Root.Combine(group.Key), CopyOptions.None))
            .Concat(paths.Where(path => path.EndsWith('/')).Select(folder =>
                new Instruction.Copy(null, [folder], stage.Root.Combine(folder == "./" ? "" : folder), CopyOptions.None)));

    private static string FolderOf(string path) => path[..(path.LastIndexOf('/') + 1)];
}
