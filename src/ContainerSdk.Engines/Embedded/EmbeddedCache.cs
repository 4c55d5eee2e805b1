using System.Collections.Immutable;

namespace ContainerSdk.Engines.Embedded;

/// <summary>The folder that all publishes of a user share: base blobs, finished layers, and what a killed publish left.</summary>
public static class EmbeddedCache
{
    private static readonly ImmutableArray<string> Parts = ["layers", "blobs", "facts", "unfinished"];

    /// <summary>Removes what is in it, and nothing else that may lie there; how many bytes that were. A publish that runs meanwhile may have to begin anew.</summary>
    /// <exception cref="IOException">A file cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">A file cannot be removed.</exception>
    public static long Clear(string folder)
    {
        var size = 0L;
        foreach (var part in Parts.Select(name => new DirectoryInfo(Path.Combine(folder, name))).Where(part => part.Exists))
        {
            size += part.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
            part.Delete(recursive: true);
        }

        return size;
    }
}
