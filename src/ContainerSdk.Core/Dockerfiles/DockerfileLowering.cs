using ContainerSdk.Plan;

namespace ContainerSdk.Dockerfiles;

/// <summary>A plan as a multi-stage Dockerfile: what changes rarely comes first.</summary>
public static class DockerfileLowering
{
    internal const string Build = "build";

    /// <summary>The document for <paramref name="plan"/> in <paramref name="dialect"/>.</summary>
    public static DockerfileDocument Lower(BuildPlan plan, DockerfileDialect dialect)
    {
        var steps = new StepLowering(plan.Runtime);
        var account = AccountLowering.Lower(plan);
        var layers = LayerLowering.Lower(plan, dialect);
        return new([.. plan.Builders.Take(1).SelectMany(ContextCopies.Stages), .. Builders(plan, dialect), .. account.Stages, .. steps.Stages, .. layers.Stages, RuntimeLowering.Lower(plan.Runtime, layers, account, steps)]);
    }

    // With several platforms the engine asks for the stage of each; those of the others are not built.
    private static IEnumerable<DockerfileStage> Builders(BuildPlan plan, DockerfileDialect dialect) => plan.Builders switch
    {
        [] => [],
        [var one] => [BuilderLowering.Lower(one, Build, dialect)],
        var several => [.. several.Select(stage => BuilderLowering.Lower(stage, $"{Build}-{stage.Platform.Architecture}", dialect)), new DockerfileStage(new StageBase.ByArchitecture($"{Build}-"), Build, [])],
    };
}
