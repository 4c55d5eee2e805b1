using ContainerSdk.Diagnostics;
using Microsoft.Build.Framework;

namespace ContainerSdk.Tasks;

/// <summary>Raises a diagnostic that a target found, with the table's words.</summary>
[MSBuildMultiThreadableTask]
public sealed class ReportContainerDiagnostic : ContainerTask
{
    /// <summary>The code.</summary>
    [Required]
    public string Code { get; set; } = "";

    /// <summary>What fills the message.</summary>
    public string[] Arguments { get; set; } = [];

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken cancellation)
    {
        Report(new Diagnostic(Descriptors.ByCode(Code), [.. Arguments]));
        return Task.CompletedTask;
    }
}
