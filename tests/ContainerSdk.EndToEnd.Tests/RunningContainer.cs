using System.Globalization;
using ContainerSdk.Testing;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>A container that runs as it would in production: no new privileges, no capabilities, a read-only root file system.</summary>
internal sealed class RunningContainer : IDisposable
{
    private static readonly HttpClient Client = new() { Timeout = TimeSpan.FromSeconds(2) };

    private readonly string _id;
    private readonly int _port;

    public RunningContainer(string image)
    {
        _id = Docker.Run("run", "--detach", "--read-only", "--tmpfs", "/tmp", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--publish", "127.0.0.1::8080", image).Trim();
        _port = int.Parse(Docker.Run("port", _id, "8080/tcp").Trim().Split(':')[^1], CultureInfo.InvariantCulture);
    }

    /// <summary>The answer to GET, tried until the application listens or a minute is over.</summary>
    public async Task<string> GetAsync(string path)
    {
        var until = DateTime.UtcNow.AddMinutes(1);
        while (true)
        {
            try
            {
                return await Client.GetStringAsync(new Uri($"http://127.0.0.1:{_port}{path}"));
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && DateTime.UtcNow < until)
            {
                await Task.Delay(100);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"No answer: {e.Message}\n{CommandLine.Run(Path.GetTempPath(), "docker", "logs", _id).Output}", e);
            }
        }
    }

    /// <summary>The user and group ids of the first process, as the kernel sees them.</summary>
    public string ProcessIds()
    {
        var pid = Docker.Run("inspect", "--format", "{{.State.Pid}}", _id).Trim();
        var status = File.ReadAllLines($"/proc/{pid}/status");
        return string.Join(':', new[] { "Uid:", "Gid:" }.Select(name => status.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split('\t')[1]));
    }

    public void Dispose() => Docker.Run("rm", "--force", "--volumes", _id);
}
