using System.Collections.Immutable;
using System.Formats.Tar;
using ContainerSdk.Images.Oci;
using ContainerSdk.Plan;

namespace ContainerSdk.Images.Tests.Layouts;

/// <summary>An image in memory, each part of which can be spoiled.</summary>
internal sealed class TestImage(ImageFormat format = ImageFormat.Oci)
{
    private readonly List<(Descriptor Blob, Digest DiffId)> _layers = [];

    /// <summary>The layers' contents.</summary>
    public Dictionary<Digest, byte[]> Blobs { get; } = [];

    /// <summary>How it is run, as JSON.</summary>
    public string Run { get; init; } = """{"Env":["PATH=/bin"],"Cmd":["/app"]}""";

    /// <summary>Puts a gzipped layer on top.</summary>
    public TestImage Add(params TarEntry[] entries) => Add(TestArchive.Tar(entries));

    /// <summary>Puts a gzipped layer on top.</summary>
    public TestImage Add(byte[] tar) => Add(MediaTypes.Layer(format, MediaTypes.OciLayerGzip), TestArchive.Gzip(tar), Digest.Of(tar));

    /// <summary>Puts any blob on top.</summary>
    public TestImage Add(string mediaType, byte[] blob, Digest diffId)
    {
        var descriptor = Descriptor.Of(mediaType, blob);
        _layers.Add((descriptor, diffId));
        Blobs[descriptor.Digest] = blob;
        return this;
    }

    /// <summary>The image, after its texts were changed; the manifest is made of the changed configuration.</summary>
    public Image Build(Func<string, string>? editManifest = null, Func<string, string>? editConfiguration = null)
    {
        var configuration = Bytes(editConfiguration, Configuration());
        var manifest = new ImageManifest
        {
            MediaType = MediaTypes.Manifest(format),
            Config = Descriptor.Of(MediaTypes.Configuration(format), configuration),
            Layers = [.. _layers.Select(layer => layer.Blob)],
        };
        return new Image
        {
            Manifest = manifest,
            ManifestJson = Bytes(editManifest, System.Text.Encoding.UTF8.GetString(OciJson.Write(manifest))),
            Configuration = ImageConfiguration.Empty(new Platform("linux", "amd64")),
            ConfigurationJson = configuration,
            OpenLayerAsync = (layer, _) => Task.FromResult<Stream>(
                Blobs.TryGetValue(layer.Digest, out var blob) ? new MemoryStream(blob) : throw new FileNotFoundException($"there is no blob {layer.Digest}")),
        };
    }

    private string Configuration()
    {
        var diffIds = string.Join(',', _layers.Select(layer => $"\"{layer.DiffId}\""));
        var history = string.Join(',', _layers.Select(_ => """{"created_by":"test"}""").Append("""{"created_by":"test","empty_layer":true}"""));
        return $$"""{"architecture":"amd64","os":"linux","config":{{Run}},"rootfs":{"type":"layers","diff_ids":[{{diffIds}}]},"history":[{{history}}]}""";
    }

    private static byte[] Bytes(Func<string, string>? edit, string text) => System.Text.Encoding.UTF8.GetBytes(edit?.Invoke(text) ?? text);
}
