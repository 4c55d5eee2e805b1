using System.Collections.Immutable;
using System.Globalization;
using ContainerSdk.Engines.Processes;

namespace ContainerSdk.Engines.Docker;

/// <summary>Reads what <c>docker history</c> says of an image.</summary>
internal static class DockerHistory
{
    /// <summary>The bytes that each line of the history added, the newest first; null if docker does not say.</summary>
    public static ImmutableArray<long>? Sizes(ProcessResult answer)
    {
        if (!answer.Succeeded) return null;
        var sizes = ImmutableArray.CreateBuilder<long>();
        foreach (var line in answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!long.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var size)) return null;
            sizes.Add(size);
        }

        return sizes.ToImmutable();
    }
}
