using System.Collections.Immutable;
using System.Globalization;
using ContainerSdk.Images.StructureTests;

namespace ContainerSdk.Engines.Smoke;

/// <summary>The argument lists of a smoke test, for docker and podman alike where they agree. Pure, so tests compare them whole.</summary>
public static class SmokeArguments
{
    /// <summary>What every container of a smoke test carries, to find those that a killed build left.</summary>
    public const string Label = "containersdk.smoke";

    // Whoever the process runs as may write, also where the image has no such folder.
    private const string Memory = "rw,exec,nosuid,size=64m,mode=1777";

    /// <summary>
    /// Starts a container with nothing that a service can do without: a root that nobody writes to, no capabilities, limits, and the one port that is
    /// asked. Its log is one that can be read back, and no longer than a reader may be sent.
    /// </summary>
    public static ImmutableArray<string> Run(SmokeEngineKind engine, string name, SmokeRequest request, EngineAddress address) =>
    [
        "run", "--detach", "--pull", "never",
        "--name", name,
        "--label", Label,
        "--read-only",
        "--tmpfs", $"/tmp:{Memory}",
        .. request.WritableFolders.SelectMany(folder => new[] { "--tmpfs", $"{folder}:{Memory}" }),
        "--cap-drop", "ALL",
        "--security-opt", "no-new-privileges",
        "--memory", string.Create(CultureInfo.InvariantCulture, $"{request.MemoryLimit}m"),
        "--pids-limit", "256",
        "--log-driver", "json-file", "--log-opt", "max-size=8m",
        .. Readiness(engine, request.Readiness, address),
        .. request.Environment.SelectMany(variable => new[] { "--env", $"{variable.Key}={variable.Value}" }),
        request.Image,
    ];

    /// <summary>Runs one command to its end, instead of what the image starts with. A container with a name stays; one without is removed.</summary>
    public static ImmutableArray<string> Command(string image, string? name, ImmutableArray<NamedText> variables, ImmutableArray<string> command) =>
    [
        "run", "--pull", "never", "--label", Label,
        .. name is null ? ["--rm"] : ImmutableArray.Create("--name", name),
        .. variables.SelectMany(variable => new[] { "--env", $"{variable.Key}={variable.Value}" }),
        "--entrypoint", command[0],
        image,
        .. command[1..],
    ];

    /// <summary>Makes an image without a name of what a container has become.</summary>
    public static ImmutableArray<string> Commit(string name) => ["commit", name];

    /// <summary>Removes an image, and none of those that it is built on, which may have no name yet.</summary>
    public static ImmutableArray<string> RemoveImage(string image) => ["rmi", "--no-prune", "--force", image];

    /// <summary>Asks where docker's current context leads.</summary>
    public static ImmutableArray<string> Context { get; } = ["context", "inspect", "--format", "{{.Endpoints.docker.Host}}"];

    /// <summary>Asks under which port of the machine a container's port is published.</summary>
    public static ImmutableArray<string> Port(string name, int port) => ["port", name, string.Create(CultureInfo.InvariantCulture, $"{port}/tcp")];

    /// <summary>Ends when the container's process does.</summary>
    public static ImmutableArray<string> Wait(string name) => ["wait", name];

    /// <summary>Describes the container.</summary>
    public static ImmutableArray<string> Inspect(string name) => ["container", "inspect", name];

    /// <summary>Runs the image's health command once; docker runs it by itself.</summary>
    public static ImmutableArray<string> PodmanHealth(string name) => ["healthcheck", "run", name];

    /// <summary>Asks what memory the container uses.</summary>
    public static ImmutableArray<string> Stats(string name) => ["stats", "--no-stream", "--format", "{{.MemUsage}}", name];

    /// <summary>Sends the image's stop signal, and kills after <paramref name="grace"/>. Docker has renamed the long form of the option.</summary>
    public static ImmutableArray<string> Stop(string name, TimeSpan grace) => ["stop", "-t", Seconds(grace), name];

    /// <summary>The last lines that the process wrote.</summary>
    public static ImmutableArray<string> Logs(string name) => ["logs", "--tail", "50", name];

    /// <summary>Removes the container and the volumes without a name that came with it; podman would ask it to stop first.</summary>
    public static ImmutableArray<string> Remove(SmokeEngineKind engine, string name) =>
        ["rm", "--force", "--volumes", .. engine == SmokeEngineKind.Podman ? ["--time", "0"] : ImmutableArray<string>.Empty, name];

    // What an engine is asked to wait: whole seconds, and no less.
    internal static string Seconds(TimeSpan time) => Math.Ceiling(time.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    // Production's interval is of seconds, and docker waits for it before the first check. Podman leaves the checks to systemd, so it is asked instead.
    private static ImmutableArray<string> Readiness(SmokeEngineKind engine, SmokeReadiness readiness, EngineAddress address) => readiness switch
    {
        SmokeReadiness.Endpoint endpoint => ["--publish", string.Create(CultureInfo.InvariantCulture, $"{(address.IsLocal ? "127.0.0.1::" : "")}{endpoint.Port}")],
        SmokeReadiness.HealthCommand when engine == SmokeEngineKind.Docker => ["--health-interval", "500ms"],
        _ => [],
    };
}
