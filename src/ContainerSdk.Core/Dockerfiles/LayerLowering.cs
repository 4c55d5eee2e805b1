using System.Collections.Immutable;
using ContainerSdk.Plan;

namespace ContainerSdk.Dockerfiles;

/// <summary>
/// The application's layers: copied out of the builder, or unpacked out of the context. What the host has compiled for several platforms is unpacked in a stage of each, of which the
/// engine takes the one that it builds; there each layer has a folder of its own.
/// </summary>
internal sealed class LayerLowering
{
    private const string Stage = "layers";

    private LayerLowering(ImmutableArray<Instruction> instructions, ImmutableArray<DockerfileStage> stages) => (Instructions, Stages) = (instructions, stages);

    /// <summary>What the runtime stage does.</summary>
    public ImmutableArray<Instruction> Instructions { get; }

    /// <summary>The stages that it copies from, beside the builder.</summary>
    public ImmutableArray<DockerfileStage> Stages { get; }

    public static LayerLowering Lower(BuildPlan plan, DockerfileDialect dialect)
    {
        var options = CopyOptions.RootOwned | (dialect == DockerfileDialect.BuildKit ? CopyOptions.Linked : CopyOptions.None);
        var layers = plan.Runtime.Layers;
        if (!plan.Builders.IsEmpty) return new LayerLowering([.. layers.Select(layer => Copy(DockerfileLowering.Build, layer.From == "/" ? "/" : layer.From + "/", layer, options))], []);
        if (layers.All(layer => layer.Platform is null)) return new LayerLowering([.. layers.Select(layer => new Instruction.Unpack(layer.From, layer.To.Combine(""), options))], []);
        var each = plan.Platforms.Select(platform => new DockerfileStage(new StageBase.Scratch(), $"{Stage}-{platform.Architecture}",
            [.. layers.Where(layer => layer.IsFor(platform)).Select((layer, i) => new Instruction.Unpack(layer.From, Folder(i), CopyOptions.RootOwned))]));
        return new LayerLowering(
            [.. layers.Where(layer => layer.IsFor(plan.Platforms[0])).Select((layer, i) => Copy(Stage, Folder(i), layer, options))],
            [.. each, new DockerfileStage(new StageBase.ByArchitecture($"{Stage}-"), Stage, [])]);
    }

    private static Instruction.Copy Copy(string stage, string folder, AppLayer layer, CopyOptions options) => new(stage, [folder], layer.To.Combine(""), options);

    private static string Folder(int index) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/{index + 1}/");
}
