using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ContainerSdk.Diagnostics;
using ContainerSdk.Engines.Processes;
using ContainerSdk.Images;
using ContainerSdk.Plan;

namespace ContainerSdk.Engines.Docker;

/// <summary>The way of a finished image out of the engine: to registries and into archives.</summary>
public sealed partial class DockerEngine
{
    /// <inheritdoc/>
    public async Task<string?> PushAsync(BuildRequest request, ImageReference name, IBuildReporter reporter, CancellationToken cancellation)
    {
        if (await BuilderWritesOciAsync(request.Plan, cancellation))
        {
            var exporting = request with { Output = new BuildOutput.Registry(name) };
            if (!await RunExportAsync(exporting, reporter, result => RegistryProblem.Push(result, name), cancellation)) return null;
            return BuildMetadata.ReadManifestDigest(request.MetadataPath) ?? Unsaid(new ProcessCommand(command, DockerArguments.Build(exporting)));
        }

        var push = new ProcessCommand(command, DockerArguments.Push(name));
        reporter.Output(push.ToString());
        var result = await RunAsync(push.Arguments, reporter.Output, cancellation, request.Logins);
        if (result.Succeeded)
            return Pushed().Match(result.Output) is { Success: true } match ? match.Groups["digest"].Value : await RepositoryDigestAsync(name, cancellation) ?? Unsaid(push);
        reporter.Report(Problem(result, RegistryProblem.Push(result, name)));
        return null;

        string? Unsaid(ProcessCommand said)
        {
            reporter.Report(new Diagnostic(Descriptors.EngineAnswerUnreadable, [said.ToString(), "it names no digest"]));
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<string?> FetchManifestAsync(ImageReference name, string digest, ImmutableArray<RegistryLogin> logins, CancellationToken cancellation)
    {
        var result = await RunAsync(DockerArguments.Manifest(name, digest), null, cancellation, logins);
        return result.Succeeded && result.Output.Trim() is { Length: > 0 } manifest ? manifest : null;
    }

    /// <inheritdoc/>
    public async Task<bool> SaveAsync(BuildRequest request, string path, IBuildReporter reporter, CancellationToken cancellation)
    {
        if (await BuilderWritesOciAsync(request.Plan, cancellation))
            return await RunExportAsync(request with { Output = new BuildOutput.Archive(path) }, reporter, result => Failure(Reason(result)), cancellation);

        var save = new ProcessCommand(command, DockerArguments.Save(path, request.Plan.Destinations));
        reporter.Output(save.ToString());
        var result = await RunAsync(save.Arguments, reporter.Output, cancellation);
        if (!result.Succeeded) reporter.Report(Problem(result, Failure(result.LastLine)));
        return result.Succeeded;

        Diagnostic Failure(string reason) => new(Descriptors.SaveFailed, [((ArchiveDelivery)request.Plan.Delivery!).Path, reason]);
    }

    // The steps were all run a moment ago, so that the builder only exports what it knows.
    private async Task<bool> RunExportAsync(BuildRequest request, IBuildReporter reporter, Func<ProcessResult, Diagnostic> failure, CancellationToken cancellation)
    {
        if (File.Exists(request.MetadataPath)) File.Delete(request.MetadataPath);
        var export = new ProcessCommand(command, DockerArguments.Build(request));
        reporter.Output(export.ToString());
        var result = await RunAsync(export.Arguments, new BuildProgress(reporter).Take, cancellation, request.Logins);
        if (!result.Succeeded) reporter.Report(Problem(result, failure(result)));
        return result.Succeeded;
    }

    private async Task<bool> BuilderWritesOciAsync(BuildPlan plan, CancellationToken cancellation) =>
        plan.Format == ImageFormat.Oci && (await FindOciWriterAsync(cancellation)).Kind == OciWriterKind.Builder;

    // A containerd store keeps manifests as they are; a classic one keeps none, and then only a builder beside the daemon writes its own.
    private async Task<OciWriter> FindOciWriterAsync(CancellationToken cancellation)
    {
        var builder = await RunAsync(DockerArguments.BuildxInspect, null, cancellation);
        var store = await RunAsync(DockerArguments.StoreDriver, null, cancellation);
        var driver = DockerVersions.Field(builder.Output, "Driver");
        var kind = store.Output.Contains("io.containerd.snapshotter", StringComparison.Ordinal) ? OciWriterKind.Store
            : driver == "docker" ? OciWriterKind.None
            : OciWriterKind.Builder;
        return new OciWriter(kind, DockerVersions.Field(builder.Output, "Name"), driver);
    }

    private async Task<string?> RepositoryDigestAsync(ImageReference name, CancellationToken cancellation)
    {
        var result = await RunAsync(DockerArguments.Inspect(name.ToString()), null, cancellation);
        return result.Succeeded ? DockerImage.RepositoryDigest(result.Output, name) : null;
    }

    private enum OciWriterKind
    {
        None,
        Store,
        Builder,
    }

    private sealed record OciWriter(OciWriterKind Kind, string Builder, string Driver);

    [GeneratedRegex(@"^[^\s:]+: digest: (?<digest>sha256:[a-f0-9]{64}) size: \d+\s*$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Pushed();
}
