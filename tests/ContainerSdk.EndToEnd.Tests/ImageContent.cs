using System.Formats.Tar;
using System.Text.Json;
using ContainerSdk.Testing;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>What is in an image's layers, file by file, also what a later layer hides.</summary>
internal sealed class ImageContent
{
    private ImageContent(IReadOnlyList<Archive> layers, JsonElement configuration) =>
        (Layers, Times, Configuration) = ([.. layers.Select(layer => layer.Entries)], [.. layers.Select(layer => layer.Times)], configuration);

    /// <summary>The layers, base first: each entry as <c>mode owner path</c>, folders with a trailing slash.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Layers { get; }

    /// <summary>The time of each entry, in the archive's own order.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Times { get; }

    /// <summary>The image configuration.</summary>
    public JsonElement Configuration { get; }

    /// <summary>Every path in every layer.</summary>
    public IEnumerable<string> Paths => Layers.SelectMany(layer => layer).Select(entry => entry.Split(' ', 3)[2]);

    public static ImageContent Of(string image)
    {
        var folder = Directory.CreateTempSubdirectory("containersdk-image");
        try
        {
            Docker.Run("save", "--output", Path.Combine(folder.FullName, "image.tar"), image);
            TarFile.ExtractToDirectory(Path.Combine(folder.FullName, "image.tar"), folder.FullName, overwriteFiles: true);
            using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.FullName, "manifest.json")));
            var root = manifest.RootElement[0];
            using var configuration = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.FullName, root.GetProperty("Config").GetString()!)));
            return new ImageContent([.. root.GetProperty(nameof(Layers)).EnumerateArray().Select(layer => Entries(Path.Combine(folder.FullName, layer.GetString()!)))], configuration.RootElement.Clone());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Archive Entries(string archive)
    {
        var (entries, times) = (new List<string>(), new List<string>());
        using var stream = File.OpenRead(archive);
        using var reader = new TarReader(stream);
        while (reader.GetNextEntry() is { } entry)
        {
            times.Add(entry.ModificationTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
            entries.Add($"{Convert.ToString((int)entry.Mode & 0xfff, 8)} {entry.Uid}:{entry.Gid} /{entry.Name.TrimStart('.', '/')}");
        }

        entries.Sort(StringComparer.Ordinal);
        return new Archive(entries, times);
    }

    private sealed record Archive(IReadOnlyList<string> Entries, IReadOnlyList<string> Times);
}
