using ContainerSdk.Engines.Processes;
using Xunit;

namespace ContainerSdk.Tasks.Tests;

public sealed class ReadSourceDateTests
{
    [Fact]
    public async Task TakesTheEnvironmentsTimeBeforeTheCommits()
    {
        using var folder = await Repository();

        Assert.Equal(("2021-11-08T12:34:56Z", true), Read(folder, "1636374896"));
        Assert.Empty(folder.Log.Problems);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task TakesTheCommitsTimeWhereTheEnvironmentHasNone(string? epoch)
    {
        using var folder = await Repository();

        Assert.Equal(("2001-09-09T01:46:40Z", true), Read(folder, epoch));
        Assert.Empty(folder.Log.Problems);
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("1636374896.5")]
    [InlineData(" ")]
    public async Task CSDK1045_ATimeThatIsNoneIsIgnoredWithAWarning(string epoch)
    {
        using var folder = await Repository();

        Assert.Equal(("2001-09-09T01:46:40Z", true), Read(folder, epoch));
        Assert.Equal(
            [folder.Warning("CSDK1045", $"SOURCE_DATE_EPOCH is '{epoch}', and is ignored; set it to a whole number of seconds since 1970, for example the output of 'git log -1 --format=%ct', or unset it")],
            folder.Log.Problems);
    }

    [Fact]
    public void HasNoAnswerWithoutACommit()
    {
        using var folder = new ProjectFolder();

        Assert.Equal((null, true), Read(folder, null));
        Assert.Empty(folder.Log.Problems);
    }

    private static (string? Date, bool Succeeded) Read(ProjectFolder folder, string? epoch)
    {
        var task = new ReadSourceDate { SourceDateEpoch = epoch };
        var succeeded = folder.Execute(task);
        return (task.SourceDate, succeeded);
    }

    private static async Task<ProjectFolder> Repository()
    {
        var folder = new ProjectFolder();
        const string Commit = "git init -q . && GIT_COMMITTER_DATE='1000000000 +0000' git -c user.name=a -c user.email=a@example.com -c commit.gpgsign=false commit -q --allow-empty -m x";
        var result = await ProcessRunner.RunAsync(new ProcessCommand("sh", ["-c", $"cd '{folder.Root}' && {Commit}"]), null, TestContext.Current.CancellationToken);
        Assert.True(result.Succeeded, result.LastLine);
        return folder;
    }
}
