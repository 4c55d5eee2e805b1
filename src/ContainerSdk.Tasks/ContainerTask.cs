using ContainerSdk.Diagnostics;
using Microsoft.Build.Framework;
using MSBuildTask = Microsoft.Build.Utilities.Task;

namespace ContainerSdk.Tasks;

/// <summary>What every task shares: the project it speaks for, diagnostics with a code and a help page, and cancellation.</summary>
public abstract class ContainerTask : MSBuildTask, ICancelableTask
{
    private readonly CancellationTokenSource _cancellation = new();

    /// <summary>The project's full path; relative paths are relative to its folder.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>The project's folder.</summary>
    protected string ProjectDirectory => Path.GetDirectoryName(ProjectFile)!;

    /// <inheritdoc/>
    public void Cancel() => _cancellation.Cancel();

    /// <inheritdoc/>
    public sealed override bool Execute()
    {
        try
        {
            _cancellation.Token.ThrowIfCancellationRequested();
            RunAsync(_cancellation.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Report(new Diagnostic(Descriptors.EngineFileFailed, [GeneratedFile.Of(e) ?? ProjectFile, e.Message.TrimEnd('.')]));
        }

        return !Log.HasLoggedErrors;
    }

    /// <summary>The task's work; its mistakes are reported, not thrown.</summary>
    protected abstract Task RunAsync(CancellationToken cancellation);

    /// <summary>Logs a diagnostic with its code and the page that explains it.</summary>
    protected void Report(Diagnostic diagnostic) => Report(diagnostic, diagnostic.Descriptor.Severity);

    /// <summary>The same, as severe as is said here.</summary>
    protected void Report(Diagnostic diagnostic, DiagnosticSeverity severity)
    {
        var (code, page) = (diagnostic.Descriptor.Id, HelpPage(diagnostic.Descriptor.Id));
        if (severity == DiagnosticSeverity.Error)
            Log.LogError(null, code, null, page, ProjectFile, 0, 0, 0, 0, "{0}", diagnostic.Message);
        else
            Log.LogWarning(null, code, null, page, ProjectFile, 0, 0, 0, 0, "{0}", diagnostic.Message);
    }

    // The pages travel in the package, so a link works without a network.
    private static string HelpPage(string code) =>
        new Uri(Path.Combine(Path.GetDirectoryName(typeof(ContainerTask).Assembly.Location)!, "..", "..", "docs", "diagnostics", code + ".md")).AbsoluteUri;
}
