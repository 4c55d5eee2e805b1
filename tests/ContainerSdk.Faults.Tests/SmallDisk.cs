using System.Diagnostics;

namespace ContainerSdk.Faults.Tests;

/// <summary>A file system of a few bytes, in memory.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Whether one can be had, which takes root and a kernel that lets it.</summary>
    public static bool CanMount { get; } = Try();

    public static SmallDisk Mount(int kilobytes)
    {
        var path = Directory.CreateTempSubdirectory("containersdk-disk-").FullName;
        if (Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "containersdk-test", path) == 0) return new SmallDisk(path);
        Directory.Delete(path);
        throw new IOException($"no tmpfs at {path}");
    }

    /// <summary>Makes room.</summary>
    public void Grow(int kilobytes)
    {
        if (Run("mount", "-o", $"remount,size={kilobytes}k", Path) != 0) throw new IOException($"{Path} does not grow");
    }

    public void Dispose()
    {
        Run("umount", "--lazy", Path);
        Directory.Delete(Path);
    }

    private static bool Try()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) return false;
        try
        {
            using var disk = Mount(64);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static int Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
