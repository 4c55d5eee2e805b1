using System.Text.Json;
using ContainerSdk.Diagnostics;
using ContainerSdk.Dockerfiles;
using ContainerSdk.Engines.Receipts;
using ContainerSdk.Plan;
using Microsoft.Build.Framework;

namespace ContainerSdk.Tasks;

/// <summary>
/// Whether the last publish made this very image: its plan, Dockerfile and files hash as the receipt says, and the engine still has the image under
/// all its names.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class CheckContainerReceipt : ImageTask
{
    /// <summary>Where the receipt of the last publish is, if there was one.</summary>
    [Required]
    public string ReceiptPath { get; set; } = "";

    /// <summary>The dialect asked for; if nothing needs to be built, the one that the Dockerfile is written in.</summary>
    [Output]
    public string? Dialect { get; set; }

    /// <summary>Whether nothing needs to be built.</summary>
    [Output]
    public bool UpToDate { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken cancellation)
    {
        if (await ReadReceiptAsync(Path.GetFullPath(ReceiptPath, ProjectDirectory), cancellation) is not { } receipt || !File.Exists(FullImagePath)) return;
        var plan = await ReadPlanAsync(cancellation);
        if (await ImageIdAsync(cancellation) != receipt.Image) return;
        if (await HashAsync(plan, receipt, cancellation) != receipt.Inputs)
        {
            Log.LogMessage(MessageImportance.Low, "What the image is made of has changed since the last publish.");
            return;
        }

        if (await Engine.FindAsync(receipt.Image, plan.Destinations, cancellation) is null)
        {
            Log.LogMessage(MessageImportance.Low, "The engine no longer has the image of the last publish under its names.");
            return;
        }

        (UpToDate, Dialect) = (true, DialectOf(receipt).ToString());
    }

    private async Task<string?> ImageIdAsync(CancellationToken cancellation)
    {
        try
        {
            return (await ImageFile.ReadAsync(FullImagePath, cancellation)).Id;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<string?> HashAsync(BuildPlan plan, Receipt receipt, CancellationToken cancellation)
    {
        var dockerfile = DockerfileRenderer.Render(DockerfileLowering.Lower(plan, DialectOf(receipt)), new DiagnosticBag());
        try
        {
            return await BuildInputs.HashAsync(await ReadPlanTextAsync(cancellation), dockerfile, DockerIgnoreRenderer.Render(plan), ContextOf(plan), cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private DockerfileDialect DialectOf(Receipt receipt) =>
        Enum.TryParse<DockerfileDialect>(string.IsNullOrEmpty(Dialect) ? receipt.Dialect : Dialect, ignoreCase: true, out var dialect) ? dialect : DockerfileDialect.Portable;
}
