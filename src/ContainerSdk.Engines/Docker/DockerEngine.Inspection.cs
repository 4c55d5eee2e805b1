using System.Collections.Immutable;
using ContainerSdk.Diagnostics;
using ContainerSdk.Dockerfiles;
using ContainerSdk.Engines.Embedded;
using ContainerSdk.Engines.Smoke;
using ContainerSdk.Images;
using ContainerSdk.Images.Inspection;
using ContainerSdk.Images.Oci;
using ContainerSdk.Images.Store;
using ContainerSdk.Plan;

namespace ContainerSdk.Engines.Docker;

/// <summary>The look into the image that was built. Docker hands out whole images only, so what can be had by itself is.</summary>
public sealed partial class DockerEngine
{
    /// <inheritdoc/>
    public async Task<ImmutableArray<InspectedImage>?> InspectAsync(BuildRequest request, BuiltImage image, IBuildReporter reporter, CancellationToken cancellation)
    {
        try
        {
            var facts = cache.Facts;
            facts.Trim();
            return await new ChangedLayers(command, facts).InspectAsync(request.Plan, image, cancellation) is { } changed ? [changed] : await InspectSavedAsync(request.Plan, image, facts, cancellation);
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

    private async Task<ImmutableArray<InspectedImage>> InspectSavedAsync(BuildPlan plan, BuiltImage image, FactsCache facts, CancellationToken cancellation)
    {
        const string Any = "latest";
        using var store = new EngineStore(command, image.Id, (null, Any), cache.Temporary);
        var images = ImmutableArray.CreateBuilder<InspectedImage>();
        foreach (var platform in plan.Platforms)
        {
            var saved = await ImageLookup.ReadAsync(store, Any, platform, cancellation);
            var below = BaseLayers(plan, saved.Configuration);
            images.Add(await ReadableImage.Of(saved, below).InspectAsync(facts, cancellation));
            if (below > 0) await facts.AddBaseAsync(plan.Runtime.Image!.ToString(), saved.Configuration.DiffIds[..below], cancellation);
        }

        return images.ToImmutable();
    }

    // Each instruction of the stage that ships leaves one line of history, whether it makes a layer or not; what comes before is the base's.
    private static int BaseLayers(BuildPlan plan, ImageConfiguration configuration)
    {
        if (plan.Runtime.Image is null) return 0;
        var history = configuration.History;
        var own = DockerfileLowering.Lower(plan, DockerfileDialect.Portable).Stages[^1].Instructions.Length;
        return history.Take(Math.Max(history.Count - own, 0)).Count(line => line?["empty_layer"]?.GetValue<bool>() != true);
    }
}
