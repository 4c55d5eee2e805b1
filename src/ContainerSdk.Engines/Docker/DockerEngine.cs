using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContainerSdk.Diagnostics;
using ContainerSdk.Engines.Processes;
using ContainerSdk.Images;

namespace ContainerSdk.Engines.Docker;

/// <summary>
/// Docker through its command line and buildx, so that remote builders, <c>DOCKER_HOST</c> and <c>docker context</c> work by configuration.
/// </summary>
public sealed class DockerEngine(string command = DockerEngine.DefaultCommand)
{
    /// <summary>Looked up on PATH.</summary>
    public const string DefaultCommand = "docker";

    // Distributions build daemons whose BuildKit calls itself v0.0.0.
    private static readonly Version Oldest = new(0, 1);

    /// <summary>Asks which client, daemon and builder are there.</summary>
    public async Task<EngineStatus> ProbeAsync(CancellationToken cancellation)
    {
        var version = await RunAsync(DockerArguments.Version, null, cancellation);
        if (!version.Succeeded) return new EngineStatus(null, Problem(version, Descriptors.EngineNotRunning, command));
        var buildx = await RunAsync(DockerArguments.BuildxVersion, null, cancellation);
        if (!buildx.Succeeded) return new EngineStatus(null, new Diagnostic(Descriptors.BuildxMissing, [command, buildx.LastLine]));
        var builder = await RunAsync(DockerArguments.BuildxInspect, null, cancellation);
        var engine = DockerVersions.Read(version.Output);
        var (name, driver) = (DockerVersions.Field(builder.Output, "Name"), DockerVersions.Field(builder.Output, "Driver"));
        var stated = DockerVersions.Read(DockerVersions.Field(builder.Output, "BuildKit version"));
        var buildKit = stated >= Oldest ? stated : driver == "docker" ? DockerVersions.BuildKitOf(engine) : stated;
        return new EngineStatus(new EngineCapabilities($"docker {engine}", $"builder '{name}' ({driver})", buildKit), null);
    }

    /// <summary>Builds and tags the image; null after a failure, which the reporter has been told.</summary>
    public async Task<BuiltImage?> BuildAsync(BuildRequest request, IBuildReporter reporter, CancellationToken cancellation)
    {
        var progress = new BuildProgress(reporter);
        if (File.Exists(request.MetadataPath)) File.Delete(request.MetadataPath);
        var arguments = DockerArguments.Build(request);
        reporter.Output(new ProcessCommand(command, arguments).ToString());
        var result = await RunAsync(arguments, progress.Take, cancellation);
        if (result.Succeeded && !progress.HasRefusedWarnings) return await InspectAsync(request, reporter, cancellation);
        reporter.Report(result.Succeeded ? new Diagnostic(Descriptors.WarningsAsErrors, [])
            : progress.FailedStep.Length > 0 ? StepFailure(progress, result) : Problem(result, Descriptors.BuildFailed, "'before the first'"));
        return null;
    }

    private async Task<BuiltImage?> InspectAsync(BuildRequest request, IBuildReporter reporter, CancellationToken cancellation)
    {
        // By digest first, because the name may have moved on to another build's image by now.
        var (arguments, result) = (ImmutableArray<string>.Empty, new ProcessResult(null, "", []));
        foreach (var name in BuildMetadata.ReadDigests(request.MetadataPath).Append(request.Plan.Destinations[0].ToString()))
        {
            arguments = DockerArguments.Inspect(name);
            result = await RunAsync(arguments, null, cancellation);
            if (result.Succeeded) break;
        }

        try
        {
            using var document = JsonDocument.Parse(result.Output);
            return Describe(document.RootElement[0], request.Plan.Destinations);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            reporter.Report(new Diagnostic(Descriptors.EngineAnswerUnreadable, [new ProcessCommand(command, arguments).ToString(), result.Succeeded ? e.Message.TrimEnd('.') : result.LastLine]));
            return null;
        }
    }

    private static BuiltImage Describe(JsonElement image, ImmutableArray<ImageReference> references)
    {
        var config = image.GetProperty("Config");
        return new BuiltImage(
            references,
            image.GetProperty("Id").GetString()!,
            ManifestDigest(image, references[0]),
            image.GetProperty("Size").GetInt64(),
            [.. image.GetProperty("RootFS").GetProperty("Layers").EnumerateArray().Select(layer => layer.GetString()!)],
            config.TryGetProperty("User", out var user) ? user.GetString() ?? "" : "",
            Configuration(image, config));
    }

    // The store may know the same image under other names too, each with the digest that its registry gave it.
    private static string? ManifestDigest(JsonElement image, ImageReference name) =>
        image.TryGetProperty("RepoDigests", out var digests) && digests.ValueKind == JsonValueKind.Array
            ? digests.EnumerateArray()
                .Select(digest => ImageReference.TryParse(digest.GetString() ?? "", out var reference, out _) ? reference : null)
                .FirstOrDefault(reference => reference?.Registry == name.Registry && reference.Repository == name.Repository)?.Digest
            : null;

    // The part of an OCI image configuration that says how to run it, in its own casing.
    private static string Configuration(JsonElement image, JsonElement config) => new JsonObject
    {
        ["architecture"] = image.GetProperty("Architecture").GetString(),
        ["os"] = image.GetProperty("Os").GetString(),
        ["config"] = JsonObject.Create(config.Clone()),
    }.ToJsonString();

    private static Diagnostic StepFailure(BuildProgress progress, ProcessResult result) => progress.HasCompilerErrors
        ? new Diagnostic(Descriptors.BuildFailed, [progress.FailedStep, "the compiler's errors are above"])
        : new Diagnostic(Descriptors.BuildFailed, [progress.FailedStep, BuildProgress.Reason(result.Tail)]) { Details = progress.LastOutput };

    private Diagnostic Problem(ProcessResult result, DiagnosticDescriptor otherwise, string subject)
    {
        if (result.ExitCode is null) return new Diagnostic(Descriptors.EngineNotFound, [command]);
        var reason = Said("ERROR:") is not null ? BuildProgress.Reason(result.Tail) : Said("unknown") ?? result.LastLine;
        return reason switch
        {
            _ when Says("permission denied") && (Says("daemon") || Says("docker.sock") || Says("dial ")) => new Diagnostic(Descriptors.EngineRefused, [command, reason]),
            _ when Says("daemon running") || Says("cannot connect") || Says("failed to connect") || Says("error during connect") => new Diagnostic(Descriptors.EngineNotRunning, [command, reason]),
            _ when Says("docker: unknown command") || Says("is not a docker command") || Said("unknown flag") is not null => new Diagnostic(Descriptors.BuildxMissing, [command, reason]),
            _ => new Diagnostic(otherwise, [subject, reason]),
        };

        string? Said(string start) => result.Tail.LastOrDefault(line => line.StartsWith(start, StringComparison.Ordinal));
        bool Says(string words) => result.Tail.Any(line => line.Contains(words, StringComparison.OrdinalIgnoreCase));
    }

    private Task<ProcessResult> RunAsync(ImmutableArray<string> arguments, Action<string>? onLine, CancellationToken cancellation) =>
        ProcessRunner.RunAsync(new ProcessCommand(command, arguments), onLine, cancellation);
}
