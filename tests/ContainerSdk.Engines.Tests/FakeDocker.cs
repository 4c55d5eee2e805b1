using ContainerSdk.Engines.Docker;

namespace ContainerSdk.Engines.Tests;

/// <summary>
/// A docker command that does what a script says. The command is a link to one file that never changes: a program just written cannot be started
/// while another thread starts one of its own.
/// </summary>
internal sealed class FakeDocker : IDisposable
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly TempFolder _folder = new();

    public FakeDocker(string script)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "fake-docker.sh");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(program, Executable);
        File.CreateSymbolicLink(Command, program);
        File.WriteAllText(Command + ".script", script);
    }

    /// <summary>The command's full path.</summary>
    public string Command => _folder["docker"];

    public DockerEngine Engine => new(Command, EngineCache.Current);

    /// <summary>The arguments of each call so far, joined by blanks.</summary>
    public string[] Calls => File.ReadAllLines(Command + ".calls");

    public void Dispose() => _folder.Dispose();

    /// <summary>A script that prints <paramref name="recording"/> as docker's progress and exits.</summary>
    public static string Replays(string recording, int exitCode) => $"cat '{Recording.PathOf(recording)}' >&2; exit {exitCode}";
}
