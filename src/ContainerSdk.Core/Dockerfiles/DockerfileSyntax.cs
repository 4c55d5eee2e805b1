using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ContainerSdk.Dockerfiles;

/// <summary>
/// The one place that quotes Dockerfile words. Rules: https://docs.docker.com/reference/dockerfile/, and BuildKit's
/// <c>frontend/dockerfile/parser</c> and <c>shell/lex.go</c>; the same text means the same to buildah's parser.
/// </summary>
public static class DockerfileSyntax
{
    /// <summary>BuildKit reads physical lines of at most 65535 bytes; longer values are continued well before.</summary>
    public const int MaxLineBytes = 32 * 1024;

    private static readonly JsonStringContext Json = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>
    /// A value of ENV, LABEL or ARG, in double quotes. Inside them only <c>\</c>, <c>"</c> and <c>$</c> are special. The quotes also keep a
    /// value that ends in a backslash from continuing the line.
    /// </summary>
    public static string Quote(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (var c in value)
        {
            if (c is '\\' or '"' or '$') text.Append('\\');
            text.Append(c);
        }

        return text.Append('"').ToString();
    }

    /// <summary>
    /// Words of RUN, ENTRYPOINT or CMD as a JSON array. Nothing expands in it. It must be strict JSON: engines silently take anything else for shell text.
    /// </summary>
    public static string ExecArray(IEnumerable<string> words) =>
        $"[{string.Join(", ", words.Select(word => JsonSerializer.Serialize(word, Json.String)))}]";

    /// <summary>
    /// Sources and target of COPY as a JSON array. Unlike in the exec form the words are expanded after they are read: sources as patterns, all as
    /// shell words.
    /// </summary>
    public static string CopyArray(IEnumerable<string> sources, string target) =>
        ExecArray([.. sources.Select(source => Word(Literal(source))), Word(target)]);

    /// <summary>A word of a POSIX shell: as it is, or in single quotes, in which nothing is special but their end.</summary>
    public static string ShellWord(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-' or '=' or ':' or '+' or ',' or '@')
            ? text
            : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    /// <summary>
    /// Continues a line that is too long for the parsers. A physical line may end or begin anywhere inside quotes, but not after a backslash, not
    /// before '#' (it would be dropped as a comment), and not at a blank (it might be trimmed). Null if there is no such place.
    /// </summary>
    public static string? Wrap(string line)
    {
        if (Encoding.UTF8.GetByteCount(line) <= MaxLineBytes) return line;
        var (text, start) = (new StringBuilder(line.Length + 16), 0);
        while (Encoding.UTF8.GetByteCount(line.AsSpan(start)) > MaxLineBytes)
        {
            var end = Math.Min(line.Length - 1, start + (MaxLineBytes / 3));
            while (end > start && !(char.IsAsciiLetterOrDigit(line[end - 1]) && char.IsAsciiLetterOrDigit(line[end]))) end--;
            if (end == start) return null;
            text.Append(line, start, end - start).Append("\\\n");
            start = end;
        }

        return text.Append(line, start, line.Length - start).ToString();
    }

    // Go's filepath.Match: a bracket expression makes any special character literal, also the backslash, which engines read in two ways where a path is
    // no pattern. A blank at either end would be trimmed, and a leading '!' negate, where the engine lists the files that it needs.
    private static string Literal(string path)
    {
        var name = path.TrimEnd('/');
        var (first, last) = (name.Length - name.TrimStart().Length, name.TrimEnd().Length);
        return string.Concat(name.Select((c, i) =>
            c == '\\' ? @"[\\]"
            : c is '*' or '?' or '[' || i < first || i >= last || (c == '!' && i == 0) ? $"[{c}]"
            : c.ToString())) + path[name.Length..];
    }

    // The lexer's escapes outside quotes.
    private static string Word(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var c in value)
        {
            if (c is '\\' or '"' or '\'' or '$') text.Append('\\');
            text.Append(c);
        }

        return text.ToString();
    }
}

[JsonSerializable(typeof(string))]
internal sealed partial class JsonStringContext : JsonSerializerContext;
