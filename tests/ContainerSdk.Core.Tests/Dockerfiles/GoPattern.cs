namespace ContainerSdk.Core.Tests.Dockerfiles;

/// <summary>
/// How an engine finds the file that a COPY source names: literally, unless the source holds a wildcard, in which case it is a pattern of Go's
/// filepath.Match. Only then are its backslashes escapes.
/// </summary>
internal static class GoPattern
{
    public static bool Selects(string source, string name) => HasWildcard(source) ? Match(source, name) : source == name;

    /// <summary>Go's filepath.Match.</summary>
    public static bool Match(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        if (pattern.IsEmpty) return name.IsEmpty;
        if (pattern[0] == '*') return Match(pattern[1..], name) || (!name.IsEmpty && name[0] != '/' && Match(pattern, name[1..]));
        if (name.IsEmpty) return false;
        if (pattern[0] == '[') return InClass(pattern[1..], name[0], out var rest) && Match(rest, name[1..]);
        if (pattern[0] == '?') return name[0] != '/' && Match(pattern[1..], name[1..]);
        if (pattern[0] == '\\') pattern = pattern[1..];
        return !pattern.IsEmpty && pattern[0] == name[0] && Match(pattern[1..], name[1..]);
    }

    private static bool HasWildcard(string source)
    {
        for (var i = 0; i < source.Length; i++)
        {
            if (source[i] == '\\') i++;
            else if (source[i] is '*' or '?' or '[') return true;
        }

        return false;
    }

    private static bool InClass(ReadOnlySpan<char> pattern, char c, out ReadOnlySpan<char> rest)
    {
        var negated = pattern is ['^', ..];
        if (negated) pattern = pattern[1..];
        var found = false;
        for (var first = true; first || pattern[0] != ']'; first = false)
        {
            var low = Take(ref pattern);
            var high = low;
            if (pattern is ['-', ..])
            {
                pattern = pattern[1..];
                high = Take(ref pattern);
            }

            found |= low <= c && c <= high;
        }

        rest = pattern[1..];
        return found != negated;
    }

    private static char Take(ref ReadOnlySpan<char> pattern)
    {
        var escaped = pattern[0] == '\\';
        var c = pattern[escaped ? 1 : 0];
        pattern = pattern[(escaped ? 2 : 1)..];
        return c;
    }
}
