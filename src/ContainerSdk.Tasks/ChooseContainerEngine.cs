using ContainerSdk.Engines.Docker;
using Microsoft.Build.Framework;

namespace ContainerSdk.Tasks;

/// <summary>Which engine <c>auto</c> stands for: docker where one answers, else none at all.</summary>
[MSBuildMultiThreadableTask]
public sealed class ChooseContainerEngine : ContainerTask
{
    /// <summary><c>docker</c> or <c>embedded</c>.</summary>
    [Output]
    public string Engine { get; set; } = "docker";

    /// <summary>The command that compiles on this machine, looked up on PATH; empty for the one that runs this task.</summary>
    public string HostCompiler { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken cancellation)
    {
        if (await new DockerEngine().FindObstacleAsync(cancellation) is not { } obstacle || !HasCompiler()) return;
        Engine = "embedded";
        // What follows in the message are remedies for someone who needs docker.
        var reason = obstacle.Message.Split("; ")[0];
        Log.LogMessage(MessageImportance.High, "{0}: the embedded engine makes the image, because no docker answers here: {1} ({2})", Path.GetFileNameWithoutExtension(ProjectFile), reason, obstacle.Descriptor.Id);
    }

    private bool HasCompiler() => HostCompiler.Length == 0 || (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, HostCompiler)) || File.Exists(Path.Combine(folder, HostCompiler + ".exe")));
}
