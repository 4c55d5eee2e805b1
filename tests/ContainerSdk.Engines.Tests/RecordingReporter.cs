using ContainerSdk.Diagnostics;

namespace ContainerSdk.Engines.Tests;

/// <summary>Writes down what it is told, one line a call.</summary>
internal sealed class RecordingReporter : IBuildReporter
{
    private readonly List<string> _calls = [];

    /// <summary>All calls, a line each.</summary>
    public string Text => string.Concat(_calls.Select(call => call + "\n"));

    /// <summary>The diagnostics alone.</summary>
    public List<Diagnostic> Diagnostics { get; } = [];

    public void Step(string text) => _calls.Add("step   " + text);

    public void Output(string text) => _calls.Add(text.Length == 0 ? "output" : "output " + text);

    public void CompilerError(CompilerError error) =>
        _calls.Add($"error  {error.File}|{error.Line}|{error.Column}|{error.Code}|{error.Message}");

    public void Report(Diagnostic diagnostic)
    {
        _calls.Add("report " + diagnostic.Descriptor.Id);
        Diagnostics.Add(diagnostic);
    }
}
