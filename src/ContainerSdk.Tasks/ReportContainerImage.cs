using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using ContainerSdk.Diagnostics;
using ContainerSdk.Engines;
using ContainerSdk.Images.Oci;
using ContainerSdk.Images.Reports;
using Microsoft.Build.Evaluation;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ContainerSdk.Tasks;

/// <summary>Says of the built image how large it is and why, who may do what in it, and what it is made of, in files beside the plan and in one message.</summary>
[MSBuildMultiThreadableTask]
public sealed class ReportContainerImage : ImageTask
{
    /// <summary>The report to compare with, beside that of the build before.</summary>
    public string? Baseline { get; set; }

    /// <summary>What NuGet restored for the project; it need not be there.</summary>
    public string? AssetsFile { get; set; }

    /// <summary>What the application is published for.</summary>
    public string[] RuntimeIdentifiers { get; set; } = [];

    /// <summary>The files that were written.</summary>
    [Output]
    public ITaskItem[] Files { get; set; } = [];

    /// <inheritdoc/>
    protected override async System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var plan = await ReadPlanAsync(cancellation);
        var image = await ImageFile.ReadAsync(FullImagePath, cancellation);
        if (await ReadBaselineAsync(cancellation) is not { } baseline || RequestOf(plan, Path.Combine(Path.GetDirectoryName(PlanPath)!, "Dockerfile")) is not { } request) return;
        if (await ((IImageReader)Engine).MeasureAsync(request, image.Image(plan), ReporterOf(plan), cancellation) is not { } images) return;
        var restored = await CompiledPackages.ReadAsync(string.IsNullOrEmpty(AssetsFile) ? null : Path.GetFullPath(AssetsFile, ProjectDirectory), [.. RuntimeIdentifiers], cancellation);
        var (text, files) = (new StringBuilder(), ImmutableArray.CreateBuilder<string>());
        foreach (var measured in images)
        {
            var folder = new ReportFolder(Path.GetDirectoryName(FullImagePath)!, images.Length == 1 ? null : measured.Platform);
            try
            {
                var described = new DescribedImage(plan, images.Length == 1 ? image.Digest : null, measured, restored);
                var report = described.Report(await folder.FindPreviousAsync(measured.Id.ToString(), cancellation), baseline.SingleOrDefault());
                files.AddRange(await folder.WriteAsync(report, described.BillOfMaterials(), cancellation));
                text.Append(text.Length == 0 ? "" : "\n").Append(ConsoleReport.Print(report));
            }
            catch (InvalidImageException e)
            {
                Report(new Diagnostic(Descriptors.VerificationUnavailable, [e.Message.TrimEnd('.')]));
                return;
            }
        }

        Files = [.. files.Select(file => new TaskItem(ProjectCollection.Escape(file)))];
        Log.LogMessage(MessageImportance.High, "{0}", text.ToString().TrimEnd('\n'));
    }

    // None or one; null after a mistake, which has been reported.
    private async Task<ImmutableArray<ImageReport>?> ReadBaselineAsync(CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(Baseline)) return [];
        var path = Path.GetFullPath(Baseline.Trim(), ProjectDirectory);
        try
        {
            return [ReportJson.Read(await File.ReadAllTextAsync(path, cancellation))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            Report(new Diagnostic(Descriptors.BaselineUnreadable, [path, e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e.Message.TrimEnd('.')]));
            return null;
        }
    }
}
