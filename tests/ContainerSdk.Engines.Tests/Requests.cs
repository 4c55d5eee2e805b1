using System.Collections.Immutable;
using ContainerSdk.Images;
using ContainerSdk.Plan;

namespace ContainerSdk.Engines.Tests;

/// <summary>Small build requests.</summary>
internal static class Requests
{
    /// <summary>One platform, one tag, paths without anything special.</summary>
    public static BuildRequest Plain { get; } = new()
    {
        Plan = new BuildPlan
        {
            Name = "api",
            Platforms = [new Platform("linux", "amd64")],
            Context = new BuildContext { Root = ".", Include = ["./"], Exclude = [] },
            Builders =
            [
                new BuilderStage
                {
                    Platform = new Platform("linux", "amd64"),
                    Machine = BuilderMachine.Build,
                    Image = Image("golang:1.25"),
                    Environment = [],
                    Root = ContainerPath.Create("/src"),
                    WorkingDirectory = ContainerPath.Create("/src"),
                    Files = [],
                    RestoreInputs = [],
                    RestoreCommand = [],
                    Sources = ["./"],
                    BuildCommand = ["go", "build"],
                    Caches = [],
                    Secrets = [],
                },
            ],
            Runtime = new RuntimeStage
            {
                Layers = [],
                WorkingDirectory = ContainerPath.Create("/app"),
                Environment = [],
                Labels = [],
                Ports = [],
                User = ImageUser.Default,
                Entrypoint = [],
                Command = [],
            },
            Destinations = [Image("api:1.4")],
        },
        DockerfilePath = "/repo/api/obj/container/Dockerfile",
        ContextPath = "/repo/api",
        MetadataPath = "/repo/api/obj/container/image.json.metadata",
    };

    public static BuildRequest WithDestinations(params IEnumerable<string> names) =>
        Plain with { Plan = Plain.Plan with { Destinations = [.. names.Select(Image)] } };

    public static BuildRequest WithPlatform(Platform platform) =>
        Plain with { Plan = Plain.Plan with { Platforms = [platform] } };

    public static ImageReference Image(string text) =>
        ImageReference.TryParse(text, out var image, out var problem) ? image : throw new ArgumentException(problem, nameof(text));
}
