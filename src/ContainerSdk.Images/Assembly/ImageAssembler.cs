using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using ContainerSdk.Images.Layers;
using ContainerSdk.Images.Oci;
using ContainerSdk.Images.Store;
using ContainerSdk.Plan;

namespace ContainerSdk.Images.Assembly;

/// <summary>The runtime stage of a plan as an image, put together file by file: the same image that an engine makes of the plan's Dockerfile, without running anything.</summary>
/// <param name="store">Where finished layers go.</param>
/// <param name="layers">Which layers were finished before.</param>
/// <param name="contextPath">The full path of the context's root.</param>
/// <param name="context">The files that the plan may see, by their path relative to the root.</param>
public sealed class ImageAssembler(BlobStore store, LayerCache layers, string contextPath, IReadOnlyDictionary<string, FileSystemInfo> context)
{
    private const string Created = "org.opencontainers.image.created";

    private static readonly ImmutableArray<string> Standard =
        ["bin", "boot", "dev", "etc", "home", "lib", "lib64", "media", "mnt", "opt", "proc", "root", "run", "sbin", "srv", "sys", "tmp", "usr", "var"];

    /// <summary>Puts the image together, in <paramref name="format"/>, or if that is null in its base's.</summary>
    /// <exception cref="InvalidImageException">The base image is not what the specification says, or does not fit the plan.</exception>
    /// <exception cref="IOException">Something cannot be read or written.</exception>
    public async Task<Image> AssembleAsync(RuntimeStage stage, BaseImage basis, ImageFormat? format, CancellationToken cancellation)
    {
        var chosen = format ?? FormatOf(stage, basis);
        var made = await WriteLayersAsync(stage, basis, chosen, cancellation);
        var created = TimeOf(stage).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var configuration = basis.Configuration.With(
            ConfigurationPrinter.Print(stage, basis.Configuration.Run),
            made.Select(layer => layer.Layer.DiffId),
            made.Select(layer => History(created, layer.Text)).Append(History(created, "containersdk configuration", isEmpty: true)),
            created);
        var configurationJson = configuration.ToJson();
        var manifest = new ImageManifest
        {
            MediaType = MediaTypes.Manifest(chosen),
            Config = Descriptor.Of(MediaTypes.Configuration(chosen), configurationJson),
            Layers = [.. basis.Layers.Select(layer => new Descriptor { MediaType = MediaTypes.Layer(chosen, layer.MediaType), Digest = layer.Digest, Size = layer.Size }), .. made.Select(layer => layer.Layer.Blob)],
        };
        var known = basis.Layers.ToLookup(layer => layer.Digest);
        return new Image
        {
            ManifestJson = OciJson.Write(manifest),
            ConfigurationJson = configurationJson,
            Manifest = manifest,
            Configuration = configuration,
            Base = basis.Name,
            OpenLayerAsync = async (layer, token) => known[layer.Digest].FirstOrDefault() is { } below
                ? await basis.OpenLayerAsync(below, token)
                : await store.FindAsync(layer, token) ?? throw new IOException($"the layer {layer.Digest} is no longer in the cache"),
        };
    }

    private static DateTimeOffset TimeOf(RuntimeStage stage) =>
        DateTimeOffset.TryParse(stage.Labels.LastOrDefault(label => label.Name == Created)?.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : LayerEntry.FixedTime;

    // OCI has no word for a health check.
    private static ImageFormat FormatOf(RuntimeStage stage, BaseImage basis) => stage.HealthCheck is null ? basis.Format ?? ImageFormat.Oci : ImageFormat.Docker;

    private async Task<ImmutableArray<(Layer Layer, string Text)>> WriteLayersAsync(RuntimeStage stage, BaseImage basis, ImageFormat format, CancellationToken cancellation)
    {
        var files = NeedsFiles(stage) ? await basis.ReadFilesAsync(cancellation) : new FileTree();
        var accounts = NeedsFiles(stage) ? await basis.ReadAccountsAsync(cancellation) : AccountFiles.Minimal;
        if (stage.Account is { } account) accounts = accounts.With(account);
        var steps = new StepLayers(context, accounts);
        var made = ImmutableArray.CreateBuilder<(Layer, string)>();

        var first = new LayerContent(files);
        if (stage.Account is not null) steps.AddAccounts(first);
        steps.Add(first, stage.Preparation);
        await AddAsync(first, "containersdk preparation");
        foreach (var layer in stage.Layers)
        {
            made.Add((await WriteAsync(layer, files, format, cancellation), $"containersdk layer {Path.GetFileNameWithoutExtension(layer.From)}"));
        }

        var last = new LayerContent(files);
        if (files.Find(files.Resolve(stage.WorkingDirectory.Value)) is null) last.AddMissing(LayerEntry.Folder(stage.WorkingDirectory.Value.Trim('/')));
        steps.Add(last, stage.Completion);
        await AddAsync(last, "containersdk completion");
        return made.ToImmutable();

        async Task AddAsync(LayerContent content, string text)
        {
            if (!content.IsEmpty) made.Add((await LayerWriter.WriteAsync(store, format, content.ReadAsync(), cancellation), text));
        }
    }

    private async Task<Layer> WriteAsync(AppLayer layer, FileTree files, ImageFormat format, CancellationToken cancellation)
    {
        var (path, target) = (Path.Combine(contextPath, layer.From), files.Resolve(layer.To.Value));
        var (archive, above) = (new AppArchive(path, target), new LayerContent(files));
        if (target.Length > 0) above.AddMissing(LayerEntry.Folder(target));
        var written = await layers.WriteAsync(path, $"{format} {above}", token => LayerWriter.WriteAsync(store, format, above.ReadAsync().Concat(archive.ReadAsync(token)), token), cancellation);
        await foreach (var entry in archive.ReadNamesAsync(cancellation)) files.Add(entry);
        return written;
    }

    // The base image need not be read where the application lies in a folder of its own and nothing else is done.
    private static bool NeedsFiles(RuntimeStage stage) =>
        stage.Account is not null || !stage.Preparation.IsEmpty || !stage.Completion.IsEmpty || stage.Layers.Any(layer => layer.To.Value != "/")
        || stage.WorkingDirectory.Value.Split('/') is not [_, var folder] || folder.Length == 0 || Standard.Contains(folder);

    private static JsonObject History(string created, string text, bool isEmpty = false)
    {
        var entry = new JsonObject { ["created"] = created, ["created_by"] = text };
        if (isEmpty) entry["empty_layer"] = true;
        return entry;
    }
}
