using System.Runtime.CompilerServices;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>A test on a real docker engine. Without one it is a named skip, and a failure where CONTAINERSDK_REQUIRE_DOCKER promises one.</summary>
internal sealed class DockerFactAttribute : FactAttribute
{
    public DockerFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) => Skip = Docker.SkipReason;
}

/// <summary>The same for a theory.</summary>
internal sealed class DockerTheoryAttribute : TheoryAttribute
{
    public DockerTheoryAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) => Skip = Docker.SkipReason;
}

/// <summary>What the tests ask of the docker command.</summary>
internal static class Docker
{
    private static readonly Lazy<string?> Reason = new(Probe);

    /// <summary>Why docker tests cannot run; null if they can, or must.</summary>
    public static string? SkipReason => Environment.GetEnvironmentVariable("CONTAINERSDK_REQUIRE_DOCKER") == "1" ? null : Reason.Value;

    /// <summary>Runs docker; an exception with its output if it fails.</summary>
    public static string Run(params ReadOnlySpan<string> arguments) => CommandLine.Run(Path.GetTempPath(), "docker", arguments).Expect().Output;

    /// <summary>Whether docker has an image of that name.</summary>
    public static bool Has(string image) => CommandLine.Run(Path.GetTempPath(), "docker", "image", "inspect", "--format", "{{.Id}}", image).ExitCode == 0;

    private static string? Probe()
    {
        try
        {
            return CommandLine.Run(Path.GetTempPath(), "docker", "version").ExitCode == 0 ? null : "No docker engine answers.";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "There is no docker command.";
        }
    }
}
