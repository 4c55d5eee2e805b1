using System.Collections.Immutable;
using ContainerSdk.Images;
using ContainerSdk.Plan;

namespace ContainerSdk.Dockerfiles;

/// <summary>The stage that ships.</summary>
internal static class RuntimeLowering
{
    private const string StageName = "runtime";

    private static readonly ImageUser Root = new("0", "0");

    public static DockerfileStage Lower(RuntimeStage stage, StepLowering steps, DockerfileDialect dialect)
    {
        var options = CopyOptions.RootOwned | (dialect == DockerfileDialect.BuildKit ? CopyOptions.Linked : CopyOptions.None);
        var instructions = ImmutableArray.CreateBuilder<Instruction>();
        if (steps.NeedsRoot) instructions.Add(new Instruction.User(Root));
        instructions.AddRange(stage.Labels.Select(label => new Instruction.Label(label.Name, label.Value)));
        instructions.AddRange(stage.Environment.Select(variable => new Instruction.Env(variable.Name, variable.Value)));

        // Before USER: an engine creates the folder as the user in force, and the application must not be able to rewrite itself.
        instructions.Add(new Instruction.Workdir(stage.WorkingDirectory));
        instructions.AddRange(steps.Preparation);
        instructions.AddRange(stage.Layers.Select(layer => new Instruction.Copy(BuilderLowering.StageName, [layer.From.Combine("")], layer.To.Combine(""), options)));
        instructions.AddRange(steps.Completion);

        // After every file: engines discard what is written to a volume later on.
        instructions.AddRange(stage.Volumes.Select(path => new Instruction.Volume(path)));
        instructions.AddRange(stage.Ports.Select(port => new Instruction.Expose(port)));
        if (stage.HealthCheck is { } check) instructions.Add(new Instruction.Health(check));
        if (stage.StopSignal is { } signal) instructions.Add(new Instruction.Stop(signal));
        instructions.Add(new Instruction.User(stage.User));
        if (!stage.Entrypoint.IsEmpty) instructions.Add(new Instruction.Entrypoint(stage.Entrypoint));
        if (!stage.Command.IsEmpty) instructions.Add(new Instruction.Cmd(stage.Command));
        return new DockerfileStage(stage.Image, StageName, instructions.ToImmutable());
    }
}
