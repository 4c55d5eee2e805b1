using System.Collections.Immutable;
using ContainerSdk.Engines.Docker;
using Xunit;

namespace ContainerSdk.Engines.Tests;

public sealed class BuildProgressFailureTests
{
    [Fact]
    public void AFinishedBuildHasNoFailure() => AssertFailure("success.txt", "", false, []);

    [Fact]
    public void KeepsTheOutputOfTheStepThatFails() => AssertFailure(
        "failing-run.txt", "[4/4] RUN echo first && echo second >&2 && exit 7", false, ["first", "second"]);

    [Fact]
    public void KeepsTheOutputOfNoOtherStepThatRanAtOnce() => AssertFailure(
        "parallel.txt",
        "[client 2/2] RUN echo client starts; sleep 5; echo client works; sleep 5; echo client breaks >&2; ex...",
        false,
        ["client starts", "client works", "client breaks"]);

    [Fact]
    public void KnowsThatDotnetReportedErrors() => AssertFailure(
        "dotnet-errors.txt",
        """[4/4] RUN ["dotnet", "publish", "app.csproj", "-o", "/out"]""",
        true,
        [
            "Determining projects to restore...",
            "Restored /src/app.csproj (in 697 ms).",
            "/src/Program.cs(1,1): error CS0103: The name 'Console' does not exist in the current context [/src/app.csproj]",
            "/src/Program.cs(1,19): error CS0103: The name 'missing' does not exist in the current context [/src/app.csproj]",
            "/src/Program.cs(2,9): error CS0029: Cannot implicitly convert type 'string' to 'int' [/src/app.csproj]",
        ]);

    [Fact]
    public void KnowsThatGoReportedErrors() => AssertFailure(
        "go-errors.txt",
        """[4/4] RUN ["go", "build", "-trimpath", "-o", "/out/app", "."]""",
        true,
        ["# example.com/app", "./main.go:4:2: declared and not used: x", "./main.go:5:2: undefined: missing"]);

    [Fact]
    public void ABaseImageThatCannotBeHadIsAStepWithoutOutput() =>
        AssertFailure("missing-base.txt", "[internal] load metadata for localhost:1/team/app:1", false, []);

    [Fact]
    public void AFailureBeforeAnyStepHasNoStep() => AssertFailure("parse-error.txt", "", false, []);

    [Fact]
    public void CompilerErrorsOfAStepThatDidNotFailAreNotTheReason()
    {
        var build = Progress.After(
            "#7 [assets 2/2] RUN lint || true",
            "#7 1.000 main.js:1:2: unexpected token",
            "#7 DONE 1.1s",
            "#8 [build 2/2] RUN exit 3",
            "#8 ERROR: executor failed running [/bin/sh -c exit 3]: exit code: 3").Build;

        Assert.Equal(("[build 2/2] RUN exit 3", false), (build.FailedStep, build.HasCompilerErrors));
    }

    [Fact]
    public void KeepsTheLastTwentyLinesThatAreNotBlank()
    {
        var lines = Enumerable.Range(1, 30).SelectMany(i => new[] { $"#8 0.{i:000}   line {i}", $"#8 0.{i:000} " });

        var build = Progress.After(["#8 [build 2/2] RUN make", .. lines, "#8 ERROR: exit code: 2"]).Build;

        Assert.Equal(Enumerable.Range(11, 20).Select(i => $"line {i}"), build.LastOutput);
    }

    [Theory]
    [InlineData(
        """[build 6/8] RUN --mount=type=secret,id=feed,target=/run/secrets/feed,required=true ["/bin/sh", "-c", "export FEED_PASSWORD="$(cat /run/secrets/feed)"; exec "$@"", "sh", "dotnet", "restore"]""",
        """[build 6/8] RUN ["dotnet", "restore"]""")]
    [InlineData(
        """[build 6/8] RUN ["/bin/sh", "-c", "for name in SSL_CERT_FILE PIP_CERT; do export \"$name=/run/secrets/containersdk-ca.pem\"; done; exec \"$@\"", "sh", "dotnet", "restore"]""",
        """[build 6/8] RUN ["dotnet", "restore"]""")]
    [InlineData(
        """[build 2/8] RUN --mount=type=secret,id=containersdk-ca,target=/run/secrets/containersdk-ca.pem,required=true for name in SSL_CERT_FILE PIP_CERT; do export "$name=/run/secrets/containersdk-ca.pem"; done; apt-get update""",
        "[build 2/8] RUN apt-get update")]
    public void NamesAStepWithoutWhatReadsItsSecrets(string step, string expected) =>
        Assert.Equal($"step   {expected}\n", Progress.After($"#9 {step}").Reporter.Text);

    [Fact]
    public void NamesAFailedStepWithoutItsMounts() => Assert.Equal(
        """[build 6/6] RUN ["go", "build"]""",
        Progress.After(
            """#9 [build 6/6] RUN --mount=type=cache,id=a,target=/go/pkg/mod --mount=type=cache,id=b,target=/b ["go", "build"]""",
            "#9 ERROR: exit code: 1").Build.FailedStep);

    [Fact]
    public void NamesAFailedStepByItsNumberIfItHasNoOther() => Assert.Equal("9", Progress.After("#9 ERROR: no such thing").Build.FailedStep);

    [Fact]
    public void TheReasonIsTheLastThingTheEngineSaid() => Assert.Equal(
        "executor failed running [/bin/sh -c echo first && echo second >&2 && exit 7]: exit code: 7",
        BuildProgress.Reason(Recording.Lines("failing-run.txt")));

    [Fact]
    public void TheReasonMayBeMissing() => Assert.Equal("the engine gave no reason", BuildProgress.Reason(Recording.Lines("success.txt")));

    private static void AssertFailure(string recording, string step, bool compilerErrors, ImmutableArray<string> lastOutput)
    {
        var build = Progress.Of(recording).Build;
        Assert.Equal((step, compilerErrors), (build.FailedStep, build.HasCompilerErrors));
        Assert.Equal(lastOutput, build.LastOutput);
    }
}
