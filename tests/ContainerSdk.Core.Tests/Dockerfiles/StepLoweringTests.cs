using ContainerSdk.Diagnostics;
using ContainerSdk.Dockerfiles;
using ContainerSdk.Inputs;
using Xunit;

namespace ContainerSdk.Core.Tests.Dockerfiles;

/// <summary>What is done around the application's layers, and in which order.</summary>
public sealed class StepLoweringTests
{
    [Fact]
    public void TheRuntimeStageHasOneOrder() => Assert.Equal(
        [
            "FROM docker.io/library/debian:bookworm-slim AS runtime",
            "USER 0:0",
            "ENV ACCEPT_EULA=\"Y\"",
            "RUN apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends tini && rm -rf /var/lib/apt/lists/*",
            "COPY --chown=0:0 [\"x\", \"/etc/x\"]",
            "RUN [\"/bin/sh\", \"-c\", \"id\"]",
            "COPY --from=folders --chown=1654:1654 [\"/1/\", \"/\"]",
            "COPY --from=build --chown=0:0 [\"/out/\", \"/app/\"]",
            "WORKDIR /app",
            "RUN [\"/bin/sh\", \"-c\", \"after\"]",
            "COPY --from=folders --chown=1654:1654 [\"/2/\", \"/app/\"]",
            "VOLUME [\"/app/data\"]",
            "VOLUME [\"/data\"]",
            "LABEL a.b=\"c\"",
            "EXPOSE 80/tcp",
            "HEALTHCHECK CMD [\"/app/run\"]",
            "STOPSIGNAL SIGINT",
            "USER 1654:1654",
            "ENTRYPOINT [\"/app/run\"]",
        ],
        Lines(SampleInputs.Valid.With("ContainerBaseImage", "debian:bookworm-slim").WithItem("ContainerPackage", "tini").WithItem("ContainerFile", "/repo/app/x", ("TargetPath", "/etc/x"))
            .WithItem("ContainerRun", "id").WithItem("ContainerRun", "after", ("After", "App")).WithItem("ContainerVolume", "/data").WithItem("ContainerVolume", "/app/data")
            .WithItem("ContainerLabel", "a.b", ("Value", "c")).WithItem("ContainerEnvironmentVariable", "ACCEPT_EULA", ("Value", "Y")).WithItem("ContainerPort", "80")
            .With("ContainerHealthCommand", "/app/run").With("ContainerStopSignal", "SIGINT"), "runtime"));

    [Fact]
    public void NoCopyBesideTheApplicationsIsLinkedBecauseATargetMayLeadThroughALink()
    {
        var inputs = SampleInputs.Valid.WithItem("ContainerFile", "/repo/app/x", ("TargetPath", "/bin/x")).WithItem("ContainerVolume", "/var/run/x");
        Assert.Equal(
            ["COPY --link --from=build --chown=0:0 [\"/out/\", \"/app/\"]"],
            Lines(inputs, "runtime", DockerfileDialect.BuildKit).Where(line => line.Contains("--link", StringComparison.Ordinal)));
    }

    [Fact]
    public void FilesOfOneFolderOwnerAndModeShareACopy() => Assert.Equal(
        [
            "COPY --chown=0:0 [\"a\", \"sub/b\", \"c/\", \"/etc/x/\"]",
            "COPY --chown=0:0 --chmod=0600 [\"d\", \"/etc/x/\"]",
            "COPY --chown=0:0 [\"e\", \"/etc/x/\"]",
            "COPY --chown=0:0 [\"f\", \"/etc/f\"]",
            "COPY --chown=0:0 [\"f\", \"/etc/f\"]",
        ],
        Copies(SampleInputs.Valid.WithItem("ContainerFile", "/repo/app/a", ("TargetPath", "/etc/x/")).WithItem("ContainerFile", "/repo/app/sub/b", ("TargetPath", "/etc/x/"))
            .WithItem("ContainerFile", "/repo/app/c/", ("TargetPath", "/etc/x")).WithItem("ContainerFile", "/repo/app/d", ("TargetPath", "/etc/x/"), ("Mode", "600"))
            .WithItem("ContainerFile", "/repo/app/e", ("TargetPath", "/etc/x/")).WithItem("ContainerFile", "/repo/app/f", ("TargetPath", "/etc/f")).WithItem("ContainerFile", "/repo/app/f", ("TargetPath", "/etc/f"))));

    [Fact]
    public void AnImageIsAStageOfItsOwnOnce()
    {
        var inputs = SampleInputs.Valid.WithItem("ContainerFile", "/a", ("From", "busybox:1"), ("TargetPath", "/x/")).WithItem("ContainerFile", "/b", ("From", "alpine:3.22"), ("TargetPath", "/x/"))
            .WithItem("ContainerFile", "/c", ("From", "docker.io/library/busybox:1"), ("TargetPath", "/y"));
        Assert.Equal(
            ["COPY --from=image-1 --chown=0:0 [\"/a\", \"/x/\"]", "COPY --from=image-2 --chown=0:0 [\"/b\", \"/x/\"]", "COPY --from=image-1 --chown=0:0 [\"/c\", \"/y\"]"], Copies(inputs));
        Assert.Equal(["FROM docker.io/library/busybox:1 AS image-1"], Lines(inputs, "image-1"));
        Assert.Equal(["FROM docker.io/library/alpine:3.22 AS image-2"], Lines(inputs, "image-2"));
    }

    [Fact]
    public void FoldersAboveAnotherOwnersFileBelongToRoot()
    {
        var inputs = SampleInputs.Valid.With("ContainerBaseImage", "scratch").WithItem("ContainerFile", "/repo/app/a", ("TargetPath", "/var/lib/x/a"), ("Owner", "1654")).WithItem("ContainerFile", "/repo/app/b", ("TargetPath", "/var/lib/x/b"), ("Owner", "1654"))
            .WithItem("ContainerFile", "/repo/app/c/", ("TargetPath", "/opt/c/"), ("Owner", "1654")).WithItem("ContainerFile", "/repo/app/d", ("TargetPath", "/srv/d"), ("Owner", "0:0"))
            .WithItem("ContainerVolume", "/var/lib/x/data").WithItem("ContainerVolume", "/app/data/sub").WithItem("ContainerVolume", "/top");
        Assert.Equal(
            [
                "COPY --from=folders --chown=0:0 [\"/empty/\", \"/var/lib/x/\"]",
                "COPY --chown=1654 [\"a\", \"/var/lib/x/a\"]",
                "COPY --chown=1654 [\"b\", \"/var/lib/x/b\"]",
                "COPY --from=folders --chown=0:0 [\"/empty/\", \"/opt/\"]",
                "COPY --chown=1654 [\"c/\", \"/opt/c/\"]",
                "COPY --chown=0:0 [\"d\", \"/srv/d\"]",
                "COPY --from=folders --chown=1654:1654 [\"/1/\", \"/\"]",
                "COPY --from=folders --chown=1654:1654 [\"/2/\", \"/var/lib/x/\"]",
            ],
            Copies(inputs));
        Assert.Equal(
            ["COPY --from=folders --chown=0:0 [\"/empty/\", \"/app/data/\"]", "COPY --from=folders --chown=1654:1654 [\"/3/\", \"/app/data/\"]"],
            Lines(inputs, "runtime").SkipWhile(line => !line.Contains("--from=build", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith("COPY", StringComparison.Ordinal)));
        Assert.Equal(["FROM scratch AS folders", "WORKDIR /1/top", "WORKDIR /2/data", "WORKDIR /3/sub", "WORKDIR /empty"], Lines(inputs, "folders"));
    }

    [Theory]
    [InlineData("debian:bookworm-slim", "/var/lib/", false)]
    [InlineData("debian:bookworm-slim", "/var/lib/x/", true)]
    [InlineData("debian:bookworm-slim", "/etc/", false)]
    [InlineData("mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled", "/var/lib/", true)]
    [InlineData("scratch", "/", false)]
    [InlineData("scratch", "/app/", false)]
    public void FoldersThatEveryDistributionHasAreNotMadeAgain(string image, string above, bool isMade)
    {
        var copies = Lines(SampleInputs.Valid.With("ContainerBaseImage", image).WithItem("ContainerVolume", above + "one").WithItem("ContainerVolume", above + "two"), "runtime")
            .Where(line => line.Contains("--from=folders", StringComparison.Ordinal));
        string[] made = isMade ? [$"COPY --from=folders --chown=0:0 [\"/empty/\", \"{above}\"]"] : [];
        Assert.Equal([.. made, $"COPY --from=folders --chown=1654:1654 [\"/1/\", \"{above}\"]", $"COPY --from=folders --chown=1654:1654 [\"/2/\", \"{above}\"]"], copies);
    }

    [Fact]
    public void CommandsOfTheBuilderStandAroundRestoreAndBuild() => Assert.Equal(
        [
            "RUN [\"/bin/sh\", \"-c\", \"1\"]", "COPY [\"lock\", \"/src/\"]", "RUN [\"restore\"]", "RUN [\"/bin/sh\", \"-c\", \"2\"]", "COPY [\"./\", \"/src/\"]",
            "RUN [\"/bin/sh\", \"-c\", \"3\"]", "RUN [\"make\"]", "RUN [\"/bin/sh\", \"-c\", \"4\"]",
        ],
        Lines(SampleInputs.Valid.WithItem("ContainerRestoreFile", "/repo/app/lock").WithWords("ContainerRestoreCommand", "restore")
            .WithItem("ContainerBuilderRun", "4", ("After", "Build")).WithItem("ContainerBuilderRun", "3", ("Before", "Build")).WithItem("ContainerBuilderRun", "2", ("After", "Restore"))
            .WithItem("ContainerBuilderRun", "1"), "build").Skip(2));

    [Fact]
    public void WithoutAProcessInTheImageTheUserChangesOnce() => Assert.Single(
        Lines(SampleInputs.Valid.WithItem("ContainerVolume", "/data").WithItem("ContainerFile", "/repo/app/x", ("TargetPath", "/x")), "runtime"), line => line.StartsWith("USER", StringComparison.Ordinal));

    private static string[] Copies(ContainerInputs inputs) =>
        [.. Lines(inputs, "runtime").Where(line => line.StartsWith("COPY", StringComparison.Ordinal)).TakeWhile(line => !line.Contains("--from=build", StringComparison.Ordinal))];

    private static string[] Lines(ContainerInputs inputs, string stage, DockerfileDialect dialect = DockerfileDialect.Portable)
    {
        var diagnostics = new DiagnosticBag();
        var document = DockerfileLowering.Lower(inputs.Planned(), dialect);
        var text = DockerfileRenderer.Render(new DockerfileDocument([document.Stages.Single(part => part.Name == stage)]), diagnostics);
        Assert.Empty(diagnostics.ToSorted());
        return [.. text.Split('\n').Skip(2).Where(line => line.Length > 0)];
    }
}
