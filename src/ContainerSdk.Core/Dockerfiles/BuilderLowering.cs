using System.Collections.Immutable;
using ContainerSdk.Plan;

namespace ContainerSdk.Dockerfiles;

/// <summary>The stage that compiles.</summary>
internal static class BuilderLowering
{
    public const string StageName = "build";

    public static DockerfileStage Lower(BuilderStage stage)
    {
        var instructions = ImmutableArray.CreateBuilder<Instruction>();
        if (stage.Packages is { } packages) instructions.Add(new Instruction.RunShell(PackageCommand.Text(packages)));
        instructions.AddRange(stage.Environment.Select(variable => new Instruction.Env(variable.Name, variable.Value)));
        instructions.Add(new Instruction.Workdir(stage.WorkingDirectory));
        instructions.AddRange(stage.Files.Select(file => new Instruction.Copy(null, [file.Source], file.Target, CopyOptions.None)));
        if (!stage.RestoreCommand.IsEmpty)
        {
            instructions.AddRange(ContextCopies.RestoreInputs(stage));
            instructions.Add(new Instruction.Run(stage.RestoreCommand, stage.Caches));
        }

        instructions.AddRange(ContextCopies.Sources(stage));
        instructions.Add(new Instruction.Run(stage.BuildCommand, stage.Caches));
        return new DockerfileStage(stage.Image, StageName, instructions.ToImmutable());
    }
}
