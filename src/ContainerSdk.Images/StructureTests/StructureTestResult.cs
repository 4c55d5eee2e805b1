using System.Collections.Immutable;

namespace ContainerSdk.Images.StructureTests;

/// <summary>How a test went.</summary>
/// <param name="Kind">What it asks.</param>
/// <param name="Name">Its name, as the file has it.</param>
/// <param name="Verdict">How it went.</param>
public sealed record StructureTestResult(StructureTestKind Kind, string Name, StructureTestVerdict Verdict);

/// <summary>What a test asks.</summary>
public enum StructureTestKind
{
    /// <summary>What a command prints.</summary>
    Command,

    /// <summary>What a file holds.</summary>
    FileContent,

    /// <summary>Whether a file is there, and whose.</summary>
    FileExistence,

    /// <summary>Which licenses are there.</summary>
    License,

    /// <summary>How the image is run.</summary>
    Metadata,
}

/// <summary>How a test went.</summary>
public abstract record StructureTestVerdict
{
    private StructureTestVerdict()
    {
    }

    /// <summary>Everything is as it should be.</summary>
    public sealed record Passed : StructureTestVerdict;

    /// <summary>Something is not.</summary>
    /// <param name="Findings">What was expected and what was found, a clause for each.</param>
    public sealed record Failed(ImmutableArray<string> Findings) : StructureTestVerdict
    {
        /// <inheritdoc/>
        public bool Equals(Failed? other) => other is not null && Findings.AsSpan().SequenceEqual(other.Findings.AsSpan());

        /// <inheritdoc/>
        public override int GetHashCode() => Findings.Length;
    }

    /// <summary>It was not carried out.</summary>
    /// <param name="Reason">A clause that says why.</param>
    public sealed record Skipped(string Reason) : StructureTestVerdict;

    /// <summary>Failed if there is a finding.</summary>
    public static StructureTestVerdict Of(ImmutableArray<string> findings) => findings.IsEmpty ? new Passed() : new Failed(findings);
}

/// <summary>A command that shall be run in a container of the image, without the image's entry point.</summary>
/// <param name="Command">The program and its arguments.</param>
/// <param name="Variables">Set beside the image's own, in this order.</param>
/// <param name="Setup">Run before it, in order; each leaves its changes to the next.</param>
/// <param name="Teardown">Run after it.</param>
public sealed record CommandRun(ImmutableArray<string> Command, ImmutableArray<NamedText> Variables, ImmutableArray<ImmutableArray<string>> Setup, ImmutableArray<ImmutableArray<string>> Teardown);

/// <summary>How a command ended.</summary>
public abstract record CommandOutcome
{
    private CommandOutcome()
    {
    }

    /// <summary>It ran.</summary>
    /// <param name="ExitCode">Its exit code.</param>
    /// <param name="Output">Its standard output.</param>
    /// <param name="Error">Its standard error.</param>
    public sealed record Ended(int ExitCode, string Output, string Error) : CommandOutcome;

    /// <summary>It did not run, or something before it failed.</summary>
    /// <param name="Reason">A clause that says why.</param>
    public sealed record NotRun(string Reason) : CommandOutcome;
}
