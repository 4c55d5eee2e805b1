using ContainerSdk.Engines.Processes;
using Xunit;

namespace ContainerSdk.Engines.Tests;

public sealed class ProcessRunnerTests
{
    // 20,000 lines of 64 bytes: more than a megabyte, and many times what a pipe holds.
    private const int ManyLines = 20_000;

    private const string Print = """print() { i=0; while [ $i -lt 20000 ]; do printf '%s %057d\n' "$1" $i; i=$((i + 1)); done; }""";

    [Theory]
    [InlineData("print stdo; print stde >&2")]
    [InlineData("print stde >&2; print stdo")]
    [InlineData("print stde >&2 & print stdo; wait")]
    public async Task ReadsBothPipesWhileTheyFill(string order)
    {
        var lines = new List<string>();

        var result = await Shell($"{Print}; {order}", lines.Add);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(Lines("stdo"), result.Output.Split('\n')[..^1]);
        Assert.Equal(Lines("stdo"), lines.Where(line => line.StartsWith("stdo", StringComparison.Ordinal)));
        Assert.Equal(Lines("stde"), lines.Where(line => line.StartsWith("stde", StringComparison.Ordinal)));
        Assert.Equal(2 * ManyLines, lines.Count);
    }

    [Theory]
    [InlineData("exit 0", 0, true)]
    [InlineData("exit 1", 1, false)]
    [InlineData("exit 125", 125, false)]
    [InlineData("exit 255", 255, false)]
    [InlineData("kill -KILL $$", 137, false)]
    public async Task TellsTheExitCode(string script, int expected, bool succeeded)
    {
        var result = await Shell(script);

        Assert.Equal((expected, succeeded, ""), (result.ExitCode, result.Succeeded, result.Output));
        Assert.Empty(result.Tail);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" >&2")]
    public async Task KeepsTheLastFiftyLinesOfEitherStream(string redirection)
    {
        var result = await Shell($"for i in $(seq 1 120); do echo line $i{redirection}; done");

        Assert.Equal(Enumerable.Range(71, 50).Select(i => $"line {i}"), result.Tail);
    }

    [Fact]
    public async Task TheLastLineIsTheLastThatIsNotBlank()
    {
        var result = await Shell("echo '  one  '; echo ' '; echo");

        Assert.Equal("one", result.LastLine);
    }

    [Fact]
    public async Task TheLastLineOfASilentProcessSaysSo() => Assert.Equal("no output", (await Shell("exit 3")).LastLine);

    [Fact]
    public async Task ReadsUtf8AndEveryKindOfLineEnd()
    {
        var result = await Shell("""printf 'gr\303\274n\r\nblau\rrot \360\237\220\263'""");

        Assert.Equal("grün\nblau\nrot 🐳\n", result.Output);
    }

    [Fact]
    public async Task AMissingProgramHasNoExitCode()
    {
        using var folder = new TempFolder();

        var result = await ProcessRunner.RunAsync(new ProcessCommand(folder["no-such-program"], ["--version"]), null, CancellationToken.None);

        Assert.Equal((null, "", false, "no output"), (result.ExitCode, result.Output, result.Succeeded, result.LastLine));
        Assert.Empty(result.Tail);
    }

    [Fact]
    public async Task NoShellReadsTheProgramsName()
    {
        using var folder = new TempFolder();

        var result = await ProcessRunner.RunAsync(new ProcessCommand($"/bin/sh -c 'touch {folder["made"]}'", []), null, CancellationToken.None);

        Assert.Null(result.ExitCode);
        Assert.Empty(Directory.GetFiles(folder.Root));
    }

    [Fact]
    public async Task ArgumentsArriveAsTheyAre()
    {
        string[] arguments =
        [
            "plain", "", " ", "a b", " lead and trail ", "it's", "\"quoted\"", "\\", "end\\", "\\\"", "$HOME", "${HOME}", "$(id)", "`id`",
            "*", "?", "~", "a;b", "a&&b", "a|b", ">out", "<in", "#no", "!", "%PATH%", "%s\\n", "-n", "--", "{a,b}", "line 1\nline 2\n", "\r", "\t", "ü🐳", "=",
        ];

        var result = await Shell("""for argument; do printf '[%s]' "$argument" | od -An -v -tx1 | tr -d ' \n'; echo; done""", null, arguments);

        Assert.Equal(arguments, result.Output.Split('\n')[..^1].Select(hex => System.Text.Encoding.UTF8.GetString(Convert.FromHexString(hex))[1..^1]));
    }

    [Fact]
    public async Task StandardInputIsClosed()
    {
        var result = await Shell("if read -r line; then echo \"read $line\"; else echo end; fi; cat");

        Assert.Equal((0, "end\n"), (result.ExitCode, result.Output));
    }

    private static IEnumerable<string> Lines(string prefix) => Enumerable.Range(0, ManyLines).Select(i => $"{prefix} {i:D57}");

    private static Task<ProcessResult> Shell(string script, Action<string>? onLine = null, params string[] arguments) =>
        ProcessRunner.RunAsync(new ProcessCommand("/bin/sh", ["-c", script, "sh", .. arguments]), onLine, CancellationToken.None);
}
