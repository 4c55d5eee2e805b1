using System.Collections.Immutable;
using ContainerSdk.Images;
using ContainerSdk.Plan;

namespace ContainerSdk.Dockerfiles;

/// <summary>The stage that ships.</summary>
internal static class RuntimeLowering
{
    private const string StageName = "runtime";

    private static readonly ImageUser Root = new("0", "0");

    public static DockerfileStage Lower(RuntimeStage stage, LayerLowering layers, AccountLowering account, StepLowering steps)
    {
        var instructions = ImmutableArray.CreateBuilder<Instruction>();
        if (steps.NeedsRoot || account.NeedsRoot) instructions.Add(new Instruction.User(Root));
        instructions.AddRange(stage.Environment.Select(variable => new Instruction.Env(variable.Name, variable.Value)));
        instructions.AddRange(account.Instructions);
        instructions.AddRange(steps.Preparation);
        instructions.AddRange(layers.Instructions);

        // After the layers, which may bring the folder along with a time of its own; before USER, in whose name an engine would create it.
        instructions.Add(new Instruction.Workdir(stage.WorkingDirectory));
        instructions.AddRange(steps.Completion);

        // After every file: engines discard what is written to a volume later on.
        instructions.AddRange(stage.Volumes.Select(path => new Instruction.Volume(path)));
        instructions.AddRange(stage.Labels.Select(label => new Instruction.Label(label.Name, label.Value)));
        instructions.AddRange(stage.Ports.Select(port => new Instruction.Expose(port)));
        if (stage.HealthCheck is { } check) instructions.Add(new Instruction.Health(check));
        if (stage.StopSignal is { } signal) instructions.Add(new Instruction.Stop(signal));
        instructions.Add(new Instruction.User(stage.User));
        if (!stage.Entrypoint.IsEmpty || stage.DropsBaseEntrypoint) instructions.Add(new Instruction.Entrypoint(stage.Entrypoint));
        if (!stage.Command.IsEmpty) instructions.Add(new Instruction.Cmd(stage.Command));
        return new DockerfileStage(stage.Image is { } image ? new StageBase.Image(image) : new StageBase.Scratch(), StageName, instructions.ToImmutable());
    }
}
