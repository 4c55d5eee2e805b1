using System.Collections.Immutable;
using ContainerSdk.Engines.Processes;
using ContainerSdk.Images.StructureTests;

namespace ContainerSdk.Engines.Smoke;

/// <summary>Runs the commands of structure tests, each in a container of its own; what a setup changes is an image for the next.</summary>
/// <param name="engine">The engine.</param>
/// <param name="image">The image's id.</param>
public sealed class CommandContainers(SmokeEngine engine, string image)
{
    // docker run's own failures: https://docs.docker.com/engine/containers/run/#exit-status
    private const int EngineFailed = 125;

    /// <summary>Runs the command behind its setups; its teardowns come last, and nothing is left.</summary>
    public async Task<CommandOutcome> RunAsync(CommandRun run, CancellationToken cancellation)
    {
        var made = new List<string>();
        try
        {
            var current = image;
            foreach (var setup in run.Setup)
            {
                var (next, reason) = await CommitAsync(current, setup, run.Variables, cancellation);
                if (next is null) return new CommandOutcome.NotRun($"a setup failed: {reason}");
                made.Add(current = next);
            }

            var result = await EngineAsync(SmokeArguments.Command(current, null, run.Variables, run.Command), cancellation);
            foreach (var teardown in run.Teardown) await EngineAsync(SmokeArguments.Command(current, null, run.Variables, teardown), cancellation);
            return result.ExitCode is null or EngineFailed ? new CommandOutcome.NotRun(result.LastLine) : new CommandOutcome.Ended(result.ExitCode.Value, result.Output, result.Error);
        }
        finally
        {
            // The last one is built on those before.
            foreach (var left in made.AsEnumerable().Reverse()) await EngineAsync(SmokeArguments.RemoveImage(left), CancellationToken.None);
        }
    }

    private async Task<(string? Image, string Reason)> CommitAsync(string current, ImmutableArray<string> command, ImmutableArray<NamedText> variables, CancellationToken cancellation)
    {
        var name = $"containersdk-test-{Guid.NewGuid():n}";
        try
        {
            var result = await EngineAsync(SmokeArguments.Command(current, name, variables, command), cancellation);
            if (result.ExitCode is null or EngineFailed) return (null, result.LastLine);
            var committed = await EngineAsync(SmokeArguments.Commit(name), cancellation);
            return committed.Succeeded ? (committed.Output.Trim(), "") : (null, committed.LastLine);
        }
        finally
        {
            await EngineAsync(SmokeArguments.Remove(engine.Kind, name), CancellationToken.None);
        }
    }

    private Task<ProcessResult> EngineAsync(ImmutableArray<string> arguments, CancellationToken cancellation) => ProcessRunner.RunAsync(new ProcessCommand(engine.Command, arguments), null, cancellation);
}
