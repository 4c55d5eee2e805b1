using System.Collections.Immutable;
using System.Text.Json;
using ContainerSdk.Diagnostics;
using ContainerSdk.Engines.Processes;
using ContainerSdk.Images;
using ContainerSdk.Plan;

namespace ContainerSdk.Engines.Docker;

/// <summary>
/// Docker through its command line and buildx, so that remote builders, <c>DOCKER_HOST</c> and <c>docker context</c> work by configuration.
/// </summary>
/// <param name="command">The docker command.</param>
/// <param name="cache">What is known of layers.</param>
public sealed partial class DockerEngine(string command, EngineCache cache) : IContainerEngine, IImageDelivery, IImageReader, IImageRunner
{
    /// <summary>Looked up on PATH.</summary>
    public const string DefaultCommand = "docker";

    /// <summary>The one on PATH, with this user's cache.</summary>
    public DockerEngine()
        : this(DefaultCommand, EngineCache.Current)
    {
    }

    // Distributions build daemons whose BuildKit calls itself v0.0.0.
    private static readonly Version Oldest = new(0, 1);

    /// <summary>Why no daemon can be asked for anything; null if one answers.</summary>
    public async Task<Diagnostic?> FindObstacleAsync(CancellationToken cancellation) => Obstacle(await RunAsync(DockerArguments.Version, null, cancellation));

    /// <inheritdoc/>
    public async Task<EngineStatus> ProbeAsync(CancellationToken cancellation)
    {
        var version = await RunAsync(DockerArguments.Version, null, cancellation);
        if (Obstacle(version) is { } obstacle) return new EngineStatus(null, obstacle);
        var buildx = await RunAsync(DockerArguments.BuildxVersion, null, cancellation);
        if (!buildx.Succeeded) return new EngineStatus(null, new Diagnostic(Descriptors.BuildxMissing, [command, buildx.LastLine]));
        var builder = await RunAsync(DockerArguments.BuildxInspect, null, cancellation);
        var engine = DockerVersions.Read(version.Output);
        var (name, driver) = (DockerVersions.Field(builder.Output, "Name"), DockerVersions.Field(builder.Output, "Driver"));
        var stated = DockerVersions.Read(DockerVersions.Field(builder.Output, "BuildKit version"));
        var buildKit = stated >= Oldest ? stated : driver == "docker" ? DockerVersions.BuildKitOf(engine) : stated;
        return new EngineStatus(new EngineCapabilities($"docker {engine}", $"builder '{name}' ({driver})", buildKit), null);
    }

    /// <inheritdoc/>
    public async Task<BuiltImage?> BuildAsync(BuildRequest request, IBuildReporter reporter, CancellationToken cancellation)
    {
        var plan = request.Plan;
        var format = plan.Format;
        if (format == ImageFormat.Oci || plan.Platforms.Length > 1)
        {
            var writer = await FindOciWriterAsync(cancellation);
            if (Refusal(plan, writer) is { } refusal)
            {
                reporter.Report(refusal);
                return null;
            }

            format = writer.Kind == OciWriterKind.Store || format != ImageFormat.Oci ? format : null;
        }

        var digests = new BuildDigests();
        var storing = request with { Output = new BuildOutput.Store(format) };
        return await RunBuildAsync(storing, digests.Take, reporter, cancellation) ? await InspectAsync(storing, digests, reporter, cancellation) : null;
    }

    /// <inheritdoc/>
    public async Task<ImagePlace?> TagAsync(BuildRequest request, BuiltImage image, IBuildReporter reporter, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        foreach (var name in image.References)
        {
            var result = await RunAsync(DockerArguments.Tag(image.Id, name), null, CancellationToken.None);
            if (result.Succeeded) continue;
            reporter.Report(Problem(result, new Diagnostic(Descriptors.TagFailed, [image.Id, name.ToString(), result.LastLine])));
            return null;
        }

        return new ImagePlace($"local registry via '{command}'", null);
    }

    /// <inheritdoc/>
    public async Task<BuiltImage?> FindAsync(string id, ImmutableArray<ImageReference> names, CancellationToken cancellation)
    {
        var result = await RunAsync(DockerArguments.Inspect([id, .. names.Select(name => name.ToString())]), null, cancellation);
        if (!result.Succeeded) return null;
        try
        {
            using var document = JsonDocument.Parse(result.Output);
            var images = document.RootElement.EnumerateArray().ToArray();
            return images.All(image => image.GetProperty("Id").GetString() == id) ? DockerImage.Describe(images[0], names) : null;
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return null;
        }
    }

    private Diagnostic? Obstacle(ProcessResult version) => version.Succeeded ? null : Problem(version, new Diagnostic(Descriptors.EngineNotRunning, [command, Reason(version)]));

    // Several platforms are a list of manifests, and OCI is a kind of manifest: either needs a place that keeps manifests.
    private static Diagnostic? Refusal(BuildPlan plan, OciWriter writer)
    {
        if (plan.Platforms.Length > 1 && writer.Kind != OciWriterKind.Store)
            return new Diagnostic(Descriptors.SeveralPlatformsUnavailable, [string.Join(" and ", plan.Platforms), writer.Builder, writer.Driver]);
        return plan is { Format: ImageFormat.Oci, Delivery: not null } && writer.Kind == OciWriterKind.None
            ? new Diagnostic(Descriptors.OciUnavailable, ["OCI", writer.Builder, writer.Driver])
            : null;
    }

    private async Task<bool> RunBuildAsync(BuildRequest request, Action<string>? onLine, IBuildReporter reporter, CancellationToken cancellation)
    {
        var progress = new BuildProgress(reporter);
        if (File.Exists(request.MetadataPath)) File.Delete(request.MetadataPath);
        var arguments = DockerArguments.Build(request);
        reporter.Output(new ProcessCommand(command, arguments).ToString());
        var result = await RunAsync(arguments, Take, cancellation, request.Logins);
        if (result.Succeeded && !progress.HasRefusedWarnings) return true;
        reporter.Report(result.Succeeded ? new Diagnostic(Descriptors.WarningsAsErrors, [])
            : progress.FailedStep.Length > 0 ? StepFailure(progress, result) : Problem(result, new Diagnostic(Descriptors.BuildFailed, ["'before the first'", Reason(result)])));
        return false;

        void Take(string line)
        {
            onLine?.Invoke(line);
            progress.Take(line);
        }
    }

    private async Task<BuiltImage?> InspectAsync(BuildRequest request, BuildDigests digests, IBuildReporter reporter, CancellationToken cancellation)
    {
        var (arguments, result) = (DockerArguments.Inspect(), new ProcessResult(null, "", ["the builder does not say which image it made"]));
        foreach (var digest in digests.Likeliest(request.MetadataPath))
        {
            arguments = DockerArguments.Inspect(digest);
            result = await RunAsync(arguments, null, cancellation);
            if (result.Succeeded) break;
        }

        try
        {
            using var document = JsonDocument.Parse(result.Output);
            return DockerImage.Describe(document.RootElement[0], request.Plan.Destinations);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            reporter.Report(new Diagnostic(Descriptors.EngineAnswerUnreadable, [new ProcessCommand(command, arguments).ToString(), result.Succeeded ? e.Message.TrimEnd('.') : result.LastLine]));
            return null;
        }
    }

    private static bool IsUnreadable(Exception e) => e is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException;

    private static Diagnostic StepFailure(BuildProgress progress, ProcessResult result) => progress.HasCompilerErrors
        ? new Diagnostic(Descriptors.BuildFailed, [progress.FailedStep, "the compiler's errors are above"])
        : RegistryProblem.Pull(progress.FailedStep, BuildProgress.Reason(result.Tail))
            ?? new Diagnostic(Descriptors.BuildFailed, [progress.FailedStep, BuildProgress.Reason(result.Tail)]) { Details = progress.LastOutput };

    // What is wrong with the engine itself, which any command may be told; otherwise what the caller makes of it.
    private Diagnostic Problem(ProcessResult result, Diagnostic otherwise)
    {
        if (result.ExitCode is null) return new Diagnostic(Descriptors.EngineNotFound, [command]);
        var reason = Reason(result);
        return reason switch
        {
            _ when Says("permission denied") && (Says("daemon socket") || Says("docker.sock") || Says("dial unix")) => new Diagnostic(Descriptors.EngineRefused, [command, reason]),
            _ when Says("daemon running") || Says("cannot connect") || Says("failed to connect") || Says("error during connect") => new Diagnostic(Descriptors.EngineNotRunning, [command, reason]),
            _ when Says("docker: unknown command") || Says("is not a docker command") || Said(result, "unknown flag") is not null => new Diagnostic(Descriptors.BuildxMissing, [command, reason]),
            _ => otherwise,
        };

        bool Says(string words) => result.Tail.Any(line => line.Contains(words, StringComparison.OrdinalIgnoreCase));
    }

    private static string Reason(ProcessResult result) => Said(result, "ERROR:") is not null ? BuildProgress.Reason(result.Tail) : Said(result, "unknown") ?? result.LastLine;

    private static string? Said(ProcessResult result, string start) => result.Tail.LastOrDefault(line => line.StartsWith(start, StringComparison.Ordinal));

    private async Task<ProcessResult> RunAsync(ImmutableArray<string> arguments, Action<string>? onLine, CancellationToken cancellation, ImmutableArray<RegistryLogin> logins = default)
    {
        using var configuration = logins.IsDefaultOrEmpty ? null : DockerConfiguration.With(logins, DockerConfiguration.Original());
        var process = new ProcessCommand(command, arguments);
        return await ProcessRunner.RunAsync(configuration is null ? process : process with { Environment = configuration.Environment }, onLine, cancellation);
    }
}
