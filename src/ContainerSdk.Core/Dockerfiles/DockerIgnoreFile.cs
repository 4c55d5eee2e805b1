using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace ContainerSdk.Dockerfiles;

/// <summary>
/// An ignore file as an engine reads it: the last line that matches a path, or a folder above it, decides
/// (https://github.com/moby/patternmatcher). Only for what <see cref="DockerIgnoreRenderer"/> writes: engines disagree on a folder that is shut after
/// a wildcard has opened what lies in it.
/// </summary>
public sealed class DockerIgnoreFile
{
    private readonly Dictionary<string, List<Rule>> _rules = new(StringComparer.Ordinal);

    private DockerIgnoreFile(IEnumerable<Rule> rules)
    {
        foreach (var rule in rules)
        {
            if (!_rules.TryGetValue(rule.Folder, out var list)) _rules[rule.Folder] = list = [];
            list.Add(rule);
        }

        Starts = [.. _rules.Values.SelectMany(list => list).Where(rule => rule.Admits).OrderBy(rule => rule.Line).Select(rule => new IgnoreStart(rule.Folder, rule.Line))];
        if (!_rules.GetValueOrDefault("", []).Any(rule => rule is { Admits: false, IsEverything: true })) Starts = [new IgnoreStart("", -1), .. Starts];
    }

    /// <summary>The files and folders in which admitted paths lie: where to look for them.</summary>
    public ImmutableArray<IgnoreStart> Starts { get; }

    /// <summary>Reads the text.</summary>
    public static DockerIgnoreFile Parse(string text) =>
        new(text.TrimStart('\ufeff').Split('\n').Where(line => !line.StartsWith('#')).Select(line => line.Trim()).Where(line => line.Length > 0).Select(Rule.Parse).OfType<Rule>());

    /// <summary>Whether the engine gets <paramref name="path"/>: relative to the context's root, with '/' between segments.</summary>
    public bool Admits(string path) => Deciding(path)?.Admits != false;

    /// <summary>Whether nothing below <paramref name="folder"/> is admitted by the line of <paramref name="start"/>.</summary>
    public bool Ends(string folder, IgnoreStart start) => Deciding(folder) is { Admits: false } rule && rule.Line > start.Line;

    private Rule? Deciding(string path)
    {
        Rule? last = null;
        for (var end = path.Length; end >= 0; end = end == 0 ? -1 : Math.Max(path.LastIndexOf('/', end - 1), 0))
        {
            var below = end == 0 ? path : end == path.Length ? "" : path[(end + 1)..];
            foreach (var rule in _rules.GetValueOrDefault(path[..end], []))
                if (rule.Line > (last?.Line ?? -1) && rule.Matches(below)) last = rule;
        }

        return last;
    }

    // A pattern is cut at its first segment with a wildcard, so that a path is compared with the patterns of the folders above it and no others.
    private sealed class Rule(int line, bool admits, string folder, string rest)
    {
        private static readonly Regex Everything = new(".", RegexOptions.CultureInvariant);

        private readonly Regex? _rest = rest.Length == 0 ? null : rest == "**" ? Everything : new Regex($@"\A{Translate(rest)}\z", RegexOptions.CultureInvariant | RegexOptions.Singleline);

        public int Line => line;

        public bool Admits => admits;

        public string Folder => folder;

        public bool IsEverything => rest == "**";

        public static Rule? Parse(string text, int line)
        {
            var admits = text.StartsWith('!');
            var segments = (admits ? text[1..].Trim() : text).Split('/').Where(segment => segment is not ("" or ".")).ToArray();
            var literal = segments.TakeWhile(segment => Unescape(segment) is not null).ToArray();
            return segments.Length == 0 ? null : new Rule(line, admits, string.Join('/', literal.Select(Unescape)), string.Join('/', segments[literal.Length..]));
        }

        // A folder that matches takes along all that is in it.
        public bool Matches(string below)
        {
            if (_rest is null) return true;
            if (below.Length == 0) return false;
            for (var end = below.IndexOf('/', StringComparison.Ordinal); end >= 0; end = below.IndexOf('/', end + 1))
                if (_rest.IsMatch(below[..end])) return true;
            return _rest.IsMatch(below);
        }

        // Null for a segment with a wildcard. Brackets around one character quote it.
        private static string? Unescape(string segment)
        {
            var text = new StringBuilder();
            for (var i = 0; i < segment.Length; i++)
            {
                if (segment[i] is '*' or '?') return null;
                if (segment[i] == '[')
                {
                    if (i + 2 >= segment.Length || segment[i + 2] != ']' || segment[i + 1] is '^' or '\\') return null;
                    text.Append(segment[i + 1]);
                    i += 2;
                }
                else
                {
                    text.Append(segment[i] == '\\' && i + 1 < segment.Length ? segment[++i] : segment[i]);
                }
            }

            return text.ToString();
        }

        private static string Translate(string pattern)
        {
            var regex = new StringBuilder();
            for (var i = 0; i < pattern.Length; i++)
            {
                var rest = pattern.AsSpan(i);
                if (rest is "**") regex.Append(".*");
                else if (rest.StartsWith("**/")) regex.Append("(?:.*/)?");
                else if (rest.StartsWith("**")) regex.Append(".*");
                else if (rest[0] == '*') regex.Append("[^/]*");
                else if (rest[0] == '?') regex.Append("[^/]");
                else if (rest[0] == '\\' && rest.Length > 1) regex.Append(Regex.Escape(rest[1].ToString()));
                else regex.Append(rest[0] is '[' or ']' or '-' or '^' ? rest[0].ToString() : Regex.Escape(rest[0].ToString()));
                i += rest.StartsWith("**/") ? 2 : rest.StartsWith("**") || (rest[0] == '\\' && rest.Length > 1) ? 1 : 0;
            }

            return regex.ToString();
        }
    }
}

/// <summary>A place to look for admitted paths in.</summary>
/// <param name="Path">A file or folder, relative to the context's root; empty is the root itself.</param>
/// <param name="Line">The line that names it.</param>
public sealed record IgnoreStart(string Path, int Line);
