using System.Collections.Immutable;
using System.Text;
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
    /// <exception cref="IOException">It cannot be read.</exception>
    public async Task<InspectedImage?> InspectAsync(BuildPlan plan, BuiltImage image, CancellationToken cancellation)
    {
        var configuration = ImageConfiguration.Read(Encoding.UTF8.GetBytes(image.Configuration));
        var diffIds = configuration.DiffIds;
        if (plan.Platforms.Length > 1 || plan.Runtime.Image is not { } name || facts.FindBase(name.ToString(), diffIds) is not { } below) return null;
        if (await FindAsync(diffIds[..below], isOfBase: true, cancellation) is not { } layers) return null;
        var own = diffIds[below..];
        if (await facts.FindAsync(own, cancellation) is { } whole) return Of([new InspectedLayer(own, IsOfBase: false, whole)]);
        if (await FindAsync(own, isOfBase: false, cancellation) is { } each) return Of(each);
        if (PlacesOf(plan.Runtime) is not { } places || await SizesAsync(plan, image.Id, cancellation) is not var (ownSize, baseSize)) return null;
        if (await ReadAsync(image.Id, places, layers, cancellation) is not { } names || !Fits(names, ownSize) || !Fits(layers.SelectMany(layer => layer.Names), baseSize)) return null;
        await facts.AddAsync(own, names, cancellation);
        return Of([new InspectedLayer(own, IsOfBase: false, names)]);

        InspectedImage Of(ImmutableArray<InspectedLayer> above) => new(configuration, layers.AddRange(above));
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

    private async Task<ImmutableArray<InspectedLayer>?> FindAsync(ImmutableArray<Digest> diffIds, bool isOfBase, CancellationToken cancellation)
    {
        var layers = ImmutableArray.CreateBuilder<InspectedLayer>();
        foreach (var layer in diffIds)
        {
            if (await facts.FindAsync([layer], cancellation) is not { } known) return null;
            layers.Add(new InspectedLayer([layer], isOfBase, known));
        }

        return layers.ToImmutable();
    }

    // Of the plan's own instructions, and of what lies below.
    private async Task<(long Own, long Base)?> SizesAsync(BuildPlan plan, string image, CancellationToken cancellation)
    {
        var own = DockerfileLowering.Lower(plan, DockerfileDialect.Portable).Stages[^1].Instructions.Length;
        return DockerHistory.Sizes(await ProcessRunner.RunAsync(new ProcessCommand(command, DockerArguments.History(image)), null, cancellation)) is { } sizes && sizes.Length >= own ? (sizes[..own].Sum(), sizes[own..].Sum()) : null;
    }

    // Depending on how a layer came in, docker counts the texts of symbolic links or does not.
    private static bool Fits(IEnumerable<LayerName> names, long size)
    {
        var (files, links) = (0L, 0L);
        foreach (var name in names)
        {
            files += name.Entry.Size;
            if (name.Entry.Kind == LayerEntryKind.SymbolicLink) links += Encoding.UTF8.GetByteCount(name.Entry.Target);
        }

        return size >= files && size <= files + links;
    }

    private async Task<ImmutableArray<LayerName>?> ReadAsync(string image, ImmutableArray<string> places, ImmutableArray<InspectedLayer> below, CancellationToken cancellation)
    {
        var tree = new FileTree();
        foreach (var layer in below) tree.Add(layer.Names);
        var names = ImmutableArray.CreateBuilder<LayerName>();
        return await new ContainerFiles(command).UseAsync(image, async container =>
        {
            foreach (var place in places)
            {
                if (await CopyAsync(container, place, tree.Resolve(place[..(place.LastIndexOf('/') + 1)]), cancellation) is not { } copied) return false;
                names.AddRange(copied);
            }

            return true;
        }, cancellation) ? names.ToImmutable() : null;
    }

    // The archive's names begin with the last part of the place, which lies where the base's links lead to.
    private async Task<ImmutableArray<LayerName>?> CopyAsync(string container, string place, string folder, CancellationToken cancellation)
    {
        var above = folder.Length == 0 ? "" : folder + "/";
        var names = ImmutableArray<LayerName>.Empty;
        var isThere = await ContainerFiles.CopyAsync(command, container, place, async (output, token) =>
            names = await LayerReader.ReadAsync(output, (file, inner) => FileInspector.InspectAsync(file with { Path = above + file.Path }, inner), token), cancellation);
        return isThere ? [.. names.Select(name => new LayerName(above + name.Path, name.Entry.Kind == LayerEntryKind.HardLink ? name.Entry with { Target = above + name.Entry.Target } : name.Entry))] : null;
    }
}
