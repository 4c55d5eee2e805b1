using System.Collections.Immutable;
using System.Text;
using ContainerSdk.Images.Inspection;
using ContainerSdk.Images.Layers;
using ContainerSdk.Images.Oci;
using ContainerSdk.Images.StructureTests;
using Xunit;

namespace ContainerSdk.Images.Tests.StructureTests;

public sealed class StructureTestRunnerTests
{
    private const string Configuration = """
        { "architecture": "amd64", "os": "linux", "config": {
            "User": "1654", "WorkingDir": "/app", "Entrypoint": ["/app/api", "--fast"],
            "Env": ["PATH=/usr/bin:/bin", "APP=api", "EMPTY=", "ODD"],
            "Labels": { "vendor": "ACME", "build-date": "2024-05-01" },
            "ExposedPorts": { "8080/tcp": {}, "53/udp": {}, "9000": {} },
            "Volumes": { "/data": {} } } }
        """;

    private static readonly LayerName[] Names =
    [
        Folder("app", "755"), File("app/api", "750", 1654, 2000), File("app/setuid", "4755"), Link("app/current", "api"), Link("app/loop", "loop"), Link("app/lib", "/usr/lib"),
        Folder("tmp", "1777"), File("usr/lib/x.so", "644"), Link("app/text", "../etc/text"), File("etc/text", "600"), new LayerName("app/same", Entry(LayerEntryKind.HardLink, "600", 0, 0, "etc/text")),
    ];

    [Theory]
    [InlineData("path: /app/api, permissions: -rwxr-x---, uid: 1654, gid: 2000, isExecutableBy: owner")]
    [InlineData("path: /app/api, isExecutableBy: any")]
    [InlineData("path: app//api/")]
    [InlineData("path: /app/$APP")]
    [InlineData("path: '/app/${APP}'")]
    [InlineData("path: /, permissions: drwxr-xr-x, uid: 0, gid: 0")]
    [InlineData("path: /app, permissions: drwxr-xr-x")]
    [InlineData("path: /usr/lib, permissions: drwxr-xr-x, uid: 0")]
    [InlineData("path: /app/.., permissions: drwxr-xr-x")]
    [InlineData("path: /tmp, permissions: dtrwxrwxrwx")]
    [InlineData("path: /tmp, permissions: drwxrwxrwt")]
    [InlineData("path: /app/setuid, permissions: urwxr-xr-x")]
    [InlineData("path: /app/setuid, permissions: -rwsr-xr-x")]
    [InlineData("path: /app/current, permissions: Lrwxrwxrwx")]
    [InlineData("path: /app/current, permissions: lrwxrwxrwx")]
    [InlineData("path: /app/loop")]
    [InlineData("path: /app/lib/x.so, permissions: -rw-r--r--")]
    [InlineData("path: /app/nothing, shouldExist: false, uid: 7")]
    [InlineData("path: /app/ap, shouldExist: false")]
    public async Task FindsFiles(string test) => Assert.Equal(new StructureTestVerdict.Passed(), await VerdictAsync($"fileExistenceTests: [{{name: t, {test}}}]"));

    [Theory]
    [InlineData("path: /app/nothing", "'/app/nothing' is expected, and is not there")]
    [InlineData("path: /app/api, shouldExist: false", "no '/app/api' is expected, and it is there")]
    [InlineData("path: /app/loop/x", "links lead in a circle at '/app/loop'")]
    [InlineData("path: /app/api, permissions: -rwxr-xr-x", "'/app/api' is expected to have -rwxr-xr-x, and has -rwxr-x---")]
    [InlineData("path: /app/api, isExecutableBy: other", "'/app/api' is expected to be executable by others, and has -rwxr-x---")]
    [InlineData("path: /usr/lib/x.so, isExecutableBy: any", "'/usr/lib/x.so' is expected to be executable by anybody, and has -rw-r--r--")]
    [InlineData("path: /app/api, uid: 0, gid: 0", "'/app/api' is expected to belong to user 0, and belongs to 1654", "'/app/api' is expected to belong to group 0, and belongs to 2000")]
    public async Task SaysHowFilesDiffer(string test, params string[] expected) =>
        Assert.Equal(new StructureTestVerdict.Failed([.. expected]), await VerdictAsync($"fileExistenceTests: [{{name: t, {test}}}]"));

    [Theory]
    [InlineData("envVars: [{key: APP, value: api}, {key: EMPTY}, {key: ODD, value: ''}, {key: PATH, value: '^/usr/bin', isRegex: true}], unboundEnvVars: [{key: DEBUG}]")]
    [InlineData("labels: [{key: vendor, value: ACME}, {key: build-date, value: '^\\d{4}-\\d{2}-\\d{2}$', isRegex: true}]")]
    [InlineData("exposedPorts: [8080, 53/udp, 53, 8080/tcp, 9000/tcp], unexposedPorts: [80, 53/tcp]")]
    [InlineData("volumes: [/data], unmountedVolumes: [/other]")]
    [InlineData("entrypoint: [/app/api, --fast], cmd: [], workdir: /app, user: 1654")]
    [InlineData("")]
    public async Task KnowsHowTheImageIsRun(string test) => Assert.Equal(new StructureTestVerdict.Passed(), await VerdictAsync($"metadataTest: {{{test}}}"));

    [Theory]
    [InlineData("envVars: [{key: APP, value: API}]", "the variable 'APP' is expected to be 'API', and is 'api'")]
    [InlineData("envVars: [{key: NO, value: x}]", "the variable 'NO' is expected, and it is not set")]
    [InlineData("envVars: [{key: APP, value: ^x, isRegex: true}]", "the variable 'APP' is expected to match '^x', and is 'api'")]
    [InlineData("unboundEnvVars: [{key: APP}]", "no variable 'APP' is expected, and it is set")]
    [InlineData("labels: [{key: vendor, value: '.*'}]", "the label 'vendor' is expected to be '.*', and is 'ACME'")]
    [InlineData("exposedPorts: [80], unexposedPorts: [8080]", "the port '80' is expected, and the image has '53/udp', '8080/tcp', '9000/tcp'", "no port '8080' is expected, and the image names it")]
    [InlineData("volumes: [/x], unmountedVolumes: [/data]", "the volume '/x' is expected, and the image has '/data'", "no volume '/data' is expected, and the image declares it")]
    [InlineData("entrypoint: [/app/api], cmd: [x]", "the entry point is expected to be ['/app/api'], and is ['/app/api', '--fast']", "the command is expected to be ['x'], and is []")]
    [InlineData("workdir: /, user: root", "the working directory is expected to be '/', and is '/app'", "the user is expected to be 'root', and is '1654'")]
    public async Task SaysHowTheImageIsRunInstead(string test, params string[] expected) =>
        Assert.Equal(new StructureTestVerdict.Failed([.. expected]), await VerdictAsync($"metadataTest: {{{test}}}"));

    [Theory]
    [InlineData("""{ "config": { "Env": "x", "Labels": [], "ExposedPorts": 1, "Volumes": null, "Entrypoint": "sh -c", "Cmd": [1, null], "WorkingDir": {}, "User": 7 } }""")]
    [InlineData("""{ "config": [] }""")]
    [InlineData("{}")]
    public async Task TakesAConfigurationOfAnotherFormForAnEmptyOne(string configuration) => Assert.Equal(
        new StructureTestVerdict.Passed(),
        (await RunAsync("metadataTest: {entrypoint: [], cmd: [], workdir: /, unboundEnvVars: [{key: x}], unexposedPorts: [1]}", configuration)).Single().Verdict);

    [Theory]
    [InlineData("path: /etc/text, expectedContents: ['^root', 'x:0', '(?m)^bin$'], excludedContents: ['Root']")]
    [InlineData("path: /app/text, expectedContents: ['asked for etc/text$']")]
    [InlineData("path: /app/same, expectedContents: ['asked for app/same$']")]
    [InlineData("path: /app/$APP")]
    public async Task SearchesFilesAndFollowsLinks(string test) => Assert.Equal(new StructureTestVerdict.Passed(), await VerdictAsync($"fileContentTests: [{{name: t, {test}}}]"));

    [Theory]
    [InlineData("path: /etc/text, expectedContents: [secret], excludedContents: [root, nothing]", "the file '/etc/text' is expected to match 'secret', and does not", "the file '/etc/text' is expected not to match 'root', and does")]
    [InlineData("path: /etc/no", "a file '/etc/no' is expected, and there is none")]
    [InlineData("path: /app", "a file '/app' is expected, and it is a folder")]
    [InlineData("path: /app/lib", "a file '/app/lib' is expected, and it is a folder")]
    [InlineData("path: /app/loop", "links lead in a circle at '/app/loop'")]
    [InlineData("path: /usr/lib/x.so", "the file '/usr/lib/x.so' cannot be read")]
    public async Task SaysWhatFilesLackAndShowsNothingOfThem(string test, params string[] expected) =>
        Assert.Equal(new StructureTestVerdict.Failed([.. expected]), await VerdictAsync($"fileContentTests: [{{name: t, {test}}}]"));

    [Fact]
    public async Task RunsCommandsWithVariablesPutIn()
    {
        var runs = new List<CommandRun>();

        var results = await RunAsync(
            """
            globalEnvVars: [{key: HOME, value: /home}, {key: PATH, value: '$HOME/bin:$PATH'}]
            commandTests: [{name: t, command: $APP, args: ['$PATH', '${NO}', 'a$', '100%'], setup: [[a, $APP]], teardown: [[b]], envVars: [{key: X, value: 'x-$HOME'}], expectedOutput: [out], excludedOutput: [err], expectedError: [err], exitCode: 3}]
            """,
            run: run =>
            {
                runs.Add(run);
                return new CommandOutcome.Ended(3, "out\n", "err\n");
            });

        Assert.Equal([new StructureTestResult(StructureTestKind.Command, "t", new StructureTestVerdict.Passed())], results);
        var only = Assert.Single(runs);
        Assert.Equal(["api", "/home/bin:/usr/bin:/bin", "", "a$", "100%"], only.Command);
        Assert.Equal([new NamedText("HOME", "/home"), new NamedText("PATH", "/home/bin:/usr/bin:/bin"), new NamedText("X", "x-/home")], only.Variables);
        Assert.Equal([["a", "$APP"]], only.Setup);
        Assert.Equal([["b"]], only.Teardown);
    }

    [Fact]
    public async Task SaysHowCommandsDiffer()
    {
        const string Test = "commandTests: [{name: t, command: x, expectedOutput: [ok], excludedOutput: [bad], expectedError: [warning]}]";

        Assert.Equal(
            new StructureTestVerdict.Failed(
            [
                "its standard error is expected to match 'warning', and does not: it is empty",
                "its standard output is expected to match 'ok', and does not: 'bad?thing'",
                "its standard output is expected not to match 'bad', and does: 'bad?thing'",
                "exit code 0 is expected, and it is 1",
            ]),
            (await RunAsync(Test, run: _ => new CommandOutcome.Ended(1, "bad\nthing\n", ""))).Single().Verdict);
        Assert.Equal(new StructureTestVerdict.Failed(["the engine refuses"]), (await RunAsync(Test, run: _ => new CommandOutcome.NotRun("the engine refuses"))).Single().Verdict);
    }

    [Fact]
    public async Task SaysWhatWasNotCarriedOutAndKeepsTheOrder() => Assert.Equal(
        [
            new StructureTestResult(StructureTestKind.Command, "run", new StructureTestVerdict.Skipped("no engine here runs containers")),
            new StructureTestResult(StructureTestKind.FileContent, "read", new StructureTestVerdict.Passed()),
            new StructureTestResult(StructureTestKind.FileExistence, "find", new StructureTestVerdict.Passed()),
            new StructureTestResult(StructureTestKind.License, "License Test 1", new StructureTestVerdict.Skipped("license tests are not supported")),
            new StructureTestResult(StructureTestKind.Metadata, "Metadata Test", new StructureTestVerdict.Passed()),
        ],
        await RunAsync("metadataTest: {user: 1654}\nlicenseTests: [{debian: true}]\nfileExistenceTests: [{name: find, path: /app}]\nfileContentTests: [{name: read, path: /etc/text}]\ncommandTests: [{name: run, command: x}]"));

    [Fact]
    public async Task StopsWhenTheUserCancels() => await Assert.ThrowsAsync<OperationCanceledException>(() =>
        new StructureTestRunner(Image(Configuration), ReadAsync, null).RunAsync(new StructureTestFile { FileContentTests = [new FileContentTest("t", "/etc/text", ContentExpectation.None)] }, new CancellationToken(canceled: true)));

    private static async Task<StructureTestVerdict> VerdictAsync(string tests) => (await RunAsync(tests)).Single().Verdict;

    private static async Task<ImmutableArray<StructureTestResult>> RunAsync(string tests, string configuration = Configuration, Func<CommandRun, CommandOutcome>? run = null)
    {
        var (file, mistakes) = StructureTestReader.Read("t.yaml", "schemaVersion: 2.0.0\n" + tests);
        Assert.Empty(mistakes);
        var runner = new StructureTestRunner(Image(configuration), ReadAsync, run is null ? null : (command, _) => Task.FromResult(run(command)));
        return await runner.RunAsync(file, TestContext.Current.CancellationToken);
    }

    private static Task<ReadOnlyMemory<byte>?> ReadAsync(string path, CancellationToken cancellation) =>
        Task.FromResult(path.EndsWith(".so", StringComparison.Ordinal) ? (ReadOnlyMemory<byte>?)null : Encoding.UTF8.GetBytes($"root:x:0\nbin\nasked for {path}"));

    private static InspectedImage Image(string configuration) => new(ImageConfiguration.Read(Encoding.UTF8.GetBytes(configuration)), [new InspectedLayer([], false, [.. Names])]);

    private static LayerName Folder(string path, string mode) => new(path, Entry(LayerEntryKind.Folder, mode, 0, 0, ""));

    private static LayerName File(string path, string mode, int user = 0, int group = 0) => new(path, Entry(LayerEntryKind.File, mode, user, group, ""));

    private static LayerName Link(string path, string target) => new(path, Entry(LayerEntryKind.SymbolicLink, "777", 0, 0, target));

    private static TreeEntry Entry(LayerEntryKind kind, string mode, int user, int group, string target) => new(kind, (UnixFileMode)Convert.ToInt32(mode, 8), user, group, target);
}
