using ContainerSdk.Engines.Processes;
using Xunit;

namespace ContainerSdk.Engines.Tests;

public sealed class ProcessRunnerCancellationTests
{
    private const string ObeysTerm = ":";
    private const string IgnoresTerm = "trap '' TERM";

    // How long the survivors of a failing test live, and how long that test waits for them; a passing one waits for neither.
    private const int Lifetime = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // Process and grandchild hold the pipe open, so its reader comes to an end when both are gone.
    private const string Tree = """
        mkfifo "$1"
        echo made
        exec 3> "$1"
        eval "$2"
        ( eval "$3"; echo ready; exec sleep "$4" ) &
        wait
        """;

    [Theory]
    [InlineData(ObeysTerm, ObeysTerm)]
    [InlineData(ObeysTerm, IgnoresTerm)]
    [InlineData(IgnoresTerm, IgnoresTerm)]
    public async Task LeavesNeitherTheProcessNorItsGrandchild(string process, string grandchild)
    {
        using var folder = new TempFolder();
        using var source = new CancellationTokenSource();
        var pipe = folder["pipe"];
        Task<byte[]>? untilBothAreGone = null;
        var run = Shell(Tree, OnLine, source.Token, pipe, process, grandchild, $"{Lifetime}");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);

        Assert.Empty(await untilBothAreGone!.WaitAsync(Patience, TestContext.Current.CancellationToken));

        void OnLine(string line)
        {
            if (line == "made") untilBothAreGone = Task.Run(() => File.ReadAllBytes(pipe), TestContext.Current.CancellationToken);
            else if (line == "ready") source.Cancel();
        }
    }

    [Fact]
    public async Task AsksTheProcessToStopBeforeItKillsIt()
    {
        using var folder = new TempFolder();
        using var source = new CancellationTokenSource();
        const string Script = """
            trap 'echo stopped > "$1"; exit 0' TERM
            echo ready
            while :; do sleep 0.05; done
            """;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Shell(Script, _ => source.Cancel(), source.Token, folder["log"]));

        Assert.Equal("stopped\n", await File.ReadAllTextAsync(folder["log"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task StartsNothingIfItWasCancelledBefore()
    {
        using var folder = new TempFolder();
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Shell("touch \"$1\"", null, source.Token, folder["made"]));

        Assert.Empty(Directory.GetFiles(folder.Root));
    }

    private static Task<ProcessResult> Shell(string script, Action<string>? onLine, CancellationToken cancellation, params string[] arguments) =>
        ProcessRunner.RunAsync(new ProcessCommand("/bin/sh", ["-c", script, "sh", .. arguments]), onLine, cancellation);
}
