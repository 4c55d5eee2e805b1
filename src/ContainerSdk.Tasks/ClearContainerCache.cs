using System.Globalization;
using ContainerSdk.Engines.Embedded;
using Microsoft.Build.Framework;

namespace ContainerSdk.Tasks;

/// <summary>Empties the cache of the embedded engine, which all projects of this user share.</summary>
[MSBuildMultiThreadableTask]
public sealed class ClearContainerCache : ContainerTask
{
    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken cancellation)
    {
        var folder = EmbeddedHost.Current(ProjectDirectory, ProjectDirectory).Cache;
        var megabytes = EmbeddedCache.Clear(folder) / 1e6;
        Log.LogMessage(MessageImportance.High, string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(ProjectFile)}: removed {megabytes:0.0} MB from {folder}"));
        return Task.CompletedTask;
    }
}
