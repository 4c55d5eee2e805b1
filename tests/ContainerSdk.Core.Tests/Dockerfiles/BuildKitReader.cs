using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ContainerSdk.Core.Tests.Dockerfiles;

/// <summary>An instruction as BuildKit's parser hands it on: the keyword, builder flags, and the rest of the joined line.</summary>
internal sealed record ReadInstruction(string Keyword, ImmutableArray<string> Flags, string Rest);

/// <summary>
/// What BuildKit reads out of a Dockerfile's text. It is written from the parser's rules and shares nothing with the product, so that values can be
/// compared with what was meant. Whatever generated text must never contain (an expansion, a heredoc, a directive) is an exception.
/// </summary>
internal static partial class BuildKitReader
{
    private const int MaxPhysicalLine = 65535;

    public static ImmutableArray<ReadInstruction> Read(string text)
    {
        if (Directive().IsMatch(text)) throw new InvalidDataException("The first line is a directive.");
        return [.. Join(text).Select(Split)];
    }

    /// <summary>The one name and value of an ENV or LABEL.</summary>
    public static (string Name, string Value) Pair(ReadInstruction instruction)
    {
        var words = Words(instruction.Rest);
        if (words.Count != 1) throw new InvalidDataException($"{words.Count} words: {string.Join(" | ", words)}");
        var equals = words[0].IndexOf('=', StringComparison.Ordinal);
        if (equals < 0) throw new InvalidDataException("A word without '=' makes the whole line one legacy pair.");
        return (ShellWord(words[0][..equals]), ShellWord(words[0][(equals + 1)..]));
    }

    /// <summary>The words of a JSON array; a real engine would take anything that is not JSON for shell text.</summary>
    public static string[] Exec(ReadInstruction instruction) => JsonSerializer.Deserialize<string[]>(instruction.Rest)!;

    /// <summary>The words of a HEALTHCHECK's command, after the word CMD.</summary>
    public static string[] HealthCommand(ReadInstruction instruction) => Cut(instruction.Rest) is ("CMD", var words)
        ? Exec(instruction with { Rest = words })
        : throw new InvalidDataException("HEALTHCHECK without CMD.");

    /// <summary>Sources and target of a COPY in JSON form, whose words are shell words once more.</summary>
    public static string[] Copy(ReadInstruction instruction) => [.. Exec(instruction).Select(ShellWord)];

    private static IEnumerable<string> Join(string text)
    {
        StringBuilder? joined = null;
        foreach (var physical in text.Split('\n').Select(line => line.TrimEnd('\r')))
        {
            if (Encoding.UTF8.GetByteCount(physical) > MaxPhysicalLine) throw new InvalidDataException("dockerfile line greater than max allowed size");
            if (physical.TrimStart().StartsWith('#')) continue;
            if (joined is null && physical.Trim().Length == 0) continue;
            if (physical.Trim().Length == 0) throw new InvalidDataException("An empty line continues an instruction.");
            var continued = Continuation().Replace(physical, "$1");
            joined = (joined ?? new StringBuilder()).Append(joined is null ? continued.TrimStart() : continued);
            if (continued != physical) continue;
            yield return joined.ToString();
            joined = null;
        }

        if (joined is not null) throw new InvalidDataException("The last line is continued by nothing.");
    }

    private static ReadInstruction Split(string line)
    {
        var (keyword, rest) = Cut(line);
        var flags = ImmutableArray.CreateBuilder<string>();
        while (rest.StartsWith("--", StringComparison.Ordinal))
        {
            (var flag, rest) = Cut(rest);
            flags.Add(flag);
        }

        var isJson = rest.StartsWith('[');
        if (keyword is "RUN" or "COPY" or "ADD" && !isJson && Heredoc().IsMatch(rest)) throw new InvalidDataException("A heredoc.");
        return new ReadInstruction(keyword, flags.ToImmutable(), rest);
    }

    private static (string First, string Others) Cut(string text)
    {
        var match = Blank().Match(text);
        return match.Success ? (text[..match.Index], text[(match.Index + match.Length)..]) : (text, "");
    }

    // Words end at blanks outside quotes; a backslash takes the next character with it.
    private static List<string> Words(string text)
    {
        var (words, word, quote) = (new List<string>(), new StringBuilder(), '\0');
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quote == '\0' && char.IsWhiteSpace(c))
            {
                if (word.Length > 0) words.Add(word.ToString());
                word.Clear();
                continue;
            }

            word.Append(c);
            if (c == '\\' && i + 1 < text.Length) word.Append(text[++i]);
            else if (quote == '\0' && c is '"' or '\'') quote = c;
            else if (quote == c) quote = '\0';
        }

        if (quote != '\0') throw new InvalidDataException("A quote is never closed.");
        if (word.Length > 0) words.Add(word.ToString());
        return words;
    }

    // shell/lex.go with the default escape character: what is left of a word when quotes and escapes are gone.
    private static string ShellWord(string word)
    {
        var (text, quote) = (new StringBuilder(word.Length), '\0');
        for (var i = 0; i < word.Length; i++)
        {
            var c = word[i];
            if (quote == '\'') Literal(c);
            else if (c == '$') throw new InvalidDataException("An expansion.");
            else if (c == '\\') i += Escape(i);
            else if (c == '"') quote = quote == '"' ? '\0' : '"';
            else if (c == '\'' && quote == '\0') quote = '\'';
            else text.Append(c);
        }

        return quote == '\0' ? text.ToString() : throw new InvalidDataException("A quote is never closed.");

        void Literal(char c)
        {
            if (c == '\'') quote = '\0';
            else text.Append(c);
        }

        int Escape(int i)
        {
            if (i + 1 == word.Length) throw new InvalidDataException("Nothing is escaped.");
            if (quote == '"' && word[i + 1] is not ('"' or '$' or '\\')) text.Append('\\');
            text.Append(word[i + 1]);
            return 1;
        }
    }

    [GeneratedRegex(@"\A\ufeff?(?:#|//)[ \t]*[a-zA-Z][a-zA-Z0-9]*[ \t]*=|\A\s*\{|\A#!")]
    private static partial Regex Directive();

    [GeneratedRegex(@"([^\\])\\[ \t]*\z|\A\\[ \t]*\z")]
    private static partial Regex Continuation();

    [GeneratedRegex(@"[ \t]+")]
    private static partial Regex Blank();

    [GeneratedRegex(@"(?:\A|\s)\d*<<-?[^<]")]
    private static partial Regex Heredoc();
}
