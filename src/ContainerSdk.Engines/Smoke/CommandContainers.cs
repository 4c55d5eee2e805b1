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

            var result = await EngineAsync([.. Arguments(run.Variables), "--rm", .. Start(current, run.Command)], cancellation);
            foreach (var teardown in run.Teardown) await EngineAsync([.. Arguments(run.Variables), "--rm", .. Start(current, teardown)], cancellation);
            return result.ExitCode is null or EngineFailed ? new CommandOutcome.NotRun(result.LastLine) : new CommandOutcome.Ended(result.ExitCode.Value, result.Output, result.Error);
        }
        finally
        {
            // The last one is built on those before, and all on an image that has no name yet and would go with them.
            foreach (var left in made.AsEnumerable().Reverse()) await EngineAsync(["rmi", "--no-prune", "--force", left], CancellationToken.None);
        }
    }

    private async Task<(string? Image, string Reason)> CommitAsync(string current, ImmutableArray<string> command, ImmutableArray<NamedText> variables, CancellationToken cancellation)
    {
        var name = $"containersdk-test-{Guid.NewGuid():n}";
        try
        {
            var result = await EngineAsync([.. Arguments(variables), "--name", name, .. Start(current, command)], cancellation);
            if (result.ExitCode is null or EngineFailed) return (null, result.LastLine);
            var committed = await EngineAsync(["commit", name], cancellation);
            return committed.Succeeded ? (committed.Output.Trim(), "") : (null, committed.LastLine);
        }
        finally
        {
            await EngineAsync(["rm", "--force", "--volumes", name], CancellationToken.None);
        }
    }

    private static ImmutableArray<string> Arguments(ImmutableArray<NamedText> variables) =>
        ["run", "--pull", "never", "--label", SmokeArguments.Label, .. variables.SelectMany(variable => new[] { "--env", $"{variable.Key}={variable.Value}" })];

    private static ImmutableArray<string> Start(string image, ImmutableArray<string> command) => ["--entrypoint", command[0], image, .. command.Skip(1)];

    private Task<ProcessResult> EngineAsync(ImmutableArray<string> arguments, CancellationToken cancellation) => ProcessRunner.RunAsync(new ProcessCommand(engine.Command, arguments), null, cancellation);
}
