using System.Globalization;
using ContainerSdk.Testing;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>A container that runs as it would in production: no new privileges, no capabilities, a read-only root file system.</summary>
internal sealed class RunningContainer : IDisposable
{
    private static readonly HttpClient Client = new() { Timeout = TimeSpan.FromSeconds(2) };

    private readonly string _engine;
    private readonly string _id;
    private readonly Lazy<int> _port;

    public RunningContainer(string image)
        : this(image, 8080)
    {
    }

    /// <summary>The same for an application that listens on <paramref name="port"/>, with more options of <c>docker run</c>.</summary>
    public RunningContainer(string image, int port, params ReadOnlySpan<string> options)
        : this("docker", image, port, options)
    {
    }

    private RunningContainer(string engine, string image, int port, ReadOnlySpan<string> options)
    {
        _engine = engine;
        _id = Engine(["run", "--detach", "--read-only", "--tmpfs", "/tmp", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--publish", $"127.0.0.1::{port}", .. options, image]).Trim();
        _port = new(() => int.Parse(Engine("port", _id, $"{port}/tcp").Trim().Split(':')[^1], CultureInfo.InvariantCulture));
    }

    /// <summary>The same in another engine that takes docker's options.</summary>
    public static RunningContainer In(string engine, string image) => new(engine, image, 8080, []);

    /// <summary>The answer to GET, tried until the application listens or a minute is over.</summary>
    public async Task<string> GetAsync(string path)
    {
        var until = DateTime.UtcNow.AddMinutes(1);
        while (true)
        {
            try
            {
                return await Client.GetStringAsync(new Uri($"http://127.0.0.1:{_port.Value}{path}"));
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && DateTime.UtcNow < until)
            {
                await Task.Delay(100);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"No answer: {e.Message}\n{CommandLine.Run(Path.GetTempPath(), _engine, "logs", _id).Output}", e);
            }
        }
    }

    /// <summary>The user and group ids of the first process, as the kernel sees them.</summary>
    public string ProcessIds()
    {
        var pid = Engine("inspect", "--format", "{{.State.Pid}}", _id).Trim();
        var status = File.ReadAllLines($"/proc/{pid}/status");
        return string.Join(':', new[] { "Uid:", "Gid:" }.Select(name => status.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split('\t')[1]));
    }

    /// <summary>What a command prints that is run beside the first process, as the same user.</summary>
    public string Run(params ReadOnlySpan<string> command) => Engine(["exec", _id, .. command]);

    /// <summary>What a program printed until it ended by itself; an exception if it failed.</summary>
    public string Output()
    {
        var exitCode = Engine("wait", _id).Trim();
        var output = CommandLine.Run(Path.GetTempPath(), _engine, "logs", _id).Output;
        return exitCode == "0" ? output : throw new InvalidOperationException($"Exit code {exitCode}:\n{output}");
    }

    /// <summary>The first line of the log that begins with <paramref name="start"/>, waited for until the program has ended or a minute is over.</summary>
    public async Task<string> LogLineAsync(string start)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var process = CommandLine.Start(Path.GetTempPath(), new Dictionary<string, string>(), _engine, "logs", "--follow", _id);
        var log = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(timeout.Token) is { } line)
        {
            if (line.StartsWith(start, StringComparison.Ordinal))
            {
                process.Kill();
                return line;
            }

            log.Add(line);
        }

        throw new InvalidOperationException($"No line '{start}':\n{string.Join('\n', log)}\n{await process.StandardError.ReadToEndAsync(timeout.Token)}");
    }

    /// <summary>The paths of the files below <paramref name="folder"/>.</summary>
    public string[] Files(string folder)
    {
        var copy = Directory.CreateTempSubdirectory("containersdk-files");
        try
        {
            Engine("cp", $"{_id}:{folder}", copy.FullName);
            return [.. Directory.EnumerateFiles(copy.FullName, "*", SearchOption.AllDirectories).Select(file => "/" + Path.GetRelativePath(copy.FullName, file)).Order(StringComparer.Ordinal)];
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    public void Dispose() => Engine("rm", "--force", "--volumes", _id);

    private string Engine(params ReadOnlySpan<string> arguments) => CommandLine.Run(Path.GetTempPath(), _engine, arguments).Expect().Output;
}
