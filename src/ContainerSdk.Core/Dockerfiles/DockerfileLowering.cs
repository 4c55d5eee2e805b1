using ContainerSdk.Plan;

namespace ContainerSdk.Dockerfiles;

/// <summary>A plan as a multi-stage Dockerfile: what changes rarely comes first.</summary>
public static class DockerfileLowering
{
    /// <summary>The document for <paramref name="plan"/> in <paramref name="dialect"/>.</summary>
    public static DockerfileDocument Lower(BuildPlan plan, DockerfileDialect dialect) =>
        new([.. ContextCopies.Stages(plan.Builder), BuilderLowering.Lower(plan.Builder), RuntimeLowering.Lower(plan.Runtime, dialect)]);
}
