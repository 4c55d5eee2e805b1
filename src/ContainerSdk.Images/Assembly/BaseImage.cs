using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using ContainerSdk.Images.Layers;
using ContainerSdk.Images.Oci;
using ContainerSdk.Images.Store;
using ContainerSdk.Plan;

namespace ContainerSdk.Images.Assembly;

/// <summary>What an image is built on: an image of the platform, of which only what is needed is read; or nothing.</summary>
public sealed class BaseImage
{
    private const string Passwd = "etc/passwd";
    private const string Group = "etc/group";

    // Docker itself stops at 127.
    private const int MaxLayers = 1000;

    private readonly BlobStore _store;
    private readonly IImageSource? _source;
    private FileTree? _files;

    private BaseImage(BlobStore store, IImageSource? source, ImageConfiguration configuration, ImmutableArray<Descriptor> layers) =>
        (_store, _source, Configuration, Layers) = (store, source, configuration, layers);

    /// <summary>How it is run, and what its layers hold.</summary>
    public ImageConfiguration Configuration { get; }

    /// <summary>Its layers, the lowest first.</summary>
    public ImmutableArray<Descriptor> Layers { get; }

    /// <summary>The format that it is written in; null for nothing.</summary>
    public ImageFormat? Format { get; private init; }

    /// <summary>The name whose registry has its layers; null where it came from no registry.</summary>
    public ImageReference? Name { get; private init; }

    /// <summary>Nothing.</summary>
    public static BaseImage Scratch(BlobStore store, Platform platform) => new(store, null, ImageConfiguration.Empty(platform), []);

    /// <summary>Reads manifest and configuration of the image that <paramref name="name"/> stands for.</summary>
    /// <exception cref="InvalidImageException">There is none, none for the platform, or it is not what the specification says.</exception>
    /// <exception cref="IOException">The place cannot be read.</exception>
    public static async Task<BaseImage> ReadAsync(BlobStore store, IImageSource source, ImageReference name, Platform platform, CancellationToken cancellation)
    {
        var found = await ImageLookup.FindAsync(source, name.Digest ?? name.Tag ?? "latest", platform, cancellation);
        var manifest = OciJson.ReadManifest(found.Json.Span);
        var image = new BaseImage(store, source, ImageConfiguration.Read(await ReadAsync(store, source, manifest.Config, cancellation)), manifest.Layers)
        {
            Format = MediaTypes.FormatOf(found.MediaType),
            Name = name,
        };
        if (manifest.Layers.Length > MaxLayers) throw new InvalidImageException($"it has {manifest.Layers.Length} layers, more than the {MaxLayers} that an engine takes");
        if (image.Configuration.DiffIds.Length != manifest.Layers.Length)
            throw new InvalidImageException($"its manifest names {manifest.Layers.Length} layers, its configuration {image.Configuration.DiffIds.Length}");
        if (image.Configuration.Run["OnBuild"] is JsonArray { Count: > 0 }) throw new InvalidImageException("it has ONBUILD instructions, which only an engine can run");
        if (!image.Configuration.Platform.Serves(platform)) throw new InvalidImageException($"it is for {image.Configuration.Platform.Os}/{image.Configuration.Platform.Architecture}, not {platform}");
        return image;
    }

    /// <summary>One of its layers, out of the store, and into it first if need be.</summary>
    public async Task<Stream> OpenLayerAsync(Descriptor layer, CancellationToken cancellation) => await _store.FetchAsync(layer, _source, cancellation);

    /// <summary>What its layers hold: names, attributes, and the two account files. Reads all of them the first time.</summary>
    public async Task<FileTree> ReadFilesAsync(CancellationToken cancellation)
    {
        if (_files is not null) return _files;
        var files = new FileTree(Passwd, Group);
        foreach (var layer in Layers)
        {
            await using var blob = await OpenLayerAsync(layer, cancellation);
            files.Add(await LayerReader.ReadAsync(layer, blob, files.KeepAsync, cancellation));
        }

        return _files = files;
    }

    /// <summary>Its account files; those of root alone where it has none.</summary>
    public async Task<AccountFiles> ReadAccountsAsync(CancellationToken cancellation)
    {
        var files = await ReadFilesAsync(cancellation);
        return new AccountFiles(Text(Passwd) ?? AccountFiles.Minimal.Passwd, Text(Group) ?? AccountFiles.Minimal.Group);

        // What cannot be read must not be written over.
        string? Text(string path) => files.Find(path) is not { } file ? null
            : file.Content is { } content ? Encoding.UTF8.GetString(content.Span)
            : throw new InvalidImageException($"its /{path} is a link, or too large to be read");
    }

    private static async Task<byte[]> ReadAsync(BlobStore store, IImageSource source, Descriptor blob, CancellationToken cancellation)
    {
        if (blob.Size > OciJson.MaxBytes) throw new InvalidImageException($"its configuration is longer than {OciJson.MaxBytes} bytes");
        await using var stream = await store.FetchAsync(blob, source, cancellation);
        using var content = new MemoryStream();
        await stream.CopyToAsync(content, cancellation);
        return content.ToArray();
    }
}
