using ContainerSdk.Core.Tests.Golden;
using Xunit;

namespace ContainerSdk.Core.Tests.Lint;

/// <summary>
/// Every generated Dockerfile passes the rules of hadolint and of BuildKit's build checks that apply to it. All rules of both are accounted for:
/// checked, excepted for a reason, or not applicable for a reason.
/// </summary>
public sealed class LintTests
{
    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["DL3008"] = "apt: a package is pinned where ContainerBuilderPackage has Version metadata; the default is the newest of the base image's release",
        ["DL3018"] = "apk: as DL3008",
        ["DL3057"] = "HEALTHCHECK: only the application's author knows what to ask, and no shell-less base has a tool to ask with",
    };

    // Where a project asks for what a rule is against, its case stands here.
    private static readonly Dictionary<string, string[]> AskedFor = new()
    {
        // an account by its name, which is what `whoami` says
        ["DL3066"] = ["seed-alpine-certs-tz", "seed-alpine-hardened"],
    };

    private static readonly Dictionary<string, string> NotApplicable = new()
    {
        ["DL3010"] = "no archive is unpacked; what is copied is the user's sources and the builder's output",
        ["DL3026"] = "judges registries against a list that a user configures",
        ["DL3043"] = "no ONBUILD is written",
        ["DL3065"] = "no --platform is written; see RedundantTargetPlatform",
        ["DL4001"] = "neither wget nor curl is run",
        ["InvalidBaseImagePlatform"] = "compares with the platform of a pulled image",
        ["InvalidDefaultArgInFrom"] = "no ARG is written",
        ["CopyIgnoredFile"] = "the engine does not check it where an ignore file allows again what it denied, as ours does",
    };

    private static readonly (string Reason, string[] Rules)[] NotApplicableGroups =
    [
        ("tools that no generated command runs: pip, npm, gem, yum, zypper, dnf, yarn, go install, useradd, wget", [
            "DL3013", "DL3016", "DL3028", "DL3030", "DL3032", "DL3033", "DL3034", "DL3036", "DL3037", "DL3038", "DL3040", "DL3041", "DL3042", "DL3046", "DL3047", "DL3060", "DL3062",
        ]),
        ("labels are judged only against a schema that a user configures", ["DL3049", "DL3050", "DL3051", "DL3052", "DL3053", "DL3054", "DL3055", "DL3056", "DL3058"]),
    ];

    private static readonly IEnumerable<LintRule> Rules = [.. HadolintRules.All, .. BuildKitRules.All];

    public static TheoryData<string> RuleNames => [.. Rules.Select(rule => rule.Name)];

    [Theory, MemberData(nameof(RuleNames))]
    public void EveryGeneratedDockerfilePasses(string name)
    {
        var broken = from golden in GoldenCase.Names.Except(AskedFor.GetValueOrDefault(name, []))
                     from file in new GoldenCase(golden).Stored
                     where file.Key is "Dockerfile" or "Dockerfile.buildkit" && Rule(name).IsBrokenBy(LintDocument.Parse(file.Value))
                     select $"{golden}/{file.Key}";
        Assert.Equal([], broken);
    }

    [Theory, MemberData(nameof(RuleNames))]
    public void ABadDockerfileIsCaught(string name) => Assert.True(Rule(name).IsBrokenBy(LintDocument.Parse(Rule(name).Bad + "\n")));

    [Fact]
    public void EveryRuleOfBothLintersIsAccountedFor()
    {
        string[] withdrawn = ["DL3005", "DL3017", "DL3031", "DL3039"];
        string[] buildKit =
        [
            "StageNameCasing", "FromAsCasing", "NoEmptyContinuation", "ConsistentInstructionCasing", "DuplicateStageName", "ReservedStageName", "JSONArgsRecommended",
            "MaintainerDeprecated", "UndefinedArgInFrom", "WorkdirRelativePath", "UndefinedVar", "MultipleInstructionsDisallowed", "LegacyKeyValueFormat", "InvalidBaseImagePlatform",
            "RedundantTargetPlatform", "SecretsUsedInArgOrEnv", "InvalidDefaultArgInFrom", "FromPlatformFlagConstDisallowed", "CopyIgnoredFile", "InvalidDefinitionDescription",
            "ExposeProtoCasing", "ExposeInvalidFormat",
        ];
        var hadolint = Enumerable.Range(3000, 68).Concat([1001, 4000, 4001, 4003, 4004, 4005, 4006]).Select(number => $"DL{number}").Except(withdrawn);
        var accounted = Rules.Select(rule => rule.Name).Concat(Exceptions.Keys).Concat(NotApplicable.Keys).Concat(NotApplicableGroups.SelectMany(group => group.Rules));
        Assert.Equal(hadolint.Concat(buildKit).Order(StringComparer.Ordinal), accounted.Order(StringComparer.Ordinal));
    }

    private static LintRule Rule(string name) => Rules.Single(rule => rule.Name == name);
}
