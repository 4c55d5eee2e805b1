using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using ContainerSdk.Images.Oci;

namespace ContainerSdk.Images.Tests.Registries;

/// <summary>A small image, whose layers hold a text each and are called by it.</summary>
internal sealed class SampleImage
{
    private readonly Dictionary<Digest, string> _texts;
    private readonly ConcurrentQueue<string> _opened = new();

    public SampleImage(params string[] texts)
    {
        _texts = texts.ToDictionary(text => Digest.Of(Encoding.UTF8.GetBytes(text)));
        var configuration = ImageConfiguration.Empty(new Platform("linux", "amd64")).With([], _texts.Keys, Array.Empty<JsonObject>(), "2026-01-01T00:00:00Z").ToJson();
        var manifest = new ImageManifest
        {
            MediaType = MediaTypes.OciManifest,
            Config = Descriptor.Of(MediaTypes.OciConfiguration, configuration),
            Layers = [.. texts.Select(text => Layer(text))],
        };
        Image = new Image
        {
            Manifest = manifest,
            ManifestJson = OciJson.Write(manifest),
            Configuration = ImageConfiguration.Read(configuration),
            ConfigurationJson = configuration,
            OpenLayerAsync = (layer, _) => Task.FromResult<Stream>(Open(layer)),
        };
    }

    public Image Image { get; init; }

    /// <summary>The layers that were opened, in their order.</summary>
    public IEnumerable<string> Opened => _opened;

    /// <summary>What the registry keeps of it, as it keeps it.</summary>
    public IEnumerable<string> Blobs(string repository) => Image.Manifest.Layers.Append(Image.Manifest.Config).Select(part => $"{repository}@{part.Digest}").Order();

    public static Descriptor Layer(string text) => Descriptor.Of(MediaTypes.OciLayerGzip, Encoding.UTF8.GetBytes(text));

    /// <summary>Makes the registry's requests readable: layers by their text, <c>config</c> and <c>manifest</c>.</summary>
    public void NameIn(MemoryRegistry registry)
    {
        foreach (var (digest, text) in _texts) registry.Names[digest.ToString()] = text;
        registry.Names[Image.Id.ToString()] = "config";
        registry.Names[Image.Digest.ToString()] = "manifest";
    }

    private MemoryStream Open(Descriptor layer)
    {
        _opened.Enqueue(_texts[layer.Digest]);
        return new MemoryStream(Encoding.UTF8.GetBytes(_texts[layer.Digest]));
    }
}
