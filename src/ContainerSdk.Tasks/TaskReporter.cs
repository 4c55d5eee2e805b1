using ContainerSdk.Diagnostics;
using ContainerSdk.Engines;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ContainerSdk.Tasks;

/// <summary>Shows a build in MSBuild's log: steps at normal importance, their output at low, what compilers say as errors and warnings of the host's files.</summary>
/// <param name="log">The task's log.</param>
/// <param name="report">Logs a diagnostic.</param>
/// <param name="root">The context's root in the builder.</param>
/// <param name="working">The folder in the builder that relative names start from.</param>
/// <param name="context">The context's root on the host.</param>
internal sealed class TaskReporter(TaskLoggingHelper log, Action<Diagnostic> report, string root, string working, string context) : IBuildReporter
{
    public void Step(string text) => log.LogMessage(MessageImportance.Normal, "{0}", text);

    public void Output(string text) => log.LogMessage(MessageImportance.Low, "{0}", text);

    public bool CompilerMessage(CompilerMessage message)
    {
        if (message.Severity == DiagnosticSeverity.Error)
            log.LogError(message.Subcategory, message.Code, null, OnHost(message.File), message.Line, message.Column, 0, 0, "{0}", message.Message);
        else
            log.LogWarning(message.Subcategory, message.Code, null, OnHost(message.File), message.Line, message.Column, 0, 0, "{0}", message.Message);

        // MSBuild's log turns a warning into an error as -warnaserror and the project ask for.
        return log.HasLoggedErrors;
    }

    public void Report(Diagnostic diagnostic) => report(diagnostic);

    private string OnHost(string file)
    {
        if (!file.Contains('/', StringComparison.Ordinal) && !file.Contains('.', StringComparison.Ordinal)) return file;
        var inBuilder = file.StartsWith('/') ? file : $"{working}/{file}";
        return inBuilder.StartsWith(root + "/", StringComparison.Ordinal) ? Path.GetFullPath(inBuilder[(root.Length + 1)..], context) : file;
    }
}
