using ContainerSdk.Engines;
using ContainerSdk.Engines.Receipts;
using Microsoft.Build.Framework;

namespace ContainerSdk.Tasks;

/// <summary>Plan and Dockerfile to an image in the engine, under no name yet: writes <c>image.json</c>.</summary>
[MSBuildMultiThreadableTask]
public sealed class BuildContainerImage : ImageTask
{
    /// <summary>The Dockerfile made from the plan; its ignore file lies beside it.</summary>
    [Required]
    public string DockerfilePath { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken cancellation)
    {
        var plan = await ReadPlanAsync(cancellation);
        if (RequestOf(plan, DockerfilePath) is not { } request) return;

        // Before the build: what changes while it runs makes the next publish build again.
        var inputs = await HashAsync(request, cancellation);
        if (await Engine.BuildAsync(request, ReporterOf(plan), cancellation) is { } image) ImageFile.Of(image, inputs).Write(FullImagePath);
    }

    // A file that cannot be read is the engine's to report; without the hash there is no receipt, and the next publish builds.
    private async Task<string?> HashAsync(BuildRequest request, CancellationToken cancellation)
    {
        try
        {
            return await BuildInputs.HashAsync(
                await ReadPlanTextAsync(cancellation),
                await GeneratedFile.ReadAsync(request.DockerfilePath, cancellation),
                await GeneratedFile.ReadAsync(request.DockerfilePath + ".dockerignore", cancellation),
                request.ContextPath, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
