using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace ContainerSdk.Core.Tests.Lint;

/// <summary>Rules of https://github.com/hadolint/hadolint that can apply to a Dockerfile with our instructions.</summary>
internal static partial class HadolintRules
{
    private static readonly string[] Pointless = ["ssh", "vim", "shutdown", "service", "ps", "free", "top", "kill", "mount", "ifconfig"];
    private static readonly string[] ReservedPrefixes = ["com.docker.", "io.docker.", "org.dockerproject."];

    public static ImmutableArray<LintRule> All { get; } =
    [
        new("DL1001", d => d.Text.Contains("hadolint ignore=", StringComparison.Ordinal), "# hadolint ignore=DL3006\nFROM a"),
        new("DL3000", d => d.All("WORKDIR").Any(i => !i.Rest.StartsWith('/')), "FROM a:1\nWORKDIR app"),
        new("DL3001", d => Pointless.Any(program => d.Instructions.Any(i => i.Runs(program))), "FROM a:1\nRUN make && top"),
        new("DL3002", d => d.Stages[^1].All("USER").LastOrDefault() is { } user && IsRoot(user.Rest), "FROM a:1\nUSER 1654\nUSER root"),
        new("DL3003", d => d.Instructions.Any(i => i.Runs("cd")), "FROM a:1\nRUN cd /x && make"),
        new("DL3004", d => d.Instructions.Any(i => i.Runs("sudo")), "FROM a:1\nRUN sudo make"),
        new("DL3006", d => d.Stages.Any(s => !IsStageOrScratch(d, s) && !TagOrDigest().IsMatch(s.Image)), "FROM docker.io/library/alpine AS build"),
        new("DL3007", d => d.Stages.Any(s => s.Image.EndsWith(":latest", StringComparison.Ordinal)), "FROM alpine:latest"),
        new("DL3009", d => Installs(d).Any(i => !i.Runs("rm", "-rf", "/var/lib/apt/lists/*")), "FROM a:1\nRUN apt-get update && apt-get install -y --no-install-recommends x"),
        new("DL3011", d => d.All("EXPOSE").Any(i => !int.TryParse(i.Rest.Split('/')[0], out var port) || port is < 0 or > 65535), "FROM a:1\nEXPOSE 65536/tcp"),
        new("DL3012", d => d.Stages.Any(s => s.All("HEALTHCHECK").Count() > 1), "FROM a:1\nHEALTHCHECK NONE\nHEALTHCHECK CMD [\"a\"]"),
        new("DL3014", d => Installs(d).Any(i => !i.Runs("apt-get", "install", "-y")), "FROM a:1\nRUN apt-get install x"),
        new("DL3015", d => Installs(d).Any(i => !i.Runs("apt-get", "install", "--no-install-recommends")), "FROM a:1\nRUN apt-get install -y x"),
        new("DL3019", d => d.Instructions.Any(i => i.Runs("apk", "add") && !i.Runs("apk", "add", "--no-cache")), "FROM a:1\nRUN apk add x"),
        new("DL3020", d => d.All("ADD").Any(), "FROM a:1\nADD a /a"),
        new("DL3021", d => d.All("COPY").Any(i => i.Paths.Length > 2 && !i.Paths[^1].EndsWith('/')), "FROM a:1\nCOPY [\"a\", \"b\", \"/c\"]"),
        new("DL3022", d => Froms(d).Any(f => !d.Stages.Any(s => s.Index < f.Stage.Index && s.Name == f.Name)), "FROM a:1\nCOPY --from=build /a /b"),
        new("DL3023", d => Froms(d).Any(f => f.Name == f.Stage.Name), "FROM a:1 AS build\nCOPY --from=build /a /b"),
        new("DL3024", d => d.Stages.Where(s => s.Name.Length > 0).GroupBy(s => s.Name).Any(group => group.Count() > 1), "FROM a:1 AS x\nFROM b:1 AS x"),
        new("DL3025", d => d.All("CMD", "ENTRYPOINT").Any(i => i.Json is null), "FROM a:1\nENTRYPOINT [\"a\", '\\q']"),
        new("DL3027", d => d.Instructions.Any(i => i.Runs("apt")), "FROM a:1\nRUN apt install -y x"),
        new("DL3029", d => d.Stages.Any(s => s.From.Flag("platform") is { } p && !BuildPlatform().IsMatch(p)), "FROM --platform=linux/amd64 a:1"),
        new("DL3035", d => d.Instructions.Any(i => i.Runs("apt-get", "dist-upgrade")), "FROM a:1\nRUN apt-get dist-upgrade"),
        new("DL3044", d => d.All("ENV").Any(i => Regex.IsMatch(i.Rest, $@"=.*(?<!\\)\$\{{?{Regex.Escape(i.Name)}\b")), "FROM a:1\nENV A=\"x:$A\""),
        new("DL3045", d => d.Stages.Any(s => !s.All("WORKDIR").Any() && s.All("COPY").Any(i => !i.Paths[^1].StartsWith('/'))), "FROM a:1\nCOPY a b"),
        new("DL3048", d => d.All("LABEL").Any(i => !LabelKey().IsMatch(i.Name) || ReservedPrefixes.Any(i.Name.StartsWith)), "FROM a:1\nLABEL Com_Example=\"x\""),
        new("DL3059", d => d.Stages.Any(s => s.Instructions.Zip(s.Instructions.Skip(1)).Any(SameRun)), "FROM a:1\nRUN [\"a\"]\nRUN [\"b\"]"),
        new("DL3061", d => d.Instructions.Length == 0 || !(d.Instructions[0].Is("FROM") || d.Instructions[0].Is("ARG")), "ENV A=\"b\"\nFROM a:1"),
        new("DL3063", d => d.Stages.Any(s => s.Name is "scratch" or "context"), "FROM a:1 AS context"),
        new("DL3064", d => d.All("ENV", "ARG").Any(i => BuildKitRules.IsSecret(i.Name)), "FROM a:1\nENV API_TOKEN=\"x\""),
        new("DL3066", d => d.All("USER").Any(i => !NumericUser().IsMatch(i.Rest)), "FROM a:1\nUSER $APP_UID"),
        new("DL3067", d => d.All("COPY").Any(i => i.Flag("from") is not null && i.Paths is ["/", "/"]), "FROM a:1 AS build\nFROM b:1\nCOPY --from=build [\"/\", \"/\"]"),
        new("DL4000", d => d.All("MAINTAINER").Any(), "FROM a:1\nMAINTAINER me"),
        new("DL4003", d => d.Stages.Any(s => s.All("CMD").Count() > 1), "FROM a:1\nCMD [\"a\"]\nCMD [\"b\"]"),
        new("DL4004", d => d.Stages.Any(s => s.All("ENTRYPOINT").Count() > 1), "FROM a:1\nENTRYPOINT [\"a\"]\nENTRYPOINT [\"b\"]"),
        new("DL4005", d => d.Instructions.Any(i => i.Runs("ln", "/bin/sh")), "FROM a:1\nRUN ln -sfv /bin/bash /bin/sh"),
        new("DL4006", d => d.All("RUN").Any(i => i.Json is null && Pipe().IsMatch(i.Rest)), "FROM a:1\nRUN make | tee log"),
    ];

    private static bool IsRoot(string user) => user.Split(':')[0] is "root" or "0";

    private static bool IsStageOrScratch(LintDocument document, LintStage stage) =>
        stage.Image == "scratch" || document.Stages.Any(other => other.Index < stage.Index && other.Name == stage.Image);

    private static IEnumerable<LintInstruction> Installs(LintDocument document) => document.Instructions.Where(instruction => instruction.Runs("apt-get", "install"));

    private static IEnumerable<(LintStage Stage, string Name)> Froms(LintDocument document) =>
        document.Stages.SelectMany(stage => stage.All("COPY").Select(copy => copy.Flag("from")).OfType<string>().Select(name => (stage, name)));

    private static bool SameRun((LintInstruction First, LintInstruction Second) pair) =>
        pair.First.Is("RUN") && pair.Second.Is("RUN") && pair.First.Flags.SequenceEqual(pair.Second.Flags) && !IsUsersOwn(pair.First) && !IsUsersOwn(pair.Second);

    // A step that a user wrote is a layer of its own, because he could have joined it to the next one.
    private static bool IsUsersOwn(LintInstruction run) => run.Json is ["/bin/sh", "-c", _];

    [GeneratedRegex(@"(?::[^/:]+|@[a-z0-9]+:[0-9a-f]+)\z")]
    private static partial Regex TagOrDigest();

    [GeneratedRegex("BUILDPLATFORM|TARGETPLATFORM")]
    private static partial Regex BuildPlatform();

    [GeneratedRegex(@"\A[a-z](?:[a-z0-9]|[.-](?=[a-z0-9]))*\z")]
    private static partial Regex LabelKey();

    [GeneratedRegex(@"\A[0-9]+(?::[0-9]+)?\z")]
    private static partial Regex NumericUser();

    [GeneratedRegex(@"(?<!\|)\|(?!\|)")]
    private static partial Regex Pipe();
}
