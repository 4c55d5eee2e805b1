using ContainerSdk.Diagnostics;
using ContainerSdk.Dockerfiles;
using ContainerSdk.Engines;
using ContainerSdk.Engines.Docker;
using Microsoft.Build.Framework;

namespace ContainerSdk.Tasks;

/// <summary>Asks the engine what it is, and chooses the dialect that it reads.</summary>
[MSBuildMultiThreadableTask]
public sealed class ProbeContainerEngine : ContainerTask
{
    /// <summary>The dialect asked for, or the one chosen.</summary>
    [Output]
    public string? Dialect { get; set; }

    /// <summary><c>embedded</c>, or else docker.</summary>
    public string? EngineName { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken cancellation)
    {
        // What the embedded engine writes is read by whoever wants to build the same with another.
        if (ContainerEngines.IsEmbedded(EngineName)) return;
        var status = await new DockerEngine().ProbeAsync(cancellation);
        if (status.Capabilities is not { } capabilities)
        {
            Report(status.Problem!);
            return;
        }

        Log.LogMessage(MessageImportance.Normal, "Container engine: {0}", capabilities);
        if (string.IsNullOrEmpty(Dialect))
            Dialect = capabilities.Dialect.ToString();
        else if (Enum.TryParse<DockerfileDialect>(Dialect, ignoreCase: true, out var asked) && asked > capabilities.Dialect)
            Report(new Diagnostic(Descriptors.DialectUnsupported, [Dialect, capabilities.ToString(), capabilities.Dialect.ToString()]));
    }
}
