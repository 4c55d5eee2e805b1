using System.Text.Json;

namespace ContainerSdk.Engines.Docker;

/// <summary>What buildx writes with <c>--metadata-file</c>: the digest under which the builder's store keeps the image.</summary>
/// <param name="Digest">The manifest's digest, or the image's id in a store that keeps no manifests.</param>
internal sealed record BuildMetadata(string Digest)
{
    /// <summary>Reads the file; null if there is none, or none with a digest.</summary>
    public static BuildMetadata? Read(string path)
    {
        if (!File.Exists(path)) return null;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            return document.RootElement.TryGetProperty("containerimage.digest", out var digest) && digest.GetString() is { Length: > 0 } text ? new BuildMetadata(text) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
