using System.Collections.Immutable;
using ContainerSdk.Diagnostics;
using ContainerSdk.Engines.Smoke;
using ContainerSdk.Images.Inspection;
using ContainerSdk.Images.Layers;
using ContainerSdk.Images.Layouts;
using ContainerSdk.Images.Oci;

namespace ContainerSdk.Engines.Embedded;

/// <summary>The look into the image that was put together.</summary>
public sealed partial class EmbeddedEngine
{
    /// <inheritdoc/>
    public async Task<ImmutableArray<InspectedImage>?> InspectAsync(BuildRequest request, BuiltImage image, IBuildReporter reporter, CancellationToken cancellation) =>
        await ReadLayersAsync(request, image, reporter, cancellation) is { } read ? [.. read.Select(one => one.Content)] : null;

    /// <inheritdoc/>
    public async Task<ImmutableArray<MeasuredImage>?> MeasureAsync(BuildRequest request, BuiltImage image, IBuildReporter reporter, CancellationToken cancellation) =>
        await ReadLayersAsync(request, image, reporter, cancellation) is { } read ? [.. read.Select(one => MeasuredImage.Of(one.Image, one.Content))] : null;

    private async Task<ImmutableArray<(Image Image, InspectedImage Content)>?> ReadLayersAsync(BuildRequest request, BuiltImage image, IBuildReporter reporter, CancellationToken cancellation)
    {
        var source = SourceOf(request);
        using var closing = source as IDisposable;
        if (await ReadAsync(source, reporter, image.Id, cancellation) is not var (whole, note)) return null;
        var facts = new EngineCache(_host.Cache, _host.Clock).Facts;
        facts.Trim();
        var read = await DeliverAsync(request, reporter, async () =>
        {
            var images = ImmutableArray.CreateBuilder<(Image Image, InspectedImage Content)>();
            foreach (var (one, baseLayers) in whole.Images.Zip(note.BaseLayers)) images.Add((one, await ReadableImage.Of(one, baseLayers).InspectAsync(facts, cancellation)));
            return images.ToImmutable();
        });
        return read.Succeeded ? read.Result : null;
    }

    /// <inheritdoc/>
    public async Task<ReadOnlyMemory<byte>?> ReadFileAsync(BuildRequest request, BuiltImage image, string path, CancellationToken cancellation)
    {
        var source = SourceOf(request);
        using var closing = source as IDisposable;
        if (await ReadAsync(source, new SilentReporter(), image.Id, cancellation) is not var (whole, _)) return null;
        var local = whole.For(_host.Architecture);
        ReadOnlyMemory<byte>? content = null;
        try
        {
            // The last layer that has it wins.
            foreach (var layer in local.Manifest.Layers)
            {
                await using var blob = await local.OpenLayerAsync(layer, cancellation);
                var names = await LayerReader.ReadAsync(layer, blob, async (file, token) => file.Path == path ? new FileFacts { Content = await file.ReadAsync(token) } : null, cancellation);
                content = names.LastOrDefault(name => name.Path == path).Entry?.Content ?? content;
            }
        }
        catch (Exception e) when (e is IOException or InvalidImageException)
        {
            return null;
        }

        return content;
    }

    /// <inheritdoc/>
    public async Task<(SmokeEngine? Engine, string Obstacle)> ProvideAsync(BuildRequest request, BuiltImage image, CancellationToken cancellation)
    {
        if (await LocalEngine.FindAsync(_host.LocalEngines, cancellation) is not { } engine) return (null, "no docker or podman answers here");
        var source = SourceOf(request);
        using var closing = source as IDisposable;
        if (await ReadAsync(source, new SilentReporter(), image.Id, cancellation) is not var (whole, _)) return (null, "the image is no longer in the cache");
        try
        {
            var refusal = await engine.LoadAsync((stream, token) => ArchiveWriter.WriteAsync(new NamedImage([whole.For(_host.Architecture)]), [], stream, token), cancellation);
            return refusal is null ? (SmokeEngine.Current(engine.Command == "podman" ? SmokeEngineKind.Podman : SmokeEngineKind.Docker, engine.Command), "") : (null, $"{engine.Command} does not take the image ({refusal.TrimEnd('.')})");
        }
        catch (Exception e) when (e is IOException or InvalidImageException)
        {
            return (null, $"the image cannot be read ({e.Message.TrimEnd('.')})");
        }
    }

    // What goes wrong is told by what comes of it.
    private sealed class SilentReporter : IBuildReporter
    {
        public void Step(string text)
        {
        }

        public void Output(string text)
        {
        }

        public bool CompilerMessage(CompilerMessage message) => false;

        public void Report(Diagnostic diagnostic)
        {
        }
    }
}
