using System.Collections.Immutable;

namespace ContainerSdk.Images.Bom;

/// <summary>What Debian's and Alpine's package managers write down: paragraphs of lines that begin with a field's name and a colon, divided by empty lines.</summary>
internal static class PackageParagraphs
{
    /// <summary>Each paragraph's fields; of a field that is there twice, the first. Lines that go on with a field's text are left out.</summary>
    public static IEnumerable<ImmutableDictionary<string, string>> Read(string text, ImmutableHashSet<string> wanted)
    {
        var fields = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        using var lines = new StringReader(text);
        while (lines.ReadLine() is { } line)
        {
            var read = line.TrimEnd();
            if (read.Length == 0)
            {
                if (fields.Count > 0) yield return fields.ToImmutable();
                fields.Clear();
                continue;
            }

            var colon = read.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || char.IsWhiteSpace(read[0])) continue;
            var name = read[..colon];
            if (wanted.Contains(name)) fields.TryAdd(name, read[(colon + 1)..].Trim());
        }

        if (fields.Count > 0) yield return fields.ToImmutable();
    }
}
