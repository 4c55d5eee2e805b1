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

    /// <summary>The code of the warnings that count as errors; none if null.</summary>
    public string? RefusedCode { get; init; }

    /// <summary>What compilers said alone.</summary>
    public List<CompilerMessage> Messages { get; } = [];

    public bool CompilerMessage(CompilerMessage message)
    {
        var severity = message.Severity == DiagnosticSeverity.Error ? "error  " : "warn   ";
        _calls.Add($"{severity}{message.File}|{message.Line}|{message.Column}|{message.Code}|{message.Message}");
        Messages.Add(message);
        return message.Severity == DiagnosticSeverity.Error || message.Code == RefusedCode;
    }

    public void Report(Diagnostic diagnostic)
    {
        _calls.Add("report " + diagnostic.Descriptor.Id);
        Diagnostics.Add(diagnostic);
    }
}
