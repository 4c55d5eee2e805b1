using System.ComponentModel;
using System.Runtime.CompilerServices;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>A test with podman, skopeo and umoci beside docker and the registries: all that eng/lab/up.sh brings. Skipped and required as <see cref="DockerFactAttribute"/> is.</summary>
internal sealed class InteropFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Reason = new(Probe);

    public InteropFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) =>
        Skip = Registry.SkipReason ?? (Environment.GetEnvironmentVariable("CONTAINERSDK_REQUIRE_DOCKER") == "1" ? null : Reason.Value);

    private static string? Probe() => new[] { "podman", "skopeo", "umoci" }.Where(tool => !Answers(tool)).Select(tool => $"There is no {tool} command that works.").FirstOrDefault();

    private static bool Answers(string tool)
    {
        try
        {
            return CommandLine.Run(Path.GetTempPath(), tool, "--version").ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
