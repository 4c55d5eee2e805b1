namespace ContainerSdk.Core.Tests.Golden;

/// <summary>Two texts line by line: what to take away, what to add, and three equal lines around it.</summary>
internal static class TextDiff
{
    private const int Around = 3;

    /// <summary>The lines, or an empty text if there is no difference.</summary>
    public static string Between(string name, string stored, string made)
    {
        if (stored == made) return "";
        var rows = Rows(stored.Split('\n'), made.Split('\n'));
        var shown = rows.Where((_, i) => rows.Skip(i - Around).Take((i < Around ? i : Around) + Around + 1).Any(row => row[0] != ' '));
        return $"--- {name} as stored\n+++ {name} as made\n{string.Join('\n', shown)}\n";
    }

    // The longest common subsequence, from the end.
    private static List<string> Rows(string[] old, string[] made)
    {
        var common = Enumerable.Range(0, old.Length + 1).Select(_ => new int[made.Length + 1]).ToArray();
        for (var i = old.Length - 1; i >= 0; i--)
            for (var j = made.Length - 1; j >= 0; j--)
                common[i][j] = old[i] == made[j] ? common[i + 1][j + 1] + 1 : Math.Max(common[i + 1][j], common[i][j + 1]);

        var rows = new List<string>();
        var (at, to) = (0, 0);
        while (at < old.Length || to < made.Length)
        {
            if (at < old.Length && to < made.Length && old[at] == made[to])
            {
                rows.Add("  " + old[at++]);
                to++;
            }
            else if (to == made.Length || (at < old.Length && common[at + 1][to] >= common[at][to + 1]))
            {
                rows.Add("- " + old[at++]);
            }
            else
            {
                rows.Add("+ " + made[to++]);
            }
        }

        return rows;
    }
}
