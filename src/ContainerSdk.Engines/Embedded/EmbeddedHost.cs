using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ContainerSdk.Engines.Docker;
using ContainerSdk.Images;
using ContainerSdk.Images.Registries;

namespace ContainerSdk.Engines.Embedded;

/// <summary>The machine that the embedded engine works on.</summary>
/// <param name="Cache">The folder that all publishes of this user share.</param>
/// <param name="State">The folder of this project's image.</param>
/// <param name="Project">The project's folder.</param>
/// <param name="Environment">The publish's environment.</param>
/// <param name="Clock">The machine's clock, for waiting and for forgetting; no image shows it.</param>
public sealed record EmbeddedHost(string Cache, string State, string Project, Func<string, string?> Environment, TimeProvider Clock)
{
    /// <summary>The commands of engines that may keep an image, each looked up on PATH; the first that answers is taken.</summary>
    public ImmutableArray<string> LocalEngines { get; init; } = ["docker", "podman"];

    /// <summary>What this machine runs, in OCI's word for it.</summary>
    public string Architecture { get; init; } = Platform.TryFromRuntimeIdentifier($"linux-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}", out var platform) ? platform.Architecture : "";

    /// <summary>How registries are reached.</summary>
    public HttpMessageHandler Network { get; init; } = RegistryTransport.Shared;

    /// <summary>The folder of docker's configuration, which holds the user's logins; null reads none.</summary>
    public string? DockerFolder { get; init; }

    /// <summary>This machine.</summary>
    public static EmbeddedHost Current(string state, string project) =>
        new(EngineCache.Current.Folder, state, project, System.Environment.GetEnvironmentVariable, TimeProvider.System) { DockerFolder = DockerConfiguration.Original() };
}
