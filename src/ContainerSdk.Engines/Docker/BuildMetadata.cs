using System.Collections.Immutable;
using System.Text.Json;

namespace ContainerSdk.Engines.Docker;

/// <summary>What buildx writes with <c>--metadata-file</c>.</summary>
internal static class BuildMetadata
{
    // Which of the two the local store knows an image by depends on the store: classic ones by the configuration's digest, containerd's by the manifest's.
    // The docker driver writes the image's id as the second one, and not the first.
    private static readonly ImmutableArray<string> Fields = ["containerimage.config.digest", "containerimage.digest"];

    /// <summary>The digests under which the local store may know the image, the likeliest first; none if the file is missing or says none.</summary>
    public static ImmutableArray<string> ReadDigests(string path) => Read(path, Fields);

    /// <summary>The digest of the manifest that was pushed; null if the file is missing or says none.</summary>
    public static string? ReadManifestDigest(string path) => Read(path, ["containerimage.digest"]).FirstOrDefault();

    private static ImmutableArray<string> Read(string path, ImmutableArray<string> fields)
    {
        if (!File.Exists(path)) return [];
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            return [.. fields.Select(name => document.RootElement.TryGetProperty(name, out var digest) ? digest.GetString() : null).OfType<string>().Where(digest => digest.Length > 0)];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
