using System.Collections.Immutable;
using ContainerSdk.Images.Inspection;

namespace ContainerSdk.Engines.Embedded;

/// <summary>The look into the image that was put together.</summary>
public sealed partial class EmbeddedEngine
{
    /// <inheritdoc/>
    public async Task<ImmutableArray<InspectedImage>?> InspectAsync(BuildRequest request, BuiltImage image, IBuildReporter reporter, CancellationToken cancellation)
    {
        var source = SourceOf(request);
        using var closing = source as IDisposable;
        if (await ReadAsync(source, reporter, image.Id, cancellation) is not var (whole, note)) return null;
        var facts = new EngineCache(_host.Cache, _host.Clock).Facts;
        facts.Trim();
        var read = await DeliverAsync(request, reporter, async () =>
        {
            var images = ImmutableArray.CreateBuilder<InspectedImage>();
            foreach (var (one, baseLayers) in whole.Images.Zip(note.BaseLayers)) images.Add(await ReadableImage.Of(one, baseLayers).InspectAsync(facts, cancellation));
            return images.ToImmutable();
        });
        return read.Succeeded ? read.Result : null;
    }
}
