using ContainerSdk.Diagnostics;
using ContainerSdk.Images;
using ContainerSdk.Plan;

namespace ContainerSdk.Planning;

/// <summary>The runtime stage: base, layers, and the image configuration.</summary>
internal static class RuntimePlanner
{
    private const string Scratch = "scratch";

    /// <summary><paramref name="host"/> is where the host's files lie if the host has compiled; null if a builder does.</summary>
    public static RuntimeStage Plan(InputReader reader, ContextPlanner? host)
    {
        var image = Base(reader);
        var working = reader.Path("ContainerWorkingDirectory", reader.Text("ContainerWorkingDirectory") ?? "/app");
        var (entrypoint, command, dropsBaseEntrypoint) = CommandPlanner.Plan(reader);
        return new RuntimeStage
        {
            Image = image,
            Layers = LayerPlanner.Plan(reader, working, host),
            WorkingDirectory = working,
            Environment = Variables.Read(reader, "ContainerEnvironmentVariable"),
            Labels = Variables.ReadLabels(reader, "ContainerLabel"),
            Ports = PortPlanner.Plan(reader),
            User = User(reader, image),
            Entrypoint = entrypoint,
            DropsBaseEntrypoint = dropsBaseEntrypoint,
            Command = command,
        };
    }

    private static ImageReference? Base(InputReader reader)
    {
        var text = reader.Required("ContainerBaseImage");
        return text.Length > 0 && text.Trim() != Scratch && reader.TryImage("ContainerBaseImage", text, out var image) ? image : null;
    }

    private static ImageUser User(InputReader reader, ImageReference? image)
    {
        if (reader.Text("ContainerUser") is not { } text) return ImageUser.Default;
        if (!ImageUser.TryParse(text.Trim(), out var user))
        {
            reader.Diagnostics.Add(Descriptors.InvalidUser, "ContainerUser", text);
            return ImageUser.Default;
        }

        if (user.IsNamed && image is null && reader.Text("ContainerBaseImage")?.Trim() == Scratch)
            reader.Diagnostics.Add(Descriptors.UserWithoutAccount, text);
        return user;
    }
}
