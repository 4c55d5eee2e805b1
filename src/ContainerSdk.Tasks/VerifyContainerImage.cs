using System.Collections.Immutable;
using ContainerSdk.Diagnostics;
using ContainerSdk.Engines;
using ContainerSdk.Images.Verification;
using ContainerSdk.Plan;
using Microsoft.Build.Framework;

namespace ContainerSdk.Tasks;

/// <summary>Looks into the built image, of which nothing is run, for what would keep it from starting and what should not be in it.</summary>
[MSBuildMultiThreadableTask]
public sealed class VerifyContainerImage : ImageTask
{
    private static readonly char[] Separators = [';', ',', ' ', '\n', '\r', '\t'];

    /// <summary>Codes of rules that are passed over, as in <c>NoWarn</c>.</summary>
    public string? NoWarn { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken cancellation)
    {
        var plan = await ReadPlanAsync(cancellation);
        if (plan.Verification.Level == VerificationLevel.None) return;
        var image = (await ImageFile.ReadAsync(FullImagePath, cancellation)).Image(plan);
        if (RequestOf(plan, Path.Combine(Path.GetDirectoryName(PlanPath)!, "Dockerfile")) is not { } request) return;
        var passedOver = (NoWarn ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries).ToImmutableHashSet(StringComparer.OrdinalIgnoreCase);
        if (await ((IImageReader)Engine).InspectAsync(request, image, ReporterOf(plan, Found), cancellation) is not { } images) return;
        // The images of several platforms break a rule together, as a rule.
        foreach (var diagnostic in images.SelectMany(inspected => ImageVerifier.Verify(inspected, plan)).DistinctBy(diagnostic => diagnostic.ToString())) Found(diagnostic);
        // Of several platforms the engine reads files and starts containers of this machine's.
        var local = images.FirstOrDefault(inspected => inspected.Configuration.DiffIds.Select(layer => layer.ToString()).SequenceEqual(image.Layers)) ?? images[0];
        await new StructureTests(Engine, request, image, ProjectDirectory).RunAsync(local, Found, (format, arguments) => Log.LogMessage(MessageImportance.Normal, format, arguments), cancellation);
        Log.LogMessage(MessageImportance.Normal, "Verified {0} files in {1} layers.", images.Sum(inspected => inspected.Files.All.Count()), images.Sum(inspected => inspected.Layers.Sum(layer => layer.DiffIds.Length)));

        void Found(Diagnostic diagnostic)
        {
            if (passedOver.Contains(diagnostic.Descriptor.Id)) return;
            Report(diagnostic, plan.Verification.Level == VerificationLevel.Warn ? DiagnosticSeverity.Warning : diagnostic.Descriptor.Severity);
        }
    }
}
