using System.Collections.Immutable;
using ContainerSdk.Diagnostics;
using ContainerSdk.Dockerfiles;
using ContainerSdk.Engines.Receipts;
using ContainerSdk.Images;
using ContainerSdk.Images.Assembly;
using ContainerSdk.Images.Layers;
using ContainerSdk.Images.Layouts;
using ContainerSdk.Images.Oci;
using ContainerSdk.Images.Registries;
using ContainerSdk.Images.Store;

namespace ContainerSdk.Engines.Embedded;

/// <summary>
/// No engine at all: the plan's runtime stage is put together in this process, out of the base image's layers and the files that the host compiled. It needs no daemon, no root
/// and nothing installed; it runs nothing inside the image.
/// </summary>
public sealed partial class EmbeddedEngine : IContainerEngine, IImageDelivery, IImageReader, IImageRunner
{
    private const long CacheLimit = 10L * 1024 * 1024 * 1024;

    private readonly EmbeddedHost _host;
    private readonly EmbeddedState _state;
    private readonly BlobStore _store;

    /// <param name="host">The machine.</param>
    public EmbeddedEngine(EmbeddedHost host) => (_host, _state, _store) = (host, new EmbeddedState(Path.Combine(host.State, "embedded")), new BlobStore(host.Cache, host.Clock));

    /// <inheritdoc/>
    public Task<EngineStatus> ProbeAsync(CancellationToken cancellation) =>
        Task.FromResult(new EngineStatus(new EngineCapabilities("embedded", "this process", new Version(0, 0)), null));

    /// <inheritdoc/>
    public async Task<BuiltImage?> BuildAsync(BuildRequest request, IBuildReporter reporter, CancellationToken cancellation)
    {
        var (plan, stage) = (request.Plan, request.Plan.Runtime);
        try
        {
            _store.Trim(CacheLimit);
            var source = SourceOf(request);
            using var closing = source as IDisposable;
            var ignored = DockerIgnoreFile.Parse(await File.ReadAllTextAsync(request.DockerfilePath + ".dockerignore", cancellation));
            var assembler = new ImageAssembler(_store, new LayerCache(Path.Combine(_host.Cache, "layers"), _store), request.ContextPath, ContextFiles.Find(request.ContextPath, ignored));
            var (images, baseLayers) = (ImmutableArray.CreateBuilder<Image>(), ImmutableArray.CreateBuilder<int>());
            foreach (var platform in plan.Platforms)
            {
                reporter.Step($"[base] {stage.Image?.ToString() ?? "scratch"}{(plan.Platforms.Length > 1 ? $" {platform}" : "")}");
                var basis = stage.Image is { } reference
                    ? await BaseImage.ReadAsync(_store, source ?? throw new InvalidImageException($"ContainerBaseImagePath '{stage.ImagePath}' is neither a folder nor a file, nor 'docker:' or 'podman:'"), reference, platform, cancellation)
                    : BaseImage.Scratch(_store, platform);
                images.Add(await assembler.AssembleAsync(stage with { Layers = [.. stage.Layers.Where(layer => layer.IsFor(platform))] }, basis, plan.Format, cancellation));
                baseLayers.Add(basis.Layers.Length);
            }

            var image = new NamedImage(images.ToImmutable());
            return await TryWriteAsync(_state.Folder, reporter, () => _state.WriteAsync(image, baseLayers.ToImmutable(), cancellation)) ? Describe(image, plan.Destinations) : null;
        }
        catch (StoreException e)
        {
            reporter.Report(CacheProblem(e));
        }
        catch (Exception e) when (BaseImageProblem.Of(e, stage) is not null)
        {
            reporter.Report(BaseImageProblem.Of(e, stage)!);
        }

        return null;
    }

    /// <inheritdoc/>
    public async Task<ImagePlace?> TagAsync(BuildRequest request, BuiltImage image, IBuildReporter reporter, CancellationToken cancellation)
    {
        // What goes to a registry or an archive gets its names there.
        if (request.Plan.Delivery is not null) return new ImagePlace("the cache", null);
        var source = SourceOf(request);
        using var closing = source as IDisposable;
        if (await ReadAsync(source, reporter, image.Id, cancellation) is not var (whole, note)) return null;
        var engine = await LocalEngine.FindAsync(_host.LocalEngines, cancellation);
        // Most engines keep one platform of an image.
        var local = whole.For(_host.Architecture);
        var isWritten = true;
        var refusal = await DeliverAsync(request, reporter, async () =>
        {
            if (engine is not null) return await engine.LoadAsync((stream, token) => ArchiveWriter.WriteAsync(new NamedImage([local]), image.References, stream, token), cancellation);
            isWritten = await TryWriteAsync(_state.ArchivePath, reporter, () => WriteArchiveAsync(whole, image.References, _state.ArchivePath, cancellation));
            return null;
        });
        if (!refusal.Succeeded || !isWritten) return null;
        if (refusal.Result is { } reason)
        {
            reporter.Report(new Diagnostic(Descriptors.LoadFailed, [engine!.Command, reason]));
            return null;
        }

        if (!await TryWriteAsync(_state.Folder, reporter, () => _state.WriteAsync(note with { Place = engine?.Command ?? "" }, CancellationToken.None))) return null;
        return engine is null
            ? new ImagePlace($"local archive at '{_state.ArchivePath}'", _state.ArchivePath)
            : new ImagePlace($"local registry via '{engine.Command}'", null)
            {
                Platform = whole.IsIndex ? $"{local.Configuration.Platform.Os}/{local.Configuration.Platform.Architecture}" : null,
                KeepsDigest = !whole.IsIndex && await engine.KeepsDigestAsync(image.References[0], whole.Digest.ToString(), CancellationToken.None),
            };
    }

    /// <inheritdoc/>
    public async Task<BuiltImage?> FindAsync(string id, ImmutableArray<ImageReference> names, CancellationToken cancellation)
    {
        if (await _state.ReadAsync(NoLayerAsync, cancellation) is not var (image, note) || IdOf(image) != id) return null;
        var local = image.For(_host.Architecture);
        var isThere = note.Place switch
        {
            null => image.Images.Zip(note.BaseLayers).All(pair => pair.First.Manifest.Layers.Skip(pair.Second).All(_store.Has)),
            // An engine that answers by now would have got it.
            "" => File.Exists(_state.ArchivePath) && await LocalEngine.FindAsync(_host.LocalEngines, cancellation) is null,
            var command => await new LocalEngine(command).HasAsync([local.Id.ToString(), local.Digest.ToString()], names, cancellation),
        };
        return isThere ? Describe(image, names) : null;
    }

    // The image as it was built; its base's layers come out of the cache, or again from where they are.
    private async Task<(NamedImage Image, EmbeddedNote Note)?> ReadAsync(IImageSource? source, IBuildReporter reporter, string? id, CancellationToken cancellation)
    {
        (NamedImage Image, EmbeddedNote Note)? found = null;
        found = await _state.ReadAsync(OpenAsync, cancellation);
        if (found is { } whole && (id is null || IdOf(whole.Image) == id)) return found;
        reporter.Report(new Diagnostic(Descriptors.EmbeddedImageLost, [_host.State]));
        return null;

        // A failure of the base's registry is not one of the registry that is pushed to.
        async Task<Stream> OpenAsync(Descriptor layer, CancellationToken token)
        {
            try
            {
                var (image, note) = found!.Value;
                var isOfBase = image.Images.Zip(note.BaseLayers).Any(pair => pair.First.Manifest.Layers.Take(pair.Second).Any(other => other.Digest == layer.Digest));
                return await _store.FetchAsync(layer, isOfBase ? source : null, token);
            }
            catch (Exception e) when (e is RegistryException or EngineStoreException)
            {
                throw new InvalidImageException(e.Message, e);
            }
        }
    }

    private Diagnostic CacheProblem(StoreException problem) => new(Descriptors.CacheFailed, [_host.Cache, problem.Message.TrimEnd('.')]);

    // What is written beside the plan is this project's, and neither the cache nor the base is to blame.
    private static async Task<bool> TryWriteAsync(string path, IBuildReporter reporter, Func<Task> write)
    {
        try
        {
            await write();
            return true;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException and not (StoreException or EngineStoreException or RegistryException or FileNotFoundException))
        {
            reporter.Report(new Diagnostic(Descriptors.EngineFileFailed, [path, e.Message.TrimEnd('.')]));
            return false;
        }
    }

    // Layers are fetched and read only when the image goes somewhere.
    private async Task<(bool Succeeded, T? Result)> DeliverAsync<T>(BuildRequest request, IBuildReporter reporter, Func<Task<T>> deliver)
    {
        try
        {
            return (true, await deliver());
        }
        catch (FileNotFoundException)
        {
            reporter.Report(new Diagnostic(Descriptors.EmbeddedImageLost, [_host.State]));
        }
        catch (StoreException e)
        {
            reporter.Report(CacheProblem(e));
        }
        catch (InvalidImageException e)
        {
            reporter.Report(BaseImageProblem.Of(e.InnerException is RegistryException or EngineStoreException ? e.InnerException : e, request.Plan.Runtime)!);
        }

        return (false, default);
    }

    // A path of the user's own wins over the registry that the name stands for. Null is scratch, and a path where nothing is: the cache may have all that is needed.
    private IImageSource? SourceOf(BuildRequest request)
    {
        var stage = request.Plan.Runtime;
        if (stage.Image is null) return null;
        if (stage.ImagePath is not { } path) return new RegistryAccess(_host, request.Logins).Open(stage.Image);
        var temporary = Path.Combine(_host.Cache, BlobStore.Unfinished);
        if (EngineStore.CommandOf(path) is { } command) return new EngineStore(command, stage.Image.ToString(), (stage.Image.Digest, stage.Image.Tag ?? "latest"), temporary);
        var full = Path.GetFullPath(path, _host.Project);
        return Directory.Exists(full) ? new OciLayout(full)
            : File.Exists(full) ? new ArchiveSource(full, temporary)
            : null;
    }

    private static Task<Stream> NoLayerAsync(Descriptor layer, CancellationToken cancellation) => throw new InvalidOperationException();

    // Of several platforms this machine's is what can be looked at, and what an engine here may have.
    private string IdOf(NamedImage image) => image.For(_host.Architecture).Id.ToString();

    private BuiltImage Describe(NamedImage image, ImmutableArray<ImageReference> names)
    {
        var local = image.For(_host.Architecture);
        return new(
            names,
            IdOf(image),
            image.Digest.ToString(),
            local.Manifest.Layers.Sum(layer => layer.Size),
            [.. local.Configuration.DiffIds.Select(digest => digest.ToString())],
            local.Configuration.Run["User"]?.ToString() ?? "",
            System.Text.Encoding.UTF8.GetString(local.ConfigurationJson.Span)) { MediaType = image.MediaType };
    }

    private static async Task WriteArchiveAsync(NamedImage image, ImmutableArray<ImageReference> names, string path, CancellationToken cancellation)
    {
        try
        {
            await using (var file = new FileStream(path + ".new", FileMode.Create, FileAccess.Write, FileShare.None)) await ArchiveWriter.WriteAsync(image, names, file, cancellation);
            File.Move(path + ".new", path, overwrite: true);
        }
        finally
        {
            File.Delete(path + ".new");
        }
    }
}
