using ContainerSdk.Engines.Processes;
using ContainerSdk.Engines.SourceControl;
using Xunit;

namespace ContainerSdk.Engines.Tests;

/// <summary>On the git of this machine, which every checkout of this repository has had.</summary>
public sealed class GitRepositoryTests
{
    private const string Commit = "git -c user.name=a -c user.email=a@example.com -c commit.gpgsign=false commit -q --allow-empty -m x";

    [Fact]
    public async Task TellsWhenHeadWasCommittedNotWhenItWasWritten()
    {
        using var folder = new TempFolder();
        await Shell(folder, $"git init -q . && GIT_AUTHOR_DATE='1000000000 +0000' GIT_COMMITTER_DATE='1636374896 +0200' {Commit} && git config log.showSignature true && mkdir -p a/b");

        Assert.Equal("1636374896", await Time(folder.Root));
        Assert.Equal("1636374896", await Time(folder["a/b"]));
    }

    [Fact]
    public async Task KnowsNoTimeBeforeTheFirstCommit()
    {
        using var folder = new TempFolder();
        await Shell(folder, "git init -q .");

        Assert.Null(await Time(folder.Root));
    }

    [Fact]
    public async Task KnowsNoTimeOutsideARepository()
    {
        using var folder = new TempFolder();

        Assert.Null(await Time(folder.Root));
        Assert.Null(await Time(folder["nowhere"]));
    }

    [Fact]
    public async Task KnowsNoTimeWithoutGit()
    {
        using var folder = new TempFolder();

        Assert.Null(await new GitRepository("containersdk-no-such-command").CommitTimeAsync(folder.Root, TestContext.Current.CancellationToken));
    }

    private static Task<string?> Time(string folder) => new GitRepository().CommitTimeAsync(folder, TestContext.Current.CancellationToken);

    private static async Task Shell(TempFolder folder, string script)
    {
        var result = await ProcessRunner.RunAsync(new ProcessCommand("sh", ["-c", $"cd '{folder.Root}' && {script}"]), null, TestContext.Current.CancellationToken);
        Assert.True(result.Succeeded, result.LastLine);
    }
}
