using System.Collections.Immutable;
using System.Globalization;
using ContainerSdk.Dockerfiles;
using ContainerSdk.Engines.Processes;
using ContainerSdk.Images;
using ContainerSdk.Images.Inspection;
using ContainerSdk.Images.Layers;
using ContainerSdk.Images.Oci;
using ContainerSdk.Plan;

namespace ContainerSdk.Engines.Docker;

/// <summary>
/// The layers above a base that is known, read as one and without the base: <c>docker save</c> would hand out all of the image, and take its time. Where nothing but files is copied
/// into the image, these lie in the places that the plan names, and a container that is never started hands them out. Their size must be what docker says the layers have; else nothing is
/// taken for known.
/// </summary>
/// <param name="command">The docker command.</param>
/// <param name="facts">What is known of layers.</param>
internal sealed class ChangedLayers(string command, FactsCache facts)
{
    /// <summary>The image; null if it has to be read whole.</summary>
    /// <exception cref="InvalidImageException">What docker hands out is no archive.</exception>
    /// <exception cref="IOException">It cannot be read, or the cache not be written.</exception>
    public async Task<InspectedImage?> InspectAsync(BuildPlan plan, BuiltImage image, CancellationToken cancellation)
    {
        var configuration = ImageConfiguration.Read(System.Text.Encoding.UTF8.GetBytes(image.Configuration));
        var diffIds = configuration.DiffIds;
        if (plan.Platforms.Length > 1 || facts.FindBase(diffIds) is not { } below) return null;
        var layers = ImmutableArray.CreateBuilder<InspectedLayer>();
        foreach (var layer in diffIds[..below])
        {
            if (await facts.FindAsync([layer], cancellation) is not { } known) return null;
            layers.Add(new InspectedLayer([layer], IsOfBase: true, known));
        }

        var own = diffIds[below..];
        if (await FindAsync(own, cancellation) is { } there) layers.AddRange(there);
        else if (await ReadAsync(plan, image.Id, cancellation) is { } names)
        {
            await facts.AddAsync(own, names, cancellation);
            layers.Add(new InspectedLayer(own, IsOfBase: false, names));
        }
        else
        {
            return null;
        }

        return new InspectedImage(configuration, layers.ToImmutable());
    }

    /// <summary>Where the plan's files lie in the image; null if more than files may have changed.</summary>
    internal static ImmutableArray<string>? PlacesOf(RuntimeStage stage)
    {
        var steps = stage.Preparation.AddRange(stage.Completion);
        if (stage.Account is not null || steps.Any(step => step is RuntimeStep.Install or RuntimeStep.Shell)) return null;
        // What is laid over the root brings the working directory along.
        var places = stage.Layers.Select(layer => layer.To.Value).Where(folder => folder != "/").Append(stage.WorkingDirectory.Value).Concat(steps.Select(step => step switch
        {
            RuntimeStep.Copy copy => copy.Target.TrimEnd('/'),
            RuntimeStep.Folder folder => folder.Path.Value,
            _ => "",
        })).Distinct(StringComparer.Ordinal).ToImmutableArray();
        return places.Contains("") || places.Contains("/") ? null : [.. places.Where(place => !places.Any(other => other != place && place.StartsWith(other + "/", StringComparison.Ordinal)))];
    }

    // As one, as they were read here, or each by itself, as an image read whole left them.
    private async Task<ImmutableArray<InspectedLayer>?> FindAsync(ImmutableArray<Digest> own, CancellationToken cancellation)
    {
        if (await facts.FindAsync(own, cancellation) is { } whole) return [new InspectedLayer(own, IsOfBase: false, whole)];
        var layers = ImmutableArray.CreateBuilder<InspectedLayer>();
        foreach (var layer in own)
        {
            if (await facts.FindAsync([layer], cancellation) is not { } known) return null;
            layers.Add(new InspectedLayer([layer], IsOfBase: false, known));
        }

        return layers.ToImmutable();
    }

    private async Task<ImmutableArray<LayerName>?> ReadAsync(BuildPlan plan, string image, CancellationToken cancellation)
    {
        if (PlacesOf(plan.Runtime) is not { } places) return null;
        var sizes = await RunAsync(["history", "--human=false", "--format", "{{.Size}}", image], null, cancellation);
        var own = DockerfileLowering.Lower(plan, DockerfileDialect.Portable).Stages[^1].Instructions.Length;
        var lines = sizes.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (!sizes.Succeeded || lines.Length < own) return null;
        // A word to start with, which is never started, for images that have none.
        var created = await RunAsync(["create", "--label", "containersdk=verification", image, "/"], null, cancellation);
        if (!created.Succeeded) return null;
        var container = created.Output.Trim();
        try
        {
            var names = ImmutableArray.CreateBuilder<LayerName>();
            foreach (var place in places)
            {
                if (await CopyAsync(container, place, cancellation) is not { } copied) return null;
                names.AddRange(copied);
            }

            var size = names.Sum(name => name.Entry.Kind == LayerEntryKind.SymbolicLink ? System.Text.Encoding.UTF8.GetByteCount(name.Entry.Target) : name.Entry.Size);
            return lines.Take(own).Sum(line => long.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : -1) == size ? names.ToImmutable() : null;
        }
        finally
        {
            await RunAsync(["rm", "--force", "--volumes", container], null, CancellationToken.None);
        }
    }

    // The archive's names begin with the last part of the place.
    private async Task<ImmutableArray<LayerName>?> CopyAsync(string container, string place, CancellationToken cancellation)
    {
        var above = place[1..(place.LastIndexOf('/') + 1)];
        var names = ImmutableArray<LayerName>.Empty;
        var result = await RunAsync(["cp", $"{container}:{place}", "-"], async (output, token) =>
        {
            names = await LayerReader.ReadAsync(output, (file, inner) => FileInspector.InspectAsync(file with { Path = above + file.Path }, inner), token);
        }, cancellation);
        return result.Succeeded ? [.. names.Select(name => new LayerName(above + name.Path, name.Entry.Kind == LayerEntryKind.HardLink ? name.Entry with { Target = above + name.Entry.Target } : name.Entry))] : null;
    }

    private async Task<ProcessResult> RunAsync(ImmutableArray<string> arguments, Func<Stream, CancellationToken, Task>? readOutput, CancellationToken cancellation) =>
        await ProcessRunner.RunAsync(new ProcessCommand(command, arguments) { ReadOutput = readOutput }, null, cancellation);
}
