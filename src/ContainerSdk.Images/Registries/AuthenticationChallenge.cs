using System.Collections.Immutable;

namespace ContainerSdk.Images.Registries;

/// <summary>One way to log in that a refusal offers (https://datatracker.ietf.org/doc/html/rfc9110#section-11.6.1).</summary>
internal sealed record AuthenticationChallenge(string Scheme, ImmutableDictionary<string, string> Parameters)
{
    private static readonly ImmutableDictionary<string, string> NoParameters = ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The value of a parameter; null if there is none.</summary>
    public string? this[string name] => Parameters.GetValueOrDefault(name);

    /// <summary>All that a refusal offers, in its order.</summary>
    public static ImmutableArray<AuthenticationChallenge> Of(HttpResponseMessage refusal) =>
        refusal.Headers.NonValidated.TryGetValues("WWW-Authenticate", out var lines) ? [.. lines.SelectMany(Read)] : [];

    /// <summary>Whether it is of that scheme.</summary>
    public bool Is(string scheme) => Scheme.Equals(scheme, StringComparison.OrdinalIgnoreCase);

    // A word is a parameter's name if an equals sign follows, and the next scheme if not.
    private static IEnumerable<AuthenticationChallenge> Read(string line)
    {
        AuthenticationChallenge? challenge = null;
        var position = 0;
        while (true)
        {
            Skip(line, ref position, " \t,");
            var word = Word(line, ref position, " \t,=\"");
            if (word.Length == 0) break;
            Skip(line, ref position, " \t");
            if (challenge is not null && position < line.Length && line[position] == '=')
            {
                position++;
                Skip(line, ref position, " \t");
                challenge = challenge with { Parameters = challenge.Parameters.SetItem(word, Value(line, ref position)) };
                continue;
            }

            if (challenge is not null) yield return challenge;
            challenge = new AuthenticationChallenge(word, NoParameters);
        }

        if (challenge is not null) yield return challenge;
    }

    private static string Value(string line, ref int position)
    {
        if (position == line.Length || line[position] != '"') return Word(line, ref position, " \t,");
        var value = new System.Text.StringBuilder();
        for (position++; position < line.Length && line[position] != '"'; position++)
        {
            if (line[position] == '\\' && position + 1 < line.Length) position++;
            value.Append(line[position]);
        }

        position++;
        return value.ToString();
    }

    private static string Word(string line, ref int position, string ends)
    {
        var start = position;
        while (position < line.Length && !ends.Contains(line[position], StringComparison.Ordinal)) position++;
        return line[Math.Min(start, line.Length)..Math.Min(position, line.Length)];
    }

    private static void Skip(string line, ref int position, string what)
    {
        while (position < line.Length && what.Contains(line[position], StringComparison.Ordinal)) position++;
    }
}
