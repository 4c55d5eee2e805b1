using System.Globalization;

namespace ContainerSdk.Testing;

/// <summary>Values that break naive quoting. All of them are text that a Dockerfile can carry; what it cannot is in <see cref="Uncarriable"/>.</summary>
public static class HostileValues
{
    // A prime: steps of this size visit every combination once before any comes again.
    private const long Stride = 7_368_787;

    /// <summary>What hostile values are put together from.</summary>
    public static IReadOnlyList<string> Fragments { get; } =
    [
        "\"", "'", "\\", "$X", "${X}", "${X:-y}", "$$", "`id`", "$(id)", "#", "# syntax=attacker/frontend", "<<EOF", "=", "--flag", "--from=x", "\\\\", "\t",
        " ", "  ", "%24", "@", ";", ",", "&&", "|", "*", "?", "[a-z]", "!", "~", "\\n", "\\\"", "a b", "key=value", "{\"json\": [\"x\", null, 1.5]}", "['a']",
        "USER root", "é", "名前", "😀", "\u00a0", "\u2028", "\u202e", "\ufeff", "plain",
    ];

    /// <summary>64 KiB of text in which a line can be continued, ending in a backslash.</summary>
    public static string Lengthy { get; } =
        string.Concat(Enumerable.Range(0, 16384).Select(i => string.Create(CultureInfo.InvariantCulture, $"{Fragments[i % Fragments.Count]}{i:d5} ")))[..((64 * 1024) - 1)] + "\\";

    /// <summary>Values with a control character, each with the name that CSDK1009 gives to it.</summary>
    public static IReadOnlyList<(string Value, string Character)> Uncarriable { get; } =
    [
        ("a\nUSER root", "U+000A"), ("a\r\nb", "U+000D"), ("\0", "U+0000"), ("bell\a", "U+0007"), ("back\b", "U+0008"), ("\v", "U+000B"), ("\u001b[31m", "U+001B"),
        ("\u007f", "U+007F"), ("next\u0085line", "U+0085"), ("\u009f", "U+009F"),
    ];

    /// <summary>Names of files in a build context; none holds a slash, and none is reserved on Linux.</summary>
    public static IReadOnlyList<string> FileNames { get; } =
    [
        "plain.txt", "a b", " lead", "trail ", "quo\"te", "apo'strophe", "back\\slash", "trailing\\", "dollar$X", "${X}", "`id`", "#hash", "<<EOF", "=", "--flag", "--from=x",
        "-", "!bang", "star*", "question?", "[a-z]", "[", "]", "{a,b}", "a,b", "~", "..data", ".hidden", "%24", "@", ";", "&&", "|", "é", "名前", "😀", "\u00a0", "[\"json\"]", "tab\tinside",
    ];

    /// <summary>
    /// The first <paramref name="count"/> values of one fixed sequence: nothing at all, 64 KiB, each fragment alone, then three fragments at a time.
    /// </summary>
    public static IReadOnlyList<string> Sample(int count) => [.. Fragments.Prepend(Lengthy).Prepend("").Concat(Combinations()).Take(count)];

    private static IEnumerable<string> Combinations()
    {
        long n = Fragments.Count;
        for (long i = 0; ; i++)
        {
            var index = i * Stride % (n * n * n);
            yield return Fragments[(int)(index % n)] + Fragments[(int)(index / n % n)] + Fragments[(int)(index / n / n)];
        }
    }
}
