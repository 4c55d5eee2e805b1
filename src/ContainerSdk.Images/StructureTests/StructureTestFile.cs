using System.Collections.Immutable;
using System.Globalization;

namespace ContainerSdk.Images.StructureTests;

/// <summary>
/// A file of structure tests, in the form of container-structure-test 2.0.0 (https://github.com/GoogleContainerTools/container-structure-test).
/// </summary>
public sealed record StructureTestFile
{
    /// <summary>Variables of every command.</summary>
    public ImmutableArray<NamedText> GlobalVariables { get; init; } = [];

    /// <summary>What commands print.</summary>
    public ImmutableArray<CommandTest> CommandTests { get; init; } = [];

    /// <summary>Which files are there, and whose.</summary>
    public ImmutableArray<FileExistenceTest> FileExistenceTests { get; init; } = [];

    /// <summary>What files hold.</summary>
    public ImmutableArray<FileContentTest> FileContentTests { get; init; } = [];

    /// <summary>How the image is run; null if that is not tested.</summary>
    public MetadataTest? MetadataTest { get; init; }

    /// <summary>How many license tests there are, none of which is carried out.</summary>
    public int LicenseTests { get; init; }
}

/// <summary>A variable.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Value">Its value; <c>$NAME</c> and <c>${NAME}</c> stand for the image's own variables.</param>
public sealed record NamedText(string Key, string Value);

/// <summary>A test of what a command prints.</summary>
/// <param name="Name">The test's name.</param>
/// <param name="Command">The program and its arguments.</param>
public sealed record CommandTest(string Name, ImmutableArray<string> Command)
{
    /// <summary>Commands that change the image for this test.</summary>
    public ImmutableArray<ImmutableArray<string>> Setup { get; init; } = [];

    /// <summary>Commands that are run after it.</summary>
    public ImmutableArray<ImmutableArray<string>> Teardown { get; init; } = [];

    /// <summary>The command's variables.</summary>
    public ImmutableArray<NamedText> Variables { get; init; } = [];

    /// <summary>What is in its standard output, and what is not.</summary>
    public ContentExpectation Output { get; init; } = ContentExpectation.None;

    /// <summary>What is in its standard error, and what is not.</summary>
    public ContentExpectation Error { get; init; } = ContentExpectation.None;

    /// <summary>How it ends.</summary>
    public int ExitCode { get; init; }
}

/// <summary>What a text has to match.</summary>
/// <param name="Expected">Each has a match.</param>
/// <param name="Excluded">None has a match.</param>
public sealed record ContentExpectation(ImmutableArray<SearchPattern> Expected, ImmutableArray<SearchPattern> Excluded)
{
    /// <summary>Anything will do.</summary>
    public static ContentExpectation None { get; } = new([], []);
}

/// <summary>A test whether a file or folder is there.</summary>
/// <param name="Name">The test's name.</param>
/// <param name="Path">The path; <c>$NAME</c> stands for the image's variables. A link at its end is not followed.</param>
public sealed record FileExistenceTest(string Name, string Path)
{
    /// <summary>Whether it is there; if not, nothing else is asked.</summary>
    public bool ShouldExist { get; init; } = true;

    /// <summary>Kind and mode, as <c>-rwxr-xr-x</c>; null if that is not asked.</summary>
    public string? Permissions { get; init; }

    /// <summary>The owner's number; null if that is not asked.</summary>
    public int? UserId { get; init; }

    /// <summary>The group's number; null if that is not asked.</summary>
    public int? GroupId { get; init; }

    /// <summary>Who may execute it; 0 if that is not asked. One of several is enough.</summary>
    public UnixFileMode Executable { get; init; }
}

/// <summary>A test of what a file holds.</summary>
/// <param name="Name">The test's name.</param>
/// <param name="Path">The path; links are followed.</param>
/// <param name="Content">What is in it, and what is not.</param>
public sealed record FileContentTest(string Name, string Path, ContentExpectation Content);

/// <summary>A test of how the image is run; what is empty or null is not asked.</summary>
public sealed record MetadataTest
{
    /// <summary>Variables that are set.</summary>
    public ImmutableArray<ExpectedText> Variables { get; init; } = [];

    /// <summary>The names of variables that are not set.</summary>
    public ImmutableArray<string> UnboundVariables { get; init; } = [];

    /// <summary>Labels that are set.</summary>
    public ImmutableArray<ExpectedText> Labels { get; init; } = [];

    /// <summary>Ports that are named: a number, or one with its protocol.</summary>
    public ImmutableArray<string> ExposedPorts { get; init; } = [];

    /// <summary>Ports that are not named.</summary>
    public ImmutableArray<string> UnexposedPorts { get; init; } = [];

    /// <summary>Volumes that are declared.</summary>
    public ImmutableArray<string> Volumes { get; init; } = [];

    /// <summary>Volumes that are not declared.</summary>
    public ImmutableArray<string> UnmountedVolumes { get; init; } = [];

    /// <summary>All words of the entry point; an empty list says that there is none.</summary>
    public ImmutableArray<string>? Entrypoint { get; init; }

    /// <summary>All words of the command; an empty list says that there is none.</summary>
    public ImmutableArray<string>? Command { get; init; }

    /// <summary>The folder that it starts in.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The account, as the image writes it.</summary>
    public string? User { get; init; }
}

/// <summary>A variable or label.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="Pattern">What the value has to match instead; null if it has to be the value itself.</param>
public sealed record ExpectedText(string Key, string Value, SearchPattern? Pattern);

/// <summary>What is wrong with a file of tests.</summary>
/// <param name="File">The file, as it was named to the reader.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Key">The key, for example <c>commandTests[0].args</c>; empty if it is none in particular.</param>
/// <param name="Words">A clause that says what was expected.</param>
public sealed record StructureTestMistake(string File, int Line, string Key, string Words)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}({Line}): {(Key.Length > 0 ? Key + ": " : "")}{Words}");
}
