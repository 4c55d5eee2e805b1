using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace ContainerSdk.Core.Tests.Lint;

/// <summary>Rules of https://docs.docker.com/reference/build-checks/ that can apply to a Dockerfile with our instructions.</summary>
internal static partial class BuildKitRules
{
    public static ImmutableArray<LintRule> All { get; } =
    [
        new("StageNameCasing", d => d.Stages.Any(s => s.Name.Any(char.IsUpper)), "FROM a:1 AS Build"),
        new("FromAsCasing", d => d.Stages.Any(s => s.AsKeyword.Length > 0 && char.IsUpper(s.AsKeyword[0]) != char.IsUpper(s.From.Keyword[0])), "FROM a:1 as build"),
        new("NoEmptyContinuation", d => EmptyContinuation().IsMatch(d.Text), "FROM a:1\nRUN make \\\n\n  all"),
        new("ConsistentInstructionCasing", d => d.Instructions.Any(i => i.Keyword.Any(char.IsLower)), "FROM a:1\nrun make"),
        new("DuplicateStageName", d => d.Stages.Where(s => s.Name.Length > 0).GroupBy(s => s.Name.ToUpperInvariant()).Any(group => group.Count() > 1), "FROM a:1 AS x\nFROM b:1 AS X"),
        new("ReservedStageName", d => d.Stages.Any(s => s.Name is "scratch" or "context"), "FROM a:1 AS scratch"),
        new("JSONArgsRecommended", d => d.All("CMD", "ENTRYPOINT").Any(i => i.Json is null), "FROM a:1\nCMD run it"),
        new("MaintainerDeprecated", d => d.All("MAINTAINER").Any(), "FROM a:1\nMAINTAINER me"),
        new("UndefinedArgInFrom", d => d.Stages.Any(s => Expansion().Matches(s.From.Rest + string.Concat(s.From.Flags)).Any(match => !Predefined.Contains(match.Groups["name"].Value))), "FROM a:$TAG"),
        new("WorkdirRelativePath", d => d.All("WORKDIR").Any(i => !i.Rest.StartsWith('/')), "FROM a:1\nWORKDIR app"),
        new("UndefinedVar", d => d.Stages.Any(UsesUndefined), "FROM a:1\nCOPY [\"$X\", \"/x\"]"),
        new("MultipleInstructionsDisallowed", d => d.Stages.Any(s => s.All("CMD").Count() > 1 || s.All("ENTRYPOINT").Count() > 1 || s.All("HEALTHCHECK").Count() > 1), "FROM a:1\nENTRYPOINT [\"a\"]\nENTRYPOINT [\"b\"]"),
        new("LegacyKeyValueFormat", d => d.All("ENV", "LABEL", "ARG").Any(i => !KeyValue().IsMatch(i.Rest)), "FROM a:1\nENV A b"),
        new("RedundantTargetPlatform", d => d.Stages.Any(s => s.From.Flag("platform") is "$TARGETPLATFORM" or "${TARGETPLATFORM}"), "FROM --platform=$TARGETPLATFORM a:1"),
        new("SecretsUsedInArgOrEnv", d => d.All("ENV", "ARG").Any(i => IsSecret(i.Name)), "FROM a:1\nENV DB_PASSWORD=\"x\""),
        new("FromPlatformFlagConstDisallowed", d => d.Stages.Any(s => s.From.Flag("platform") is { } p && !p.Contains('$', StringComparison.Ordinal)), "FROM --platform=linux/arm64 a:1"),
        new("InvalidDefinitionDescription", d => d.Stages.Any(s => s.From.CommentAbove.Length > 0 && !s.From.CommentAbove.StartsWith($"# {s.Name} ", StringComparison.Ordinal)), "# compiles\nFROM a:1 AS build"),
        new("ExposeProtoCasing", d => d.All("EXPOSE").Any(i => i.Rest.Any(char.IsUpper)), "FROM a:1\nEXPOSE 80/TCP"),
        new("ExposeInvalidFormat", d => d.All("EXPOSE").Any(i => !Port().IsMatch(i.Rest)), "FROM a:1\nEXPOSE 127.0.0.1:80:80"),
    ];

    /// <summary>SecretsUsedInArgOrEnv's own pattern.</summary>
    public static bool IsSecret(string name) => Secret().IsMatch(name) && !Public().IsMatch(name);

    // What is expanded after it is read: the words of a JSON COPY as well, but no exec form.
    // https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope
    private static readonly string[] Predefined = ["BUILDPLATFORM", "TARGETARCH"];

    private static bool UsesUndefined(LintStage stage)
    {
        var defined = stage.All("ARG", "ENV").Select(instruction => instruction.Name).ToHashSet(StringComparer.Ordinal);
        return stage.All("ENV", "LABEL", "WORKDIR", "USER", "EXPOSE", "COPY", "ADD", "VOLUME", "STOPSIGNAL")
            .SelectMany(instruction => instruction.Json is { } words ? words : [instruction.Rest])
            .SelectMany(text => Expansion().Matches(text)).Any(match => !defined.Contains(match.Groups["name"].Value));
    }

    [GeneratedRegex(@"\\[ \t]*\n[ \t]*\n")]
    private static partial Regex EmptyContinuation();

    [GeneratedRegex(@"(?<!\\)(?:\\\\)*\$\{?(?<name>[A-Za-z_][A-Za-z0-9_]*)")]
    private static partial Regex Expansion();

    [GeneratedRegex(@"\A[^\s=]+=")]
    private static partial Regex KeyValue();

    [GeneratedRegex(@"\A[0-9]{1,5}(?:-[0-9]{1,5})?(?:/[a-zA-Z]+)?\z")]
    private static partial Regex Port();

    [GeneratedRegex("(?:_|^)(?:apikey|auth|credential|credentials|key|password|pword|passwd|secret|token)(?:_|$)", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();

    [GeneratedRegex("(?:_|^)(?:public|file|version)(?:_|$)", RegexOptions.IgnoreCase)]
    private static partial Regex Public();
}
