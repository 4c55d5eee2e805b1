using ContainerSdk.Testing;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>The steps of the builder stage that a publish at normal verbosity reports, and whether their results were there already.</summary>
internal sealed record BuilderSteps(IReadOnlyList<string> Cached, IReadOnlyList<string> Run)
{
    private const string Mark = " (cached)";

    public static BuilderSteps Of(CommandResult result)
    {
        var lines = result.LinesWith("[build ").Select(line => line[line.IndexOf("[build ", StringComparison.Ordinal)..]).Where(line => !line.Contains("] FROM ", StringComparison.Ordinal)).ToArray();
        var cached = lines.Where(line => line.EndsWith(Mark, StringComparison.Ordinal)).Select(line => line[..^Mark.Length]).ToHashSet(StringComparer.Ordinal);
        return new BuilderSteps(
            [.. cached.Select(Text)],
            [.. lines.Where(line => !line.EndsWith(Mark, StringComparison.Ordinal) && !cached.Contains(line)).Select(Text)]);
    }

    /// <summary>How often restore ran.</summary>
    public int Restores => Run.Count(step => step.StartsWith("RUN [\"dotnet\", \"restore\"", StringComparison.Ordinal));

    /// <summary>How often the compiler ran.</summary>
    public int Publishes => Run.Count(step => step.StartsWith("RUN [\"dotnet\", \"publish\"", StringComparison.Ordinal));

    // "[build 5/9] RUN …" without its number.
    private static string Text(string step) => step[(step.IndexOf("] ", StringComparison.Ordinal) + 2)..];
}
