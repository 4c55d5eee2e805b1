using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ContainerSdk.Diagnostics;

namespace ContainerSdk.Engines.Docker;

/// <summary>
/// Follows BuildKit's plain progress: <c>#7 [build 4/6] RUN …</c> begins a step, <c>#7 0.532 text</c> is its output, <c>#7 ERROR: …</c> its end.
/// </summary>
internal sealed partial class BuildProgress(IBuildReporter reporter)
{
    private const int KeptLines = 20;
    private const int MaxNameLength = 100;

    private readonly Dictionary<string, string> _steps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<CompilerMessage>> _errors = new(StringComparer.Ordinal);
    private readonly HashSet<CompilerMessage> _warnings = [];
    private readonly Dictionary<string, Queue<string>> _output = new(StringComparer.Ordinal);
    private string _failed = "";

    /// <summary>The step that failed; empty if none did.</summary>
    public string FailedStep => _failed.Length == 0 ? "" : _steps.GetValueOrDefault(_failed, _failed);

    /// <summary>Whether a compiler said itself what is wrong.</summary>
    public bool HasCompilerErrors => _errors.ContainsKey(_failed);

    /// <summary>Whether a warning counts as an error here, so that the image must not get a name.</summary>
    public bool HasRefusedWarnings { get; private set; }

    /// <summary>Takes the next line.</summary>
    public void Take(string line)
    {
        var match = Vertex().Match(line);
        if (!match.Success)
        {
            reporter.Output(line);
            return;
        }

        var (id, rest) = (match.Groups["id"].Value, match.Groups["rest"].Value);
        if (rest.StartsWith('[') && _steps.TryAdd(id, Name(rest)))
            reporter.Step(_steps[id]);
        else if (rest == "CACHED")
            reporter.Step($"{_steps.GetValueOrDefault(id, id)} (cached)");
        else if (rest.StartsWith("ERROR", StringComparison.Ordinal))
            Fail(id);
        else if (Timed().Match(rest) is { Success: true } output)
            TakeOutput(id, output.Groups["text"].Value);
        else
            reporter.Output(rest);
    }

    /// <summary>The reason of the failure that the engine gave last, without the names of the engine's own parts.</summary>
    public static string Reason(IEnumerable<string> tail) =>
        tail.LastOrDefault(line => line.StartsWith("ERROR:", StringComparison.Ordinal)) is { } line ? Wrapping().Replace(line["ERROR:".Length..].Trim(), "") : "the engine gave no reason";

    /// <summary>The last lines that the failing step printed.</summary>
    public ImmutableArray<string> LastOutput => _output.TryGetValue(_failed, out var lines) ? [.. lines] : [];

    // What looks like an error is one only if its step fails: a test may print it, or a shell ignore it.
    private void Fail(string id)
    {
        if (_failed == id) return;
        _failed = id;
        foreach (var error in _errors.GetValueOrDefault(id, [])) reporter.CompilerMessage(error);
    }

    // Mounts, and the shell that reads secrets for a command, say nothing about what went wrong, and a whole command line hides it.
    private static string Name(string step)
    {
        var name = Trust().Replace(Wrapper().Replace(Mounts().Replace(step, ""), "["), "");
        return name.Length <= MaxNameLength ? name : string.Concat(name.AsSpan(0, MaxNameLength), "...");
    }

    private void TakeOutput(string id, string text)
    {
        reporter.Output(text);
        if (CompilerMessage.TryParse(text, out var message)) TakeMessage(id, message);
        if (text.Trim().Length == 0) return;
        if (!_output.TryGetValue(id, out var lines)) _output[id] = lines = new Queue<string>();
        if (lines.Count == KeptLines) lines.Dequeue();
        lines.Enqueue(text.Trim());
    }

    private void TakeMessage(string id, CompilerMessage message)
    {
        if (message.Severity == DiagnosticSeverity.Warning)
        {
            if (IsForTheUser(message) && _warnings.Add(message)) HasRefusedWarnings |= reporter.CompilerMessage(message);
            return;
        }

        if (!_errors.TryGetValue(id, out var errors)) _errors[id] = errors = [];
        if (!errors.Contains(message)) errors.Add(message);
    }

    // NuGet's warnings came from the host's own restore before, and about this SDK's files nobody can do anything.
    private static bool IsForTheUser(CompilerMessage message) => !NuGet().IsMatch(message.Code) && !OwnFile().IsMatch(message.File);

    [GeneratedRegex(@"^NU\d", RegexOptions.CultureInvariant)]
    private static partial Regex NuGet();

    [GeneratedRegex("^/nuget/packages/containersdk/", RegexOptions.CultureInvariant)]
    private static partial Regex OwnFile();

    [GeneratedRegex(@"^#(?<id>\d+) (?<rest>.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Vertex();

    [GeneratedRegex(@"^(?:failed to solve(?: with frontend [^:]+)?: |rpc error: code = \w+ desc = |failed to create LLB definition: )+", RegexOptions.CultureInvariant)]
    private static partial Regex Wrapping();

    [GeneratedRegex(@"--mount=\S+ ", RegexOptions.CultureInvariant)]
    private static partial Regex Mounts();

    // BuildKit shows the words with the quotes in them, but without their backslashes.
    [GeneratedRegex(@"\[""/bin/sh"", ""-c"", ""[^,]*exec \\?""\$@\\?"""", ""sh"", ", RegexOptions.CultureInvariant)]
    private static partial Regex Wrapper();

    [GeneratedRegex(@"for name in [A-Z_ ]+; do export ""?\$name=[^; ]+; done; ", RegexOptions.CultureInvariant)]
    private static partial Regex Trust();

    [GeneratedRegex(@"^\d+\.\d+ (?<text>.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Timed();
}
