using System.Text;

namespace ContainerSdk.Images.Bom;

/// <summary>Which system an image has, as its <c>os-release</c> says it (https://www.freedesktop.org/software/systemd/man/latest/os-release.html).</summary>
/// <param name="Id">For example <c>debian</c>; lower-case.</param>
/// <param name="Version">For example <c>12</c>; null of systems that have none.</param>
/// <param name="Title">What people call it, for example <c>Debian GNU/Linux 12 (bookworm)</c>; null if it is not said.</param>
public sealed record SystemRelease(string Id, string? Version, string? Title)
{
    /// <summary>Reads the file's text; null if it does not say which system it is.</summary>
    public static SystemRelease? Parse(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n').Select(line => line.Trim()))
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            // What is said last counts, as in a shell.
            if (equals > 0 && line[0] != '#') values[line[..equals]] = Unquote(line[(equals + 1)..]);
        }

        return Value("ID") is { } id ? new SystemRelease(id, Value("VERSION_ID"), Value("PRETTY_NAME")) : null;

        string? Value(string name) => values.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;
    }

    // One word of a shell: quotes around it, and backslashes before what means something.
    private static string Unquote(string word)
    {
        var quote = word.Length > 1 && word[0] is '"' or '\'' && word[^1] == word[0] ? word[0] : '\0';
        var inner = quote == '\0' ? word : word[1..^1];
        if (quote == '\'' || !inner.Contains('\\', StringComparison.Ordinal)) return inner;
        var plain = new StringBuilder();
        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] == '\\' && i + 1 < inner.Length) i++;
            plain.Append(inner[i]);
        }

        return plain.ToString();
    }
}
