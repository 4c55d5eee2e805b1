using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ContainerSdk.Images.Oci;

namespace ContainerSdk.Engines.Embedded;

/// <summary>What the embedded engine made for a project last: manifests and configurations, byte for byte, and a note, in files beside the plan.</summary>
/// <param name="folder">Where the files are.</param>
internal sealed class EmbeddedState(string folder)
{
    private readonly string _note = Path.Combine(folder, "note.json");

    /// <summary>Where the files are.</summary>
    public string Folder => folder;

    /// <summary>Where an image goes that no engine of this machine takes.</summary>
    public string ArchivePath => Path.Combine(folder, "image.tar");

    /// <summary>Keeps what is said of the image; it has no names then.</summary>
    /// <param name="image">The image.</param>
    /// <param name="baseLayers">How many of the layers are the base image's, for each platform.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task WriteAsync(NamedImage image, ImmutableArray<int> baseLayers, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        File.Delete(_note);
        foreach (var (i, one) in image.Images.Index())
        {
            await WriteAsync(PathOf(i, "configuration"), one.ConfigurationJson, cancellation);
            await WriteAsync(PathOf(i, "manifest"), one.ManifestJson, cancellation);
        }

        await WriteAsync(new EmbeddedNote(baseLayers, null), cancellation);
    }

    /// <summary>Keeps the note.</summary>
    public Task WriteAsync(EmbeddedNote note, CancellationToken cancellation) =>
        WriteAsync(_note, JsonSerializer.SerializeToUtf8Bytes(note, EmbeddedNoteJsonContext.Default.EmbeddedNote), cancellation);

    /// <summary>The image, whose layers <paramref name="open"/> opens, and its note; null if there is none, or its files do not belong together.</summary>
    public async Task<(NamedImage Image, EmbeddedNote Note)?> ReadAsync(Func<Descriptor, CancellationToken, Task<Stream>> open, CancellationToken cancellation)
    {
        if (!File.Exists(_note)) return null;
        try
        {
            var note = JsonSerializer.Deserialize(await File.ReadAllBytesAsync(_note, cancellation), EmbeddedNoteJsonContext.Default.EmbeddedNote);
            if (note is not { BaseLayers.IsDefaultOrEmpty: false }) return null;
            var images = ImmutableArray.CreateBuilder<Image>(note.BaseLayers.Length);
            for (var i = 0; i < note.BaseLayers.Length; i++)
            {
                var (manifest, configuration) = (await File.ReadAllBytesAsync(PathOf(i, "manifest"), cancellation), await File.ReadAllBytesAsync(PathOf(i, "configuration"), cancellation));
                var parts = OciJson.ReadManifest(manifest);
                if (parts.Config.Digest != Digest.Of(configuration)) return null;
                images.Add(new Image { ManifestJson = manifest, ConfigurationJson = configuration, Manifest = parts, Configuration = ImageConfiguration.Read(configuration), OpenLayerAsync = open });
            }

            return (new NamedImage(images.MoveToImmutable()), note);
        }
        catch (Exception e) when (e is InvalidImageException or JsonException or FileNotFoundException)
        {
            return null;
        }
    }

    private string PathOf(int index, string kind) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{kind}-{index + 1}.json"));

    private static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        await File.WriteAllBytesAsync(path + ".new", content, cancellation);
        File.Move(path + ".new", path, overwrite: true);
    }
}

/// <summary>What the manifests do not say.</summary>
/// <param name="BaseLayers">How many of the layers are the base image's, for each platform.</param>
/// <param name="Place">Where the image has its names: an engine's command; empty for the archive; null if it has none on this machine.</param>
internal sealed record EmbeddedNote(ImmutableArray<int> BaseLayers, string? Place);

[JsonSerializable(typeof(EmbeddedNote))]
internal sealed partial class EmbeddedNoteJsonContext : JsonSerializerContext;
