using ContainerSdk.Engines.Processes;

namespace ContainerSdk.Engines.SourceControl;

/// <summary>What git knows about the repository that holds a folder.</summary>
/// <param name="command">Looked up on PATH.</param>
public sealed class GitRepository(string command = GitRepository.DefaultCommand)
{
    /// <summary>Looked up on PATH.</summary>
    public const string DefaultCommand = "git";

    /// <summary>When HEAD was committed, in seconds since 1970; null without git, without a repository, without a commit, or if git refuses the folder.</summary>
    public async Task<string?> CommitTimeAsync(string folder, CancellationToken cancellation)
    {
        // A user's setting would print signatures above the time.
        var result = await ProcessRunner.RunAsync(new ProcessCommand(command, ["-C", folder, "-c", "log.showSignature=false", "log", "-1", "--format=%ct", "HEAD"]), null, cancellation);
        return result.Succeeded ? result.Output.Trim() : null;
    }
}
