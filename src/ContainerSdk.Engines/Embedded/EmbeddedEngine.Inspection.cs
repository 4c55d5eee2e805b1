using System.Collections.Immutable;
using ContainerSdk.Images.Inspection;
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
}
