using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContainerSdk.Diagnostics;
using ContainerSdk.Dockerfiles;
using ContainerSdk.Engines.Embedded;
using ContainerSdk.Engines.Smoke;
using ContainerSdk.Images;
using ContainerSdk.Images.Inspection;
using ContainerSdk.Images.Oci;
using ContainerSdk.Images.Reports;
using ContainerSdk.Images.Store;
using ContainerSdk.Plan;

namespace ContainerSdk.Engines.Docker;

/// <summary>The look into the image that was built. Docker hands out whole images only, so what can be had by itself is.</summary>
public sealed partial class DockerEngine
{
    /// <inheritdoc/>
    public Task<ImmutableArray<InspectedImage>?> InspectAsync(BuildRequest request, BuiltImage image, IBuildReporter reporter, CancellationToken cancellation) => ReadAsync<InspectedImage>(reporter, async facts =>
        await new ChangedLayers(command, facts).InspectAsync(request.Plan, image, cancellation) is { } changed ? [changed]
        : [.. (await ReadSavedAsync(request.Plan, image, facts, cancellation)).Select(saved => saved.Content)]);

    /// <inheritdoc/>
    public Task<ImmutableArray<MeasuredImage>?> MeasureAsync(BuildRequest request, BuiltImage image, IBuildReporter reporter, CancellationToken cancellation) => ReadAsync<MeasuredImage>(reporter, async facts =>
    {
        var saved = await ReadSavedAsync(request.Plan, image, facts, cancellation);
        var builder = await FindBuilderAsync(request.Plan, cancellation);
        // The history is of this machine's platform.
        var sizes = saved is [var one] ? LayerSizes(DockerHistory.Sizes(await RunAsync(DockerArguments.History(image.Id), null, cancellation)), one.Content.Configuration, image.Size) : null;
        return
        [
            .. saved.Select(part => MeasuredImage.Of(part.Image, part.Content) with { Builder = builder })
                .Select(part => sizes is { } known ? part with { Layers = [.. part.Layers.Zip(known, (layer, size) => layer with { Size = size })] } : part),
        ];
    });

    private async Task<ImmutableArray<T>?> ReadAsync<T>(IBuildReporter reporter, Func<FactsCache, Task<ImmutableArray<T>>> read)
    {
        try
        {
            var facts = cache.Facts;
            facts.Trim();
            return await read(facts);
        }
        catch (Exception e) when (e is InvalidImageException or IOException)
        {
            reporter.Report(new Diagnostic(Descriptors.VerificationUnavailable, [e is StoreException ? $"the cache in '{cache.Folder}' cannot be used ({e.Message.TrimEnd('.')})" : e.Message.TrimEnd('.')]));
            return null;
        }
    }

    /// <inheritdoc/>
    public Task<ReadOnlyMemory<byte>?> ReadFileAsync(BuildRequest request, BuiltImage image, string path, CancellationToken cancellation) => new ContainerFiles(command).ReadAsync(image.Id, path, cancellation);

    /// <inheritdoc/>
    public Task<(SmokeEngine? Engine, string Obstacle)> ProvideAsync(BuildRequest request, BuiltImage image, CancellationToken cancellation) =>
        Task.FromResult<(SmokeEngine?, string)>((SmokeEngine.Current(SmokeEngineKind.Docker, command), ""));

    private async Task<ImmutableArray<(Image Image, InspectedImage Content)>> ReadSavedAsync(BuildPlan plan, BuiltImage image, FactsCache facts, CancellationToken cancellation)
    {
        const string Any = "latest";
        using var store = new EngineStore(command, image.Id, (null, Any), cache.Temporary);
        var images = ImmutableArray.CreateBuilder<(Image Image, InspectedImage Content)>();
        foreach (var platform in plan.Platforms)
        {
            var saved = await ImageLookup.ReadAsync(store, Any, platform, cancellation);
            var below = BaseLayers(plan, saved.Configuration);
            images.Add((saved, await ReadableImage.Of(saved, below).InspectAsync(facts, cancellation)));
            if (below > 0) await facts.AddBaseAsync(plan.Runtime.Image!.ToString(), saved.Configuration.DiffIds[..below], cancellation);
        }

        return images.ToImmutable();
    }

    // A builder that fetches images for itself keeps them out of docker's store.
    private async Task<SizedImage?> FindBuilderAsync(BuildPlan plan, CancellationToken cancellation)
    {
        if (plan.Builders is not [var builder, ..]) return null;
        var (name, none) = (builder.Image.ToString(), ImmutableArray<ImageReference>.Empty.Add(builder.Image));
        var result = await RunAsync(DockerArguments.Inspect(name), null, cancellation);
        if (!result.Succeeded) return null;
        try
        {
            using var document = JsonDocument.Parse(result.Output);
            return new SizedImage(name, DockerImage.Describe(document.RootElement[0], none).Size);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return null;
        }
    }

    // Null where the history does not go together with the layers, or the store counts in another way than it does.
    private static ImmutableArray<long>? LayerSizes(ImmutableArray<long>? history, ImageConfiguration configuration, long total)
    {
        if (history is not { } newestFirst || newestFirst.Length != configuration.History.Count) return null;
        var layers = newestFirst.Reverse().Zip(configuration.History, (size, line) => (Size: size, HasLayer: !IsEmpty(line))).Where(line => line.HasLayer).Select(line => line.Size).ToImmutableArray();
        return layers.Length == configuration.DiffIds.Length && layers.Sum() == total ? layers : null;
    }

    // Each instruction of the stage that ships leaves one line of history, whether it makes a layer or not; what comes before is the base's.
    private static int BaseLayers(BuildPlan plan, ImageConfiguration configuration)
    {
        if (plan.Runtime.Image is null) return 0;
        var history = configuration.History;
        var own = DockerfileLowering.Lower(plan, DockerfileDialect.Portable).Stages[^1].Instructions.Length;
        return history.Take(Math.Max(history.Count - own, 0)).Count(line => !IsEmpty(line));
    }

    private static bool IsEmpty(JsonNode? line) => line is JsonObject step && step["empty_layer"] is JsonValue empty && empty.TryGetValue<bool>(out var isEmpty) && isEmpty;
}
