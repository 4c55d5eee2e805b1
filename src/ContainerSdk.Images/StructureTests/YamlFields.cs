using System.Collections.Immutable;
using System.Globalization;
using ContainerSdk.Images.Layouts;

namespace ContainerSdk.Images.StructureTests;

/// <summary>The fields of one map. Each is taken once by its name; what has the wrong form, and what nobody took, is a mistake.</summary>
internal sealed class YamlFields
{
    private readonly Action<int, string, string> _report;
    private readonly string _path;
    private readonly Dictionary<string, YamlNode> _values = new(StringComparer.Ordinal);
    private readonly List<YamlNode.Scalar> _keys = [];
    private readonly List<string> _known = [];

    /// <param name="map">The map.</param>
    /// <param name="path">Where it stands, as <c>commandTests[0]</c>; empty for the file's own.</param>
    /// <param name="report">Takes a line, a key and words.</param>
    public YamlFields(YamlNode.Map map, string path, Action<int, string, string> report)
    {
        (_report, _path, Line) = (report, path, map.Line);
        foreach (var pair in map.Pairs)
        {
            if (!_values.TryAdd(pair.Key.Value, pair.Value)) report(pair.Key.Line, At(pair.Key.Value), "it stands there twice");
            _keys.Add(pair.Key);
        }
    }

    /// <summary>Where the map begins.</summary>
    public int Line { get; }

    /// <summary>Reports a field that the format has and this reader has not, if it is there.</summary>
    public void Unsupported(string key, string words)
    {
        if (_keys.RemoveAll(found => found.Value == key) > 0) Refuse(key, words);
    }

    /// <summary>A text; null if there is none.</summary>
    public string? Text(string key) => Take(key) is { } node ? Word(node, At(key)) : null;

    /// <summary>A text without which the map says nothing; empty, and reported, if there is none.</summary>
    public string Needed(string key)
    {
        if (Text(key) is { Length: > 0 } text) return text;
        if (!_values.TryGetValue(key, out var value) || value is YamlNode.Scalar) _report(value?.Line ?? Line, At(key), "it is missing");
        return "";
    }

    /// <summary>A whole number; null if there is none.</summary>
    public int? Number(string key)
    {
        if (Take(key) is not { } node) return null;
        if (node is YamlNode.Scalar { IsPlain: true } word && int.TryParse(word.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
        Refuse(node, At(key), "a whole number");
        return null;
    }

    /// <summary>Yes or no, in the words of YAML 1.1; null if there is none.</summary>
    public bool? Switch(string key)
    {
        if (Take(key) is not { } node) return null;
        switch (node is YamlNode.Scalar { IsPlain: true } word ? word.Value.ToUpperInvariant() : "")
        {
            case "TRUE" or "YES" or "ON": return true;
            case "FALSE" or "NO" or "OFF": return false;
            default:
                Refuse(node, At(key), "true or false");
                return null;
        }
    }

    /// <summary>A list of texts; null if there is none.</summary>
    public ImmutableArray<string>? Texts(string key) => Take(key) is { } node ? Texts(node, At(key)) : null;

    /// <summary>A list of lists of texts, each with something in it.</summary>
    public ImmutableArray<ImmutableArray<string>> Commands(string key) =>
    [
        .. Items(key).Select(item =>
        {
            var words = Texts(item.Node, item.Path);
            if (words.IsEmpty && item.Node is YamlNode.Items) Refuse(item.Node, item.Path, "a program and its arguments");
            return words;
        }),
    ];

    /// <summary>A list of expressions.</summary>
    public ImmutableArray<SearchPattern> Patterns(string key) => [.. Items(key).Select(item => Word(item.Node, item.Path) is { } text ? Pattern(text, item.Node.Line, item.Path) : null).OfType<SearchPattern>()];

    /// <summary>An expression; null, and reported, if it is none.</summary>
    public SearchPattern? Pattern(string text, int line, string path)
    {
        if (SearchPattern.TryParse(text, out var pattern, out var problem)) return pattern;
        _report(line, path, $"{Quotation.Of(text)} is no regular expression of Go's: {problem}");
        return null;
    }

    /// <summary>A list of maps, each as <paramref name="read"/> makes it.</summary>
    public ImmutableArray<T> Maps<T>(string key, Func<YamlFields, T> read) => [.. Items(key).Select(item => Fields(item.Node, item.Path)).OfType<YamlFields>().Select(fields => fields.Read(read))];

    /// <summary>A map as <paramref name="read"/> makes it; null if there is none.</summary>
    public T? Map<T>(string key, Func<YamlFields, T> read) where T : class => Take(key) is { } node && Fields(node, At(key)) is { } fields ? fields.Read(read) : null;

    /// <summary>Reports what nobody takes.</summary>
    public T Read<T>(Func<YamlFields, T> read)
    {
        var result = read(this);
        foreach (var key in _keys.Where(key => !_known.Contains(key.Value, StringComparer.Ordinal)))
            _report(key.Line, At(key.Value), $"there is no such key; there are {string.Join(", ", _known)}");
        return result;
    }

    /// <summary>The line of a field, or of the map if it is not there.</summary>
    public int LineOf(string key) => _values.TryGetValue(key, out var node) ? node.Line : Line;

    /// <summary>The whole name of a field.</summary>
    public string At(string key) => _path.Length == 0 ? Quoted(key) : $"{_path}.{Quoted(key)}";

    /// <summary>Says that a field cannot be.</summary>
    public void Refuse(string key, string words) => _report(LineOf(key), At(key), words);

    private IEnumerable<(YamlNode Node, string Path)> Items(string key)
    {
        if (Take(key) is not { } node) return [];
        if (node is YamlNode.Items items) return items.Values.Select((value, i) => (value, Item(At(key), i)));
        Refuse(node, At(key), "a list");
        return [];
    }

    // A key without a value is as good as none.
    private YamlNode? Take(string key)
    {
        _known.Add(key);
        return _values.TryGetValue(key, out var node) && node is not YamlNode.Scalar { IsNull: true } ? node : null;
    }

    private YamlFields? Fields(YamlNode node, string path)
    {
        if (node is YamlNode.Map map) return new YamlFields(map, path, _report);
        Refuse(node, path, "names and values");
        return null;
    }

    private ImmutableArray<string> Texts(YamlNode node, string path)
    {
        if (node is YamlNode.Items items) return [.. items.Values.Select((value, i) => Word(value, Item(path, i)) ?? "")];
        Refuse(node, path, "a list of texts");
        return [];
    }

    private string? Word(YamlNode node, string path)
    {
        if (node is YamlNode.Scalar { IsNull: false } word) return word.Value;
        Refuse(node, path, "a text");
        return null;
    }

    private void Refuse(YamlNode node, string path, string expected) => _report(node.Line, path, $"expected {expected}, found " + node switch
    {
        YamlNode.Scalar { IsNull: true } => "nothing",
        YamlNode.Scalar word => Quotation.Of(word.Value),
        YamlNode.Items => "a list",
        _ => "names and values",
    });

    private static string Item(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");

    private static string Quoted(string key) => key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') && key.Length is > 0 and < 64 ? key : Quotation.Of(key);
}
