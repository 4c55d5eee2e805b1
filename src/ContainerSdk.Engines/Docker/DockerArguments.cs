using System.Collections.Immutable;

namespace ContainerSdk.Engines.Docker;

/// <summary>The argument lists of the docker command. Pure, so tests compare them whole.</summary>
public static class DockerArguments
{
    /// <summary>Asks client and daemon for their versions.</summary>
    public static ImmutableArray<string> Version { get; } = ["version", "--format", "{{.Server.Version}}"];

    /// <summary>Asks whether the plugin is there.</summary>
    public static ImmutableArray<string> BuildxVersion { get; } = ["buildx", "version"];

    /// <summary>Describes the current builder.</summary>
    public static ImmutableArray<string> BuildxInspect { get; } = ["buildx", "inspect"];

    /// <summary>Builds, and tags once everything has succeeded. Attestations are off: they would make one image an index of two.</summary>
    public static ImmutableArray<string> Build(BuildRequest request) =>
    [
        "buildx", "build",
        "--progress", "plain",
        "--provenance=false",
        "--load",
        "--platform", string.Join(',', request.Plan.Platforms),
        "--file", request.DockerfilePath,
        "--metadata-file", request.MetadataPath,
        .. request.Plan.Destinations.SelectMany(destination => new[] { "--tag", destination.ToString() }),
        .. request.Secrets.SelectMany(secret => new[] { "--secret", Secret(secret) }),
        .. request.Proxies.SelectMany(name => new[] { "--build-arg", name }),
        request.ContextPath,
    ];

    // The option is a record of comma-separated values (RFC 4180).
    private static string Secret(HostSecret secret) => $"id={secret.Id}," + (secret.Kind, secret.Name) switch
    {
        (HostSecretKind.Variable, var name) => $"env={name}",
        (_, var path) when path.AsSpan().IndexOfAny(",\"\r\n") >= 0 => $"\"src={path.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
        (_, var path) => $"src={path}",
    };

    /// <summary>Describes an image of the local store, by name or by digest.</summary>
    public static ImmutableArray<string> Inspect(string image) => ["image", "inspect", image];
}
