using System.Collections.Immutable;
using ContainerSdk.Images;
using ContainerSdk.Plan;

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

    /// <summary>Builds; names come later, once everything has succeeded. Attestations are off: they would make one image an index of two.</summary>
    public static ImmutableArray<string> Build(BuildRequest request) =>
    [
        "buildx", "build",
        "--progress", "plain",
        "--provenance=false",
        .. Output(request),
        "--platform", string.Join(',', request.Plan.Platforms),
        "--file", request.DockerfilePath,
        "--metadata-file", request.MetadataPath,
        .. request.Secrets.SelectMany(secret => new[] { "--secret", Secret(secret) }),
        .. request.Proxies.SelectMany(name => new[] { "--build-arg", name }),
        request.ContextPath,
    ];

    /// <summary>Describes images of the local store, by name or by digest.</summary>
    public static ImmutableArray<string> Inspect(params IEnumerable<string> images) => ["image", "inspect", .. images];

    /// <summary>The bytes that each line of an image's history added.</summary>
    public static ImmutableArray<string> History(string image) => ["history", "--human=false", "--format", "{{.Size}}", image];

    /// <summary>Makes a container that is never started; the word to start with is for images that have none.</summary>
    public static ImmutableArray<string> Create(string image) => ["create", "--label", "containersdk=verification", image, "/"];

    /// <summary>Hands out a file or folder of a container, by its absolute path, as a tar archive on standard output.</summary>
    public static ImmutableArray<string> Copy(string container, string path) => ["cp", $"{container}:{path}", "-"];

    /// <summary>Removes a container, and the volumes that were made for it.</summary>
    public static ImmutableArray<string> Remove(string container) => ["rm", "--force", "--volumes", container];

    /// <summary>Asks how the local store keeps images.</summary>
    public static ImmutableArray<string> StoreDriver { get; } = ["info", "--format", "{{json .DriverStatus}}"];

    /// <summary>Gives an image a name.</summary>
    public static ImmutableArray<string> Tag(string image, ImageReference name) => ["tag", image, name.ToString()];

    /// <summary>Pushes what a name stands for.</summary>
    public static ImmutableArray<string> Push(ImageReference name) => ["push", name.ToString()];

    /// <summary>The manifest that a registry keeps, byte for byte.</summary>
    public static ImmutableArray<string> Manifest(ImageReference name, string digest) =>
        ["buildx", "imagetools", "inspect", "--raw", $"{name.Registry}/{name.Repository}@{digest}"];

    /// <summary>Writes an archive that knows the names.</summary>
    public static ImmutableArray<string> Save(string path, IEnumerable<ImageReference> names) => ["save", "--output", path, .. names.Select(name => name.ToString())];

    private static ImmutableArray<string> Output(BuildRequest request) => request.Output switch
    {
        BuildOutput.Store { Format: { } format } => ["--output", $"type=docker,oci-mediatypes={(format == ImageFormat.Oci ? "true" : "false")}"],
        BuildOutput.Registry output => ["--output", "type=image,oci-mediatypes=true,push=true", "--tag", output.Name.ToString()],
        BuildOutput.Archive output => ["--output", "type=oci," + Field("dest=" + output.Path), .. request.Plan.Destinations.SelectMany(name => new[] { "--tag", name.ToString() })],
        _ => ["--load"],
    };

    // An output is a line of comma-separated values.
    private static string Field(string text) =>
        text.AsSpan().IndexOfAny(',', '"') < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    // The option is a record of comma-separated values (RFC 4180).
    private static string Secret(HostSecret secret) => $"id={secret.Id}," + (secret.Kind, secret.Name) switch
    {
        (HostSecretKind.Variable, var name) => $"env={name}",
        (_, var path) when path.AsSpan().IndexOfAny(",\"\r\n") >= 0 => $"\"src={path.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
        (_, var path) => $"src={path}",
    };
}
