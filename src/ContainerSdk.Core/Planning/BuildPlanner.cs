using System.Collections.Immutable;
using ContainerSdk.Diagnostics;
using ContainerSdk.Inputs;
using ContainerSdk.Plan;

namespace ContainerSdk.Planning;

/// <summary>Inputs to plan: the only place where defaults are chosen. Never throws for a user's mistake.</summary>
public static class BuildPlanner
{
    /// <summary>The plan for <paramref name="inputs"/>, or all that is wrong with them.</summary>
    public static PlanResult Plan(ContainerInputs inputs)
    {
        var diagnostics = new DiagnosticBag();
        var reader = new InputReader(inputs, diagnostics);
        EngineChoice.Read(reader);
        var platforms = PlatformPlanner.Plan(reader);
        var mode = reader.Choice("ContainerBuildMode", BuildMode.Container);
        ObstaclePlanner.Read(reader);
        LabelSwitches.Read(reader);
        var context = ContextPlanner.Read(reader);
        var files = context.Build();
        ImmutableArray<BuilderStage> builders = mode == BuildMode.Host ? [] : [.. platforms.Select(planned => BuilderPlanner.Plan(reader, context, planned))];
        var plan = new BuildPlan
        {
            Name = reader.Required("MSBuildProjectName"),
            Platforms = [.. platforms.Select(planned => planned.Platform)],
            Context = files,
            Builders = builders,
            Runtime = RuntimePlanner.Plan(reader, context, builders.FirstOrDefault(), platforms),
            Destinations = DestinationPlanner.Plan(reader),
            Delivery = DestinationPlanner.Delivery(reader),
            Format = reader.Text("ContainerImageFormat") is null ? null : reader.Choice("ContainerImageFormat", ImageFormat.Docker),
        };
        plan = plan with { Verification = VerificationPlanner.Plan(reader, plan.Runtime.Ports) };
        if (plan.Runtime.Image is { } image && builders.Any(builder => builder.Image == image) && !reader.Boolean("ContainerBaseRunsBuilder", false))
            diagnostics.Add(Descriptors.ShipsTheBuilder, reader.Text("ContainerBaseImage")!);
        if (plan is { Format: ImageFormat.Oci, Runtime.HealthCheck.Command.IsEmpty: false }) diagnostics.Add(Descriptors.HealthCheckInOci);
        EngineChoice.Check(reader, plan);
        return new PlanResult(diagnostics.HasErrors ? null : plan, diagnostics.ToSorted());
    }

    private enum BuildMode
    {
        Container,
        Host,
    }
}
