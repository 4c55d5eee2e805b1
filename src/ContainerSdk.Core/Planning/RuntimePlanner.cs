using System.Collections.Immutable;
using ContainerSdk.Diagnostics;
using ContainerSdk.Images;
using ContainerSdk.Plan;

namespace ContainerSdk.Planning;

/// <summary>The runtime stage: base, layers, and the image configuration.</summary>
internal static class RuntimePlanner
{
    /// <param name="reader">The inputs.</param>
    /// <param name="context">Where files of the host lie.</param>
    /// <param name="builder">The builder stage; null if nothing is compiled in a container.</param>
    /// <param name="platforms">What the image runs on.</param>
    public static RuntimeStage Plan(InputReader reader, ContextPlanner context, BuilderStage? builder, ImmutableArray<PlannedPlatform> platforms)
    {
        var image = StageImage.Base(reader);
        var working = reader.Path("ContainerWorkingDirectory", reader.Text("ContainerWorkingDirectory") ?? "/app");
        var (entrypoint, command, dropsBaseEntrypoint) = CommandPlanner.Plan(reader);
        var account = AccountPlanner.Plan(reader, image, hasBuilder: builder is not null);
        var volumes = VolumePlanner.Plan(reader, image, account, working);
        var packages = PackagePlanner.Plan(reader, "ContainerPackage", image, SystemFilePlanner.Packages(reader));
        var files = SystemFilePlanner.Copies(reader, image, builder).Concat(FilePlanner.Plan(reader, context, image, account, builder));
        var (preparation, completion) = StepPlanner.Plan(packages, files, RunPlanner.Runtime(reader, image), volumes);
        var ports = PortPlanner.Plan(reader);
        return new RuntimeStage
        {
            Image = image.Image,
            ImagePath = EngineChoice.BaseImagePath(reader, image),
            Account = account.Account,
            Preparation = preparation,
            Layers = LayerPlanner.Plan(reader, working, builder is null ? context : null, platforms),
            Completion = completion,
            WorkingDirectory = working,
            Environment = Variables.Read(reader, "ContainerEnvironmentVariable"),
            Labels = Variables.ReadLabels(reader, "ContainerLabel"),
            Ports = ports,
            Volumes = volumes.Paths,
            HealthCheck = HealthPlanner.Plan(reader, ports),
            StopSignal = Signal(reader),
            User = account.User,
            Entrypoint = entrypoint,
            DropsBaseEntrypoint = dropsBaseEntrypoint,
            Command = command,
        };
    }

    private static StopSignal? Signal(InputReader reader)
    {
        if (reader.Text("ContainerStopSignal") is not { } text) return null;
        if (!StopSignal.TryParse(text.Trim(), out var signal)) reader.Diagnostics.Add(Descriptors.InvalidStopSignal, text);
        return signal;
    }
}
