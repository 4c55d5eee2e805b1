using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ContainerSdk.Engines.Archives;

/// <summary>An image archive on disk: a plain tar file, or a gzipped one where its name says so.</summary>
public static class ImageArchive
{
    private const string DefaultEnd = ".tar.gz";

    /// <summary>The file that <paramref name="path"/> stands for: itself, or in a folder one that is named like the repository.</summary>
    public static string PathOf(string path, string project, string repository)
    {
        var full = Path.GetFullPath(path, project);
        return Directory.Exists(full) || Path.EndsInDirectorySeparator(path) ? Path.Combine(full, repository + DefaultEnd) : full;
    }

    /// <summary>Whether a file of that name is gzipped.</summary>
    public static bool IsCompressed(string path) =>
        path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase);

    /// <summary>Makes <paramref name="path"/> out of a plain tar file, whole or not at all; the tar file is gone afterwards.</summary>
    public static async Task FinishAsync(string tar, string path, CancellationToken cancellation)
    {
        if (IsCompressed(path))
        {
            var compressed = tar + ".gz";
            try
            {
                await CompressAsync(tar, compressed, cancellation);
                File.Move(compressed, path, overwrite: true);
            }
            finally
            {
                File.Delete(compressed);
                File.Delete(tar);
            }
        }
        else
        {
            File.Move(tar, path, overwrite: true);
        }
    }

    /// <summary>The manifest in a plain tar file: that of its OCI layout, or what an older docker writes in its stead; null if there is neither.</summary>
    public static ArchivedManifest? ReadManifest(string tar)
    {
        try
        {
            var texts = Read(tar, "index.json", "manifest.json");
            if (texts.TryGetValue("index.json", out var index)) return Indexed(tar, index);
            return texts.TryGetValue("manifest.json", out var list) ? new ArchivedManifest(JsonNode.Parse(list)![0]!.ToJsonString(), null, null) : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException or ArgumentException or InvalidDataException)
        {
            return null;
        }
    }

    private static ArchivedManifest? Indexed(string tar, string index)
    {
        using var document = JsonDocument.Parse(index);
        var descriptor = document.RootElement.GetProperty("manifests")[0];
        var digest = descriptor.GetProperty("digest").GetString()!;
        var blob = $"blobs/{digest.Replace(':', '/')}";
        return Read(tar, blob).TryGetValue(blob, out var text) ? new ArchivedManifest(text, digest, descriptor.GetProperty("mediaType").GetString()) : null;
    }

    private static Dictionary<string, string> Read(string tar, params ReadOnlySpan<string> names)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        using var stream = File.OpenRead(tar);
        using var reader = new TarReader(stream);
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is null || !names.Contains(entry.Name)) continue;
            using var text = new StreamReader(entry.DataStream, Encoding.UTF8);
            texts[entry.Name] = text.ReadToEnd();
        }

        return texts;
    }

    private static async Task CompressAsync(string from, string to, CancellationToken cancellation)
    {
        await using var source = File.OpenRead(from);
        await using var target = File.Create(to);
        await using var gzip = new GZipStream(target, CompressionLevel.Optimal);
        await source.CopyToAsync(gzip, cancellation);
    }
}

/// <summary>A manifest out of an archive.</summary>
/// <param name="Text">The manifest's own text.</param>
/// <param name="Digest">Its digest; null for what an older docker writes, which has none.</param>
/// <param name="MediaType">Its media type; null in the same case.</param>
public sealed record ArchivedManifest(string Text, string? Digest, string? MediaType);
