using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using ContainerSdk.Images.Layouts;

namespace ContainerSdk.Images.StructureTests;

/// <summary>A regular expression as Go reads it (https://github.com/google/re2/wiki/Syntax), which finds a match anywhere in a text, in time that grows with the text alone.</summary>
public sealed class SearchPattern
{
    private const RegexOptions Options = RegexOptions.CultureInvariant;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Regex _regex;

    private SearchPattern(string text, Regex regex) => (Text, _regex) = (text, regex);

    /// <summary>The expression as it was written.</summary>
    public string Text { get; }

    /// <summary>Reads an expression; <paramref name="problem"/> is a clause that says why it is none.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SearchPattern? pattern, out string problem)
    {
        (pattern, problem) = (null, "");
        try
        {
            pattern = new SearchPattern(text, Compile(GoSyntax.Translate(text)));
            return true;
        }
        catch (ArgumentException e)
        {
            problem = Quotation.Of(e);
            return false;
        }
    }

    /// <summary>Whether <paramref name="text"/> has a match.</summary>
    /// <exception cref="RegexMatchTimeoutException">The search takes seconds.</exception>
    public bool IsMatch(string text) => _regex.IsMatch(text);

    /// <inheritdoc/>
    public override string ToString() => Text;

    // The engine that never goes back refuses an expression that is too large for it, and no other that Go reads.
    private static Regex Compile(string translated)
    {
        try
        {
            return new Regex(translated, Options | RegexOptions.NonBacktracking, Patience);
        }
        catch (NotSupportedException)
        {
            return new Regex(translated, Options, Patience);
        }
    }
}
