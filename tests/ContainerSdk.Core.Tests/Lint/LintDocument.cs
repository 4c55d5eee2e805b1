using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ContainerSdk.Core.Tests.Lint;

/// <summary>A Dockerfile as a linter sees it, good or bad: stages of instructions, each with the comment lines right above it.</summary>
internal sealed record LintDocument(string Text, ImmutableArray<LintInstruction> Instructions)
{
    public ImmutableArray<LintStage> Stages { get; } = [.. Instructions.Where(instruction => instruction.Is("FROM")).Select((from, i) => LintStage.Of(from, i, Instructions))];

    public static LintDocument Parse(string text)
    {
        var instructions = ImmutableArray.CreateBuilder<LintInstruction>();
        var (line, comment) = ("", "");
        foreach (var physical in text.Split('\n'))
        {
            if (line.Length == 0 && physical.StartsWith('#')) comment = physical;
            else if (line.Length == 0 && physical.Trim().Length == 0) comment = "";
            else if (physical.EndsWith('\\')) line += physical[..^1];
            else
            {
                instructions.Add(LintInstruction.Parse(line + physical, comment));
                (line, comment) = ("", "");
            }
        }

        return new LintDocument(text, instructions.ToImmutable());
    }

    public IEnumerable<LintInstruction> All(params string[] keywords) => Instructions.Where(instruction => keywords.Any(instruction.Is));
}

/// <summary>A stage: what it is called, what it is built on, and its own instructions.</summary>
internal sealed record LintStage(int Index, string Name, string AsKeyword, string Image, LintInstruction From, ImmutableArray<LintInstruction> Instructions)
{
    public static LintStage Of(LintInstruction from, int index, ImmutableArray<LintInstruction> all)
    {
        var words = from.Rest.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var own = all.SkipWhile(instruction => !ReferenceEquals(instruction, from)).Skip(1).TakeWhile(instruction => !instruction.Is("FROM"));
        return new LintStage(index, words.Length > 2 ? words[2] : "", words.Length > 2 ? words[1] : "", words.Length > 0 ? words[0] : "", from, [.. own]);
    }

    public IEnumerable<LintInstruction> All(params string[] keywords) => Instructions.Where(instruction => keywords.Any(instruction.Is));
}

/// <summary>An instruction: keyword as written, builder flags, and the rest.</summary>
internal sealed partial record LintInstruction(string Keyword, ImmutableArray<string> Flags, string Rest, string CommentAbove)
{
    /// <summary>The words of the JSON form; null if the rest is no JSON array of texts.</summary>
    public ImmutableArray<string>? Json { get; } = ReadJson(Rest);

    /// <summary>The words of each command of a RUN, whichever form it has.</summary>
    public IEnumerable<string[]> Commands => Json is { } words ? [[.. words]] : Separator().Split(Rest).Select(Words);

    /// <summary>Sources and target of a COPY.</summary>
    public string[] Paths => Json is { } words ? [.. words] : Rest.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The name before the first '=' of an ENV, ARG or LABEL.</summary>
    public string Name => Rest.Split('=', ' ')[0];

    public static LintInstruction Parse(string line, string comment)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var flags = words.Skip(1).TakeWhile(word => word.StartsWith("--", StringComparison.Ordinal)).ToImmutableArray();
        var rest = line.TrimStart()[words[0].Length..].TrimStart();
        foreach (var flag in flags) rest = rest[flag.Length..].TrimStart();
        return new LintInstruction(words[0], flags, rest, comment);
    }

    public bool Is(string keyword) => Keyword.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    public string? Flag(string name) =>
        Flags.Where(flag => flag.StartsWith($"--{name}=", StringComparison.Ordinal)).Select(flag => flag[(name.Length + 3)..]).FirstOrDefault();

    public bool Runs(string program, params string[] arguments) =>
        Is("RUN") && Commands.Any(words => words.Length > 0 && words[0] == program && arguments.All(words.Contains));

    // Variables that stand before a program are no part of its words.
    private static string[] Words(string command) =>
        [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries).SkipWhile(word => Assignment().IsMatch(word))];

    private static ImmutableArray<string>? ReadJson(string text)
    {
        try
        {
            return text.StartsWith('[') ? [.. JsonSerializer.Deserialize<string[]>(text)!] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*=")]
    private static partial Regex Assignment();

    [GeneratedRegex(@"\s*(?:&&|\|\||[|;])\s*")]
    private static partial Regex Separator();
}
