using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace ContainerSdk.Images.StructureTests;

/// <summary>Texts with variables in them, as Go's os.Expand reads them (https://pkg.go.dev/os#Expand): <c>$NAME</c> and <c>${NAME}</c>; what is not set is nothing.</summary>
internal static class VariableText
{
    private const string Special = "*#$@!?-0123456789";

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    public static string Expand(string text, ImmutableDictionary<string, string> variables)
    {
        if (!text.Contains('$', StringComparison.Ordinal)) return text;
        var written = new StringBuilder();
        for (var i = 0; i < text.Length;)
        {
            if (text[i] != '$' || i + 1 == text.Length)
            {
                written.Append(text[i++]);
                continue;
            }

            var (name, length) = Name(text.AsSpan(i + 1));
            written.Append(length == 0 ? "$" : variables.GetValueOrDefault(name, ""));
            i += 1 + length;
        }

        return written.ToString();
    }

    // A brace that nothing closes, and one around no name, are dropped.
    private static (string Name, int Length) Name(ReadOnlySpan<char> rest)
    {
        if (rest[0] == '{')
        {
            var end = rest.IndexOf('}');
            return end < 0 ? ("", 1) : (rest[1..end].ToString(), end + 1);
        }

        if (Special.Contains(rest[0], StringComparison.Ordinal)) return (rest[..1].ToString(), 1);
        var length = rest.IndexOfAnyExcept(NameCharacters);
        if (length < 0) length = rest.Length;
        return (rest[..length].ToString(), length);
    }
}
