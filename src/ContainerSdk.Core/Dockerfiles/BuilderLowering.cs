using System.Collections.Immutable;
using ContainerSdk.Plan;

namespace ContainerSdk.Dockerfiles;

/// <summary>The stage that compiles.</summary>
internal static class BuilderLowering
{
    public static DockerfileStage Lower(BuilderStage stage, string name, DockerfileDialect dialect)
    {
        var instructions = ImmutableArray.CreateBuilder<Instruction>();
        if (stage.Packages is { } packages) instructions.Add(SecretLowering.Install(stage, packages));
        instructions.AddRange(stage.Environment.Select(variable => new Instruction.Env(variable.Name, variable.Value)));
        instructions.Add(new Instruction.Workdir(stage.WorkingDirectory));
        instructions.AddRange(stage.Files.Select(file => new Instruction.Copy(null, [file.Source], file.Target, CopyOptions.None)));
        instructions.AddRange(Runs(stage, BuilderMoment.BeforeRestore));
        if (!stage.RestoreCommand.IsEmpty)
        {
            instructions.AddRange(ContextCopies.RestoreInputs(stage));
            instructions.Add(SecretLowering.Run(stage, stage.RestoreCommand, dialect));
        }

        instructions.AddRange(Runs(stage, BuilderMoment.AfterRestore));
        instructions.AddRange(ContextCopies.Sources(stage));
        instructions.AddRange(Runs(stage, BuilderMoment.BeforeBuild));
        instructions.Add(SecretLowering.Run(stage, stage.BuildCommand, dialect));
        instructions.AddRange(Runs(stage, BuilderMoment.AfterBuild));
        return new DockerfileStage(Base(stage), name, instructions.ToImmutable());
    }

    private static StageBase Base(BuilderStage stage) =>
        stage.Machine == BuilderMachine.Build ? new StageBase.BuildMachineImage(stage.Image) : new StageBase.Image(stage.Image);

    private static IEnumerable<Instruction> Runs(BuilderStage stage, BuilderMoment moment) =>
        stage.Runs.Where(run => run.When == moment).Select(run => ShellCommand.Run(run.Text));
}
