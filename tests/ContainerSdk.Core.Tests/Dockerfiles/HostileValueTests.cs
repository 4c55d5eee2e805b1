using System.Collections.Immutable;
using ContainerSdk.Diagnostics;
using ContainerSdk.Dockerfiles;
using ContainerSdk.Images;
using ContainerSdk.Plan;
using ContainerSdk.Testing;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ContainerSdk.Core.Tests.Dockerfiles;

/// <summary>Whatever a value holds, an engine's parser reads exactly it out of the Dockerfile again.</summary>
public sealed class HostileValueTests
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithMaxTest(1000).WithReplay(new Replay(new Rnd(20260101), null));

    private static readonly Arbitrary<string> Values = Arb.From(
        Gen.Elements(HostileValues.Fragments.ToArray()).ArrayOf().Select(string.Concat),
        value => Enumerable.Range(0, value.Length).Select(i => value.Remove(i, 1)).Where(shorter => !shorter.Any(char.IsSurrogate)));

    public static TheoryData<string> FileNames => [.. HostileValues.FileNames];

    [Fact, Trait("Rule", "6.1-7")]
    public void EnvironmentVariablesAndLabelsKeepTheirValues() => Check.One(Fixed, Prop.ForAll(Values, PairsKeep));

    [Fact, Trait("Rule", "6.1-9")]
    public void EntrypointAndCommandKeepTheirWords() => Check.One(Fixed, Prop.ForAll(Values, WordsKeep));

    [Fact, Trait("Rule", "6.1-8")]
    public void CopyTakesAnySourceLiterally() => Check.One(Fixed, Prop.ForAll(Values, value => SourceKeeps("x/" + value)));

    [Fact, Trait("Rule", "6.1-8")]
    public void CopyKeepsItsTarget() => Check.One(Fixed, Prop.ForAll(Values, TargetKeeps));

    [Fact, Trait("Rule", "6.1-9")]
    public void RunAndHealthCheckKeepTheirTexts() => Check.One(Fixed, Prop.ForAll(Values, value => RunKeeps(value) && HealthKeeps(value)));

    [Fact, Trait("Rule", "6.1-8")]
    public void AVolumeKeepsItsPath() => Check.One(Fixed, Prop.ForAll(Values, VolumeKeeps));

    [Fact, Trait("Rule", "6.1-2")]
    public void SampledValuesOfAllLengthsAreKept() =>
        Assert.All(HostileValues.Sample(300), value => Assert.True(PairsKeep(value) && WordsKeep(value) && TargetKeeps(value) && RunKeeps(value) && HealthKeeps(value) && VolumeKeeps(value)));

    [Fact, Trait("Rule", "6.1-9")]
    public void ATextOfSeveralLinesStaysInItsInstruction() => Assert.True(RunKeeps("set -e\nUSER root\n# syntax=attacker/frontend\n<<EOF\n\\"));

    [Theory, Trait("Rule", "6.1-12"), MemberData(nameof(FileNames))]
    public void CopyTakesEachFileNameLiterally(string name) => Assert.True(SourceKeeps(name), Line(new Instruction.Copy(null, [name], "/to/", CopyOptions.None)).Rest);

    [Fact]
    public void TheSampleIsTheSameEachTimeAndHoldsNothingTwice()
    {
        var sample = HostileValues.Sample(400);
        Assert.Equal(400, sample.Count);
        Assert.Equal(sample, HostileValues.Sample(400));
        Assert.Equal(400, sample.Distinct(StringComparer.Ordinal).Count());
    }

    private static bool PairsKeep(string value) =>
        BuildKitReader.Pair(Line(new Instruction.Env("NAME", value))) == ("NAME", value)
        && BuildKitReader.Pair(Line(new Instruction.Label("com.example.name", value))) == ("com.example.name", value);

    private static bool WordsKeep(string value) =>
        BuildKitReader.Exec(Line(new Instruction.Entrypoint([value, "--flag", value]))).SequenceEqual([value, "--flag", value])
        && BuildKitReader.Exec(Line(new Instruction.Cmd([value]))).SequenceEqual([value]);

    private static bool TargetKeeps(string value) =>
        BuildKitReader.Copy(Line(new Instruction.Copy("build", ["a"], "/" + value, CopyOptions.RootOwned))).SequenceEqual(["a", "/" + value])
        && BuildKitReader.Copy(Line(new Instruction.Copy(null, ["a"], "/" + value, CopyOptions.None) { Owner = ImageUser.Default })).SequenceEqual(["a", "/" + value]);

    private static bool RunKeeps(string value) => BuildKitReader.Exec(Line(ShellRun(value))).SequenceEqual(["/bin/sh", "-c", value]);

    // As the lowering makes it out of a plan.
    private static Instruction.Run ShellRun(string value)
    {
        var plan = SampleInputs.Valid.Planned();
        return DockerfileLowering.Lower(plan with { Runtime = plan.Runtime with { Preparation = [new RuntimeStep.Shell(value)] } }, DockerfileDialect.Portable).Stages[1].Instructions
            .OfType<Instruction.Run>().Single();
    }

    private static bool HealthKeeps(string value)
    {
        var line = Line(new Instruction.Health(new HealthCheck { Command = [value, "--flag", value], Interval = TimeSpan.FromSeconds(1), Retries = 2 }));
        return line.Flags.SequenceEqual(["--interval=1s", "--retries=2"]) && BuildKitReader.HealthCommand(line).SequenceEqual([value, "--flag", value]);
    }

    // What is no path is refused before it gets here.
    private static bool VolumeKeeps(string value) =>
        !ContainerPath.TryParse("/" + value, out var path) || BuildKitReader.Copy(Line(new Instruction.Volume(path))).SequenceEqual([path.Value]);

    // The pattern finds the file, and no other one that an unescaped character of its name would match.
    private static bool SourceKeeps(string name)
    {
        var source = BuildKitReader.Copy(Line(new Instruction.Copy(null, [name, "second"], "/to/", CopyOptions.None)))[0];
        var others = new[] { '*', '?', '[', '\\' }.Where(c => name.Contains(c, StringComparison.Ordinal)).Select(c => name.Replace(c, 'z'));
        return GoPattern.Selects(source, name) && !others.Any(other => GoPattern.Selects(source, other));
    }

    // Reads the whole document, so that a value which runs into its neighbours is seen as well.
    private static ReadInstruction Line(Instruction instruction)
    {
        var diagnostics = new DiagnosticBag();
        var stage = new DockerfileStage(new StageBase.Scratch(), "build", [instruction, new Instruction.User(ImageUser.Default)]);
        var read = BuildKitReader.Read(DockerfileRenderer.Render(new DockerfileDocument([stage]), diagnostics));
        Assert.Empty(diagnostics.ToSorted());
        Assert.Equal((3, "scratch AS build", "USER", "1654:1654"), (read.Length, read[0].Rest, read[^1].Keyword, read[^1].Rest));
        return read[1];
    }
}
