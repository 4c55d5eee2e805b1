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

    public static ImageContent Of(string image) => Saved(image, (layers, configuration) =>
    {
        using var document = JsonDocument.Parse(File.ReadAllText(configuration));
        return new ImageContent([.. layers.Select(Entries)], document.RootElement.Clone());
    });

    /// <summary>The content of the file that the last layer with <paramref name="path"/> has there. It needs no container, so the image may be of any platform.</summary>
    public static byte[] ReadFile(string image, string path) => Saved(image, (layers, _) => layers.Select(layer => Content(layer, path)).Last(content => content is not null)!);

    /// <summary>What <paramref name="read"/> makes of the layers' archives and of the configuration's file.</summary>
    private static T Saved<T>(string image, Func<IReadOnlyList<string>, string, T> read)
    {
        var folder = Directory.CreateTempSubdirectory("containersdk-image");
        try
        {
            Docker.Run("save", "--output", Path.Combine(folder.FullName, "image.tar"), image);
            TarFile.ExtractToDirectory(Path.Combine(folder.FullName, "image.tar"), folder.FullName, overwriteFiles: true);
            using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.FullName, "manifest.json")));
            var root = manifest.RootElement[0];
            return read(
                [.. root.GetProperty(nameof(Layers)).EnumerateArray().Select(layer => Path.Combine(folder.FullName, layer.GetString()!))],
                Path.Combine(folder.FullName, root.GetProperty("Config").GetString()!));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static byte[]? Content(string archive, string path)
    {
        using var stream = File.OpenRead(archive);
        using var reader = new TarReader(stream);
        while (reader.GetNextEntry() is { } entry)
        {
            if ($"/{entry.Name.TrimStart('.', '/')}" != path || entry.DataStream is null) continue;
            using var content = new MemoryStream();
            entry.DataStream.CopyTo(content);
            return content.ToArray();
        }

        return null;
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
