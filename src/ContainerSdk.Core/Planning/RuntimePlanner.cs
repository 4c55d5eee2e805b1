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
    public static RuntimeStage Plan(InputReader reader, ContextPlanner context, BuilderStage? builder)
    {
        var image = StageImage.Base(reader);
        var working = reader.Path("ContainerWorkingDirectory", reader.Text("ContainerWorkingDirectory") ?? "/app");
        var (entrypoint, command, dropsBaseEntrypoint) = CommandPlanner.Plan(reader);
        var user = User(reader, image);
        var volumes = VolumePlanner.Plan(reader, image, user, working);
        var packages = PackagePlanner.Plan(reader, "ContainerPackage", image, SystemFilePlanner.Packages(reader));
        var files = SystemFilePlanner.Copies(reader, image, builder).Concat(FilePlanner.Plan(reader, context, image, builder));
        var (preparation, completion) = StepPlanner.Plan(packages, files, RunPlanner.Runtime(reader, image), volumes);
        return new RuntimeStage
        {
            Image = image.Image,
            Preparation = preparation,
            Layers = LayerPlanner.Plan(reader, working, builder is null ? context : null),
            Completion = completion,
            WorkingDirectory = working,
            Environment = Variables.Read(reader, "ContainerEnvironmentVariable"),
            Labels = Variables.ReadLabels(reader, "ContainerLabel"),
            Ports = PortPlanner.Plan(reader),
            Volumes = volumes.Paths,
            HealthCheck = HealthPlanner.Plan(reader),
            StopSignal = Signal(reader),
            User = user,
            Entrypoint = entrypoint,
            DropsBaseEntrypoint = dropsBaseEntrypoint,
            Command = command,
        };
    }

    private static ImageUser User(InputReader reader, StageImage image)
    {
        if (reader.Text("ContainerUser") is not { } text) return ImageUser.Default;
        if (!ImageUser.TryParse(text.Trim(), out var user))
        {
            reader.Diagnostics.Add(Descriptors.InvalidUser, "ContainerUser", text);
            return ImageUser.Default;
        }

        if (user.IsNamed && image.IsScratch) reader.Diagnostics.Add(Descriptors.UserWithoutAccount, text);
        return user;
    }

    private static StopSignal? Signal(InputReader reader)
    {
        if (reader.Text("ContainerStopSignal") is not { } text) return null;
        if (!StopSignal.TryParse(text.Trim(), out var signal)) reader.Diagnostics.Add(Descriptors.InvalidStopSignal, text);
        return signal;
    }
}
