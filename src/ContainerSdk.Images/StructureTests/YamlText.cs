using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ContainerSdk.Images.Layouts;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ContainerSdk.Images.StructureTests;

/// <summary>Reads a YAML text of one document into values. An alias is read as what it stands for, but not without end.</summary>
internal sealed class YamlText
{
    private const int MaxLength = 1024 * 1024;
    private const int MaxDepth = 32;
    private const int MaxNodes = 100_000;

    private readonly Parser _parser;
    private readonly Dictionary<string, (YamlNode Node, int Count)> _anchors = new(StringComparer.Ordinal);
    private int _count;

    private YamlText(string text) => _parser = new Parser(new StringReader(text));

    /// <summary>Reads <paramref name="text"/>; null is a text of nothing but blanks and comments.</summary>
    /// <exception cref="YamlMistakeException">It is no YAML, or more of it than anybody writes.</exception>
    public static YamlNode? Read(string text)
    {
        if (text.Length > MaxLength) throw new YamlMistakeException(1, "it is longer than a million characters");
        var reader = new YamlText(text);
        try
        {
            return reader.Read();
        }
        catch (YamlException e)
        {
            throw new YamlMistakeException((int)Math.Max(1, e.Start.Line), $"it is no YAML: {Quotation.Of(e)}", e);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or EndOfStreamException)
        {
            // What the parser throws besides, where a file is broken in ways that it does not name.
            throw new YamlMistakeException(reader._parser.Current is { } last ? Line(last) : 1, "it is no YAML from here on", e);
        }
    }

    private YamlNode? Read()
    {
        _parser.Consume<StreamStart>();
        if (_parser.TryConsume<StreamEnd>(out _)) return null;
        _parser.Consume<DocumentStart>();
        var node = Node(0);
        _parser.Consume<DocumentEnd>();
        if (!_parser.TryConsume<StreamEnd>(out _)) throw new YamlMistakeException(Line(_parser.Current!), "a second document begins here; a file holds one");
        return node;
    }

    private YamlNode Node(int depth)
    {
        if (depth > MaxDepth) throw new YamlMistakeException(Line(_parser.Current!), $"it is nested more than {MaxDepth} deep");
        var before = _count;
        Count(1);
        if (_parser.TryConsume<AnchorAlias>(out var alias)) return Alias(alias);
        var start = _parser.Current as NodeEvent;
        YamlNode node = start switch
        {
            Scalar scalar => Word(scalar),
            SequenceStart => List(depth),
            _ => Pairs(depth),
        };
        if (start is { Anchor.IsEmpty: false }) _anchors[start.Anchor.Value] = (node, _count - before);
        return node;
    }

    private YamlNode Alias(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out var anchor)) throw new YamlMistakeException(Line(alias), $"nothing before it has the anchor {Quotation.Of(alias.Value.Value)}");
        Count(anchor.Count);
        return anchor.Node;
    }

    private YamlNode.Scalar Word(Scalar scalar)
    {
        _parser.MoveNext();
        // The tag !!str does what quotes do.
        return new YamlNode.Scalar(Line(scalar), scalar.Value, scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty);
    }

    private YamlNode.Items List(int depth)
    {
        var line = Line(_parser.Consume<SequenceStart>());
        var values = ImmutableArray.CreateBuilder<YamlNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _)) values.Add(Node(depth + 1));
        return new YamlNode.Items(line, values.ToImmutable());
    }

    private YamlNode.Map Pairs(int depth)
    {
        var line = Line(_parser.Consume<MappingStart>());
        var pairs = ImmutableArray.CreateBuilder<(YamlNode.Scalar, YamlNode)>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = Node(depth + 1);
            pairs.Add((key as YamlNode.Scalar ?? throw new YamlMistakeException(key.Line, "a key has to be a word"), Node(depth + 1)));
        }

        return new YamlNode.Map(line, pairs.ToImmutable());
    }

    private void Count(int nodes)
    {
        _count += nodes;
        if (_count > MaxNodes) throw new YamlMistakeException(Line(_parser.Current!), $"it holds more than {MaxNodes} values, those counted that aliases stand for");
    }

    private static int Line(ParsingEvent position) => (int)Math.Min(int.MaxValue, position.Start.Line);
}

/// <summary>A text that is not what it should be.</summary>
[SuppressMessage("Design", "CA1032", Justification = "It is made in one place, and caught in one.")]
internal sealed class YamlMistakeException(int line, string words, Exception? inner = null) : FormatException(words, inner)
{
    /// <summary>Where, from 1.</summary>
    public int Line => line;
}
