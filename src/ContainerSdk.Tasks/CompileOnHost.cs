using System.Collections.Immutable;
using ContainerSdk.Diagnostics;
using ContainerSdk.Engines;
using ContainerSdk.Engines.Processes;
using Microsoft.Build.Framework;

namespace ContainerSdk.Tasks;

/// <summary>Runs a toolchain's build command on this machine, in the project's folder; no shell reads it. What the compiler says about files become errors and warnings of them.</summary>
[MSBuildMultiThreadableTask]
public sealed class CompileOnHost : ContainerTask
{
    /// <summary>The toolchain's name, for messages.</summary>
    [Required]
    public string Toolchain { get; set; } = "";

    /// <summary>The words of the command: metadata <c>Value</c>, or else the item itself.</summary>
    [Required]
    public ITaskItem[] Command { get; set; } = [];

    /// <summary>Environment variables that are set for it: the name, and metadata <c>Value</c>.</summary>
    public ITaskItem[] Variables { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken cancellation)
    {
        ImmutableArray<string> words = [.. Command.Select(item => item.GetMetadata("Value") is { Length: > 0 } value ? value : item.ItemSpec)];
        var command = new ProcessCommand(words[0], words[1..])
        {
            WorkingDirectory = ProjectDirectory,
            Environment = Variables.GroupBy(item => item.ItemSpec, StringComparer.Ordinal).ToImmutableDictionary(items => items.Key, items => items.Last().GetMetadata("Value"), StringComparer.Ordinal),
        };
        var reporter = new TaskReporter(Log, Report, "", ProjectDirectory, "/");
        reporter.Output(command.ToString());
        var result = await ProcessRunner.RunAsync(command, Take, cancellation);
        if (result.ExitCode is null) Report(new Diagnostic(Descriptors.HostCompilerMissing, [Toolchain, words[0]]));
        else if (!result.Succeeded) Report(new Diagnostic(Descriptors.HostBuildFailed, [string.Join(' ', words.Take(2)), result.LastLine]));

        void Take(string line)
        {
            reporter.Output(line);
            if (CompilerMessage.TryParse(line, out var message)) reporter.CompilerMessage(message);
        }
    }
}
