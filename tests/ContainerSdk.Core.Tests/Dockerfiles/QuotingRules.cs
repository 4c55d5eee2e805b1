using System.Reflection;
using Xunit;

namespace ContainerSdk.Core.Tests.Dockerfiles;

/// <summary>
/// The rules by which BuildKit and buildah read a Dockerfile, numbered as in the list they come from. Each is tested under its trait, or named
/// here with the reason why no text of ours can break it.
/// </summary>
public sealed class QuotingRules
{
    private static readonly Dictionary<string, string> Rules = new()
    {
        ["6.1-1"] = "LF line ends, UTF-8, no byte order mark",
        ["6.1-2"] = "physical lines of at most 65535 bytes",
        ["6.1-3"] = "a backslash at a line's end continues it",
        ["6.1-4"] = "a line that begins with '#' is dropped, even inside an instruction",
        ["6.1-5"] = "directives count only before the first other line",
        ["6.1-6"] = "a comment directly above FROM is its description",
        ["6.1-7"] = "ENV and LABEL words, and their escapes in double quotes",
        ["6.1-8"] = "where '$' is expanded, the JSON form of COPY included",
        ["6.1-9"] = "what is not strict JSON is shell text",
        ["6.1-10"] = "arguments that begin with '--' are builder flags",
        ["6.1-11"] = "heredocs begin at any word <<WORD of RUN, COPY and ADD",
        ["6.1-12"] = "COPY sources are patterns",
        ["6.1-13"] = "stage names are lower-case",
        ["6.1-14"] = "FROM is split at blanks and expanded",
        ["6.1-15"] = "USER, WORKDIR, STOPSIGNAL and EXPOSE take the raw rest of the line",
        ["6.1-16"] = "WORKDIR belongs to the user in force",
        ["6.1-17"] = "--chown by name needs an account file",
        ["6.1-18"] = "every ARG in scope is part of a RUN's cache key",
        ["6.1-19"] = "values in shell text need shell quoting",
        ["6.1-20"] = "proxy arguments are predefined",
    };

    private static readonly Dictionary<string, string> DoNotApply = new()
    {
        ["6.1-18"] = "no ARG is written: the document has no such instruction",
        ["6.1-20"] = "no ARG is written: the document has no such instruction",
    };

    [Fact]
    public void EachIsTestedOrDoesNotApply()
    {
        var tested = typeof(QuotingRules).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetCustomAttributes<TraitAttribute>())
            .Where(trait => trait.Name == "Rule").Select(trait => trait.Value).Distinct();
        Assert.Equal(Rules.Keys.Order(StringComparer.Ordinal), tested.Concat(DoNotApply.Keys).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void TheDocumentHasOnlyTheInstructionsThatTheRulesWereReadFor() =>
        Assert.Equal(
            ["Cmd", "Copy", "Entrypoint", "Env", "Expose", "Health", "Label", "Run", "RunShell", "Stop", "Unpack", "User", "Volume", "Workdir"],
            typeof(ContainerSdk.Dockerfiles.Instruction).GetNestedTypes().Select(type => type.Name).Order(StringComparer.Ordinal));
}
