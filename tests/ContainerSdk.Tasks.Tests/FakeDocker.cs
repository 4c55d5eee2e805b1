using ContainerSdk.Tasks.Tests;
using Xunit;

[assembly: AssemblyFixture(typeof(FakeDocker))]

namespace ContainerSdk.Tasks.Tests;

/// <summary>Puts a docker that always answers the same first on this process's PATH, once, before any test runs.</summary>
public sealed class FakeDocker
{
    public FakeDocker()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "path");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(folder, "docker"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Environment.SetEnvironmentVariable("PATH", folder + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"));
    }
}
