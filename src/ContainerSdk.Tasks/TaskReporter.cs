using ContainerSdk.Diagnostics;
using ContainerSdk.Engines;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ContainerSdk.Tasks;

/// <summary>Shows a build in MSBuild's log: steps at normal importance, their output at low, compilers' errors as errors of the host's files.</summary>
/// <param name="log">The task's log.</param>
/// <param name="report">Logs a diagnostic.</param>
/// <param name="root">The context's root in the builder.</param>
/// <param name="working">The folder in the builder that relative names start from.</param>
/// <param name="context">The context's root on the host.</param>
internal sealed class TaskReporter(TaskLoggingHelper log, Action<Diagnostic> report, string root, string working, string context) : IBuildReporter
{
    public void Step(string text) => log.LogMessage(MessageImportance.Normal, "{0}", text);

    public void Output(string text) => log.LogMessage(MessageImportance.Low, "{0}", text);

    public void CompilerError(CompilerError error) =>
        log.LogError(null, error.Code, null, OnHost(error.File), error.Line, error.Column, 0, 0, "{0}", error.Message);

    public void Report(Diagnostic diagnostic) => report(diagnostic);

    private string OnHost(string file)
    {
        if (!file.Contains('/', StringComparison.Ordinal) && !file.Contains('.', StringComparison.Ordinal)) return file;
        var inBuilder = file.StartsWith('/') ? file : $"{working}/{file}";
        return inBuilder.StartsWith(root + "/", StringComparison.Ordinal) ? Path.GetFullPath(inBuilder[(root.Length + 1)..], context) : file;
    }
}
