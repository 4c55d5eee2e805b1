using System.Collections.Immutable;

namespace ContainerSdk.Images.StructureTests;

/// <summary>A value of a YAML text.</summary>
/// <param name="Line">Where it begins, from 1.</param>
internal abstract record YamlNode(int Line)
{
    /// <summary>A word or several.</summary>
    /// <param name="Line">Where it begins.</param>
    /// <param name="Value">The text, without quotes.</param>
    /// <param name="IsPlain">Whether it had none, so that it may be a number and so on.</param>
    public sealed record Scalar(int Line, string Value, bool IsPlain) : YamlNode(Line)
    {
        public bool IsNull => IsPlain && Value is "" or "~" or "null" or "Null" or "NULL";
    }

    /// <summary>A list.</summary>
    public sealed record Items(int Line, ImmutableArray<YamlNode> Values) : YamlNode(Line);

    /// <summary>Names and values, in the text's order.</summary>
    public sealed record Map(int Line, ImmutableArray<(Scalar Key, YamlNode Value)> Pairs) : YamlNode(Line);
}
