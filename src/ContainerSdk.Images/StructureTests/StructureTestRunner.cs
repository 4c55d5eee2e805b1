using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ContainerSdk.Images.Inspection;
using ContainerSdk.Images.Layouts;
using ContainerSdk.Images.Oci;

namespace ContainerSdk.Images.StructureTests;

/// <summary>Carries out a file's tests against an image.</summary>
/// <param name="image">The image.</param>
/// <param name="readFile">
/// The content of a file, by its path without a leading slash, links followed but hard ones; null if it cannot be had. A file may be asked for more than once.
/// </param>
/// <param name="runCommand">Runs a command; null where no engine runs containers, so that such tests are skipped.</param>
public sealed class StructureTestRunner(InspectedImage image, Func<string, CancellationToken, Task<ReadOnlyMemory<byte>?>> readFile, Func<CommandRun, CancellationToken, Task<CommandOutcome>>? runCommand)
{
    // More is no text that anybody tests.
    private const int MaxContent = 64 * 1024 * 1024;

    private readonly RunFacts _facts = new(image.Configuration);
    private readonly ImagePlaces _places = new(image.Files);

    /// <summary>A result for each test, in the order in which container-structure-test runs them.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<ImmutableArray<StructureTestResult>> RunAsync(StructureTestFile tests, CancellationToken cancellation)
    {
        var results = ImmutableArray.CreateBuilder<StructureTestResult>();
        var (variables, known) = Expanded(tests.GlobalVariables, _facts.Variables);
        foreach (var test in tests.CommandTests) results.Add(new StructureTestResult(StructureTestKind.Command, test.Name, await CommandAsync(test, variables, known, cancellation)));
        foreach (var test in tests.FileContentTests) results.Add(new StructureTestResult(StructureTestKind.FileContent, test.Name, await ContentAsync(test, known, cancellation)));
        foreach (var test in tests.FileExistenceTests) results.Add(new StructureTestResult(StructureTestKind.FileExistence, test.Name, Existence(test, known)));
        for (var i = 1; i <= tests.LicenseTests; i++)
            results.Add(new StructureTestResult(StructureTestKind.License, string.Create(CultureInfo.InvariantCulture, $"License Test {i}"), new StructureTestVerdict.Skipped("license tests are not supported")));
        if (tests.MetadataTest is { } metadata) results.Add(new StructureTestResult(StructureTestKind.Metadata, "Metadata Test", StructureTestVerdict.Of(MetadataEvaluator.Findings(metadata, _facts))));
        return results.ToImmutable();
    }

    private async Task<StructureTestVerdict> CommandAsync(CommandTest test, ImmutableArray<NamedText> variables, ImmutableDictionary<string, string> known, CancellationToken cancellation)
    {
        if (runCommand is null) return new StructureTestVerdict.Skipped("no engine here runs containers");
        cancellation.ThrowIfCancellationRequested();
        ImmutableArray<string> command = [.. test.Command.Select(word => VariableText.Expand(word, known))];
        return await runCommand(new CommandRun(command, variables.AddRange(Expanded(test.Variables, known).Variables), test.Setup, test.Teardown), cancellation) switch
        {
            CommandOutcome.Ended ended => StructureTestVerdict.Of(Findings(test, ended)),
            CommandOutcome.NotRun notRun => new StructureTestVerdict.Failed([notRun.Reason]),
            var other => throw new ArgumentOutOfRangeException(nameof(test), other, null),
        };
    }

    private static ImmutableArray<string> Findings(CommandTest test, CommandOutcome.Ended ended) =>
    [
        .. Findings("its standard error", test.Error, ended.Error, Quoted),
        .. Findings("its standard output", test.Output, ended.Output, Quoted),
        .. test.ExitCode == ended.ExitCode ? ImmutableArray<string>.Empty : [string.Create(CultureInfo.InvariantCulture, $"exit code {test.ExitCode} is expected, and it is {ended.ExitCode}")],
    ];

    private async Task<StructureTestVerdict> ContentAsync(FileContentTest test, ImmutableDictionary<string, string> known, CancellationToken cancellation)
    {
        var path = VariableText.Expand(test.Path, known);
        try
        {
            if (_places.Follow(path) is not var (place, entry)) return Failed($"a file {Quotation.Of(path)} is expected, and there is none");
            if (entry.Kind == Layers.LayerEntryKind.Folder) return Failed($"a file {Quotation.Of(path)} is expected, and it is a folder");
            if (entry.Size > MaxContent) return Failed($"the file {Quotation.Of(path)} is too large to be searched");
            cancellation.ThrowIfCancellationRequested();
            return await readFile(place, cancellation) is { } content
                ? StructureTestVerdict.Of([.. Findings($"the file {Quotation.Of(path)}", test.Content, Encoding.UTF8.GetString(content.Span), _ => "")])
                : Failed($"the file {Quotation.Of(path)} cannot be read");
        }
        catch (InvalidImageException e)
        {
            return Failed(Quotation.Of(e));
        }
    }

    private StructureTestVerdict Existence(FileExistenceTest test, ImmutableDictionary<string, string> known)
    {
        var path = VariableText.Expand(test.Path, known);
        try
        {
            return (_places.Find(path), test.ShouldExist) switch
            {
                (null, true) => Failed($"{Quotation.Of(path)} is expected, and is not there"),
                (not null, false) => Failed($"no {Quotation.Of(path)} is expected, and it is there"),
                ({ } entry, true) => StructureTestVerdict.Of([.. Findings(test, path, entry)]),
                _ => new StructureTestVerdict.Passed(),
            };
        }
        catch (InvalidImageException e)
        {
            return Failed(Quotation.Of(e));
        }
    }

    private static IEnumerable<string> Findings(FileExistenceTest test, string path, Layers.TreeEntry entry)
    {
        var (name, mode) = (Quotation.Of(path), ModeText.Go(entry));
        if (test.Permissions is { } expected && expected != mode && expected != ModeText.List(entry)) yield return $"{name} is expected to have {expected}, and has {mode}";
        if (test.Executable != UnixFileMode.None && (entry.Mode & test.Executable) == 0) yield return $"{name} is expected to be executable by {Who(test.Executable)}, and has {mode}";
        if (test.UserId is { } user && user != entry.UserId) yield return string.Create(CultureInfo.InvariantCulture, $"{name} is expected to belong to user {user}, and belongs to {entry.UserId}");
        if (test.GroupId is { } group && group != entry.GroupId) yield return string.Create(CultureInfo.InvariantCulture, $"{name} is expected to belong to group {group}, and belongs to {entry.GroupId}");
    }

    private static string Who(UnixFileMode executable) => executable switch
    {
        UnixFileMode.UserExecute => "its owner",
        UnixFileMode.GroupExecute => "its group",
        UnixFileMode.OtherExecute => "others",
        _ => "anybody",
    };

    // A file's content stays out of the log: it may be what nobody should read there.
    private static IEnumerable<string> Findings(string what, ContentExpectation expectation, string text, Func<string, string> shown)
    {
        foreach (var (pattern, isExpected) in expectation.Expected.Select(pattern => (pattern, true)).Concat(expectation.Excluded.Select(pattern => (pattern, false))))
            if (Finding(pattern, isExpected, text) is { } finding) yield return $"{what} is expected {finding}{shown(text)}";
    }

    private static string? Finding(SearchPattern pattern, bool isExpected, string text)
    {
        try
        {
            return pattern.IsMatch(text) == isExpected ? null : isExpected ? $"to match {Quotation.Of(pattern.Text)}, and does not" : $"not to match {Quotation.Of(pattern.Text)}, and does";
        }
        catch (RegexMatchTimeoutException)
        {
            return $"{(isExpected ? "to" : "not to")} match {Quotation.Of(pattern.Text)}, and the search takes too long";
        }
    }

    private static string Quoted(string text) => text.Trim() is { Length: > 0 } words ? $": {Quotation.Of(words)}" : ": it is empty";

    // A later variable sees the earlier ones, as a second line of a Dockerfile's ENV does.
    private static (ImmutableArray<NamedText> Variables, ImmutableDictionary<string, string> Known) Expanded(ImmutableArray<NamedText> variables, ImmutableDictionary<string, string> known)
    {
        var expanded = ImmutableArray.CreateBuilder<NamedText>();
        foreach (var variable in variables)
        {
            var value = VariableText.Expand(variable.Value, known);
            expanded.Add(variable with { Value = value });
            known = known.SetItem(variable.Key, value);
        }

        return (expanded.ToImmutable(), known);
    }

    private static StructureTestVerdict.Failed Failed(string finding) => new([finding]);
}
