using ContainerSdk.Images.StructureTests;
using Xunit;

namespace ContainerSdk.Images.Tests.StructureTests;

public sealed class StructureTestReaderTests
{
    private const string Whole = """
        schemaVersion: '2.0.0' # a comment
        globalEnvVars:
          - key: PATH
            value: "/env/bin:$PATH"
        commandTests:
          - name: gunicorn flask
            setup: [["virtualenv", "/env"], ["pip", "install"]]
            teardown: [["rm", "x"]]
            command: which
            args:
              - gunicorn
              - |
                echo hello &&
                echo world
            envVars:
              - {key: PORT, value: 8080}
            expectedOutput: ["/env/bin/gunicorn"]
            excludedOutput: ["a"]
            expectedError: ["b"]
            excludedError: [".*FAIL.*"]
            exitCode: 3
        fileExistenceTests:
          - name: Root
            path: /
            shouldExist: yes
            permissions: '-rwxr-xr-x'
            uid: 1000
            gid: 0
            isExecutableBy: group
          - name: Dummy
            path: /etc/dummy
            shouldExist: false
        fileContentTests:
          - name: Sources
            path: /etc/apt/sources.list
            expectedContents: ['.*archive\.ubuntu\.com.*']
            excludedContents: ['.*mirror.*']
        metadataTest:
          envVars:
            - key: foo
              value: baz
          env:
            - key: older
              value: ^\d$
              isRegex: true
          unboundEnvVars:
            - key: DEBUG
          labels:
            - {key: com.example.vendor, value: ACME Incorporated}
          exposedPorts: ["8080", 2345]
          unexposedPorts: [22]
          volumes: [/test]
          unmountedVolumes: [/other]
          entrypoint: []
          cmd: [/bin/bash]
          workdir: /app
          user: luke
        licenseTests:
          - debian: false
            files: [/usr/share/doc/dash/copyright]
        """;

    [Fact]
    public void ReadsEveryField()
    {
        var (tests, mistakes) = StructureTestReader.Read("tests.yaml", Whole);

        Assert.Empty(mistakes);
        Assert.Equal([new NamedText("PATH", "/env/bin:$PATH")], tests.GlobalVariables);
        var command = Assert.Single(tests.CommandTests);
        Assert.Equal(("gunicorn flask", 3), (command.Name, command.ExitCode));
        Assert.Equal(["which", "gunicorn", "echo hello &&\necho world\n"], command.Command);
        Assert.Equal([["virtualenv", "/env"], ["pip", "install"]], command.Setup);
        Assert.Equal([["rm", "x"]], command.Teardown);
        Assert.Equal([new NamedText("PORT", "8080")], command.Variables);
        Assert.Equal("/env/bin/gunicorn|a|b|.*FAIL.*", string.Join('|', command.Output.Expected.Concat(command.Output.Excluded).Concat(command.Error.Expected).Concat(command.Error.Excluded)));
        Assert.Equal(
            [
                new FileExistenceTest("Root", "/") { Permissions = "-rwxr-xr-x", UserId = 1000, GroupId = 0, Executable = UnixFileMode.GroupExecute },
                new FileExistenceTest("Dummy", "/etc/dummy") { ShouldExist = false },
            ],
            tests.FileExistenceTests);
        var content = Assert.Single(tests.FileContentTests);
        Assert.Equal(("Sources", "/etc/apt/sources.list", """.*archive\.ubuntu\.com.*""", ".*mirror.*"), (content.Name, content.Path, content.Content.Expected.Single().Text, content.Content.Excluded.Single().Text));
        Assert.Equal(1, tests.LicenseTests);
        AssertMetadata(tests.MetadataTest!);
    }

    private static void AssertMetadata(MetadataTest metadata)
    {
        Assert.Equal([("foo", "baz", null), ("older", """^\d$""", """^\d$""")], metadata.Variables.Select(variable => (variable.Key, variable.Value, variable.Pattern?.Text)));
        Assert.Equal(["DEBUG"], metadata.UnboundVariables);
        Assert.Equal([new ExpectedText("com.example.vendor", "ACME Incorporated", null)], metadata.Labels);
        Assert.Equal(["8080", "2345"], metadata.ExposedPorts);
        Assert.Equal(["22"], metadata.UnexposedPorts);
        Assert.Equal(["/test"], metadata.Volumes);
        Assert.Equal(["/other"], metadata.UnmountedVolumes);
        Assert.Equal([], metadata.Entrypoint);
        Assert.Equal(["/bin/bash"], metadata.Command);
        Assert.Equal(("/app", "luke"), (metadata.WorkingDirectory, metadata.User));
    }

    [Fact]
    public void ReadsJson()
    {
        var (tests, mistakes) = StructureTestReader.Read("tests.json", """
            {
            	"schemaVersion": "2.0.0",
            	"fileExistenceTests": [{ "name": "App \u00e9", "path": "/app\/api", "shouldExist": true, "uid": 0 }]
            }
            """);

        Assert.Empty(mistakes);
        Assert.Equal([new FileExistenceTest("App é", "/app/api") { UserId = 0 }], tests.FileExistenceTests);
    }

    [Fact]
    public void ReadsAliasesAndTakesAKeyWithoutAValueForNone()
    {
        var (tests, mistakes) = StructureTestReader.Read("tests.yaml", """
            schemaVersion: 2.0.0
            commandTests:
            fileContentTests:
              - {name: a, path: /a, expectedContents: &common [x, y], excludedContents: ~}
              - {name: b, path: /b, expectedContents: *common}
            metadataTest: {entrypoint: }
            """);

        Assert.Empty(mistakes);
        Assert.Equal(["x y", "x y"], tests.FileContentTests.Select(test => string.Join(' ', test.Content.Expected)));
        Assert.Empty(tests.CommandTests);
        Assert.Null(tests.MetadataTest!.Entrypoint);
    }

    [Fact]
    public void NamesEveryMistakeByLineAndKey() => AssertMistakes(
        """
        schemaVersion: 2.0.0
        fileExistenceTests:
          - name: one
            path: [/a]
            shouldexist: true
            shouldExist: 'true'
            uid: root
            permissions: 0755
            isExecutableBy: me
          - path: /b
            gid: 1.5
          - nothing
        commandTests:
          name: x
        fileContentTests:
          - {name: c, path: /c, expectedContents: ['(', 'a'], excludedContents: x}
        metadataTest:
          - cmd: x
        globalEnvVars: [{key: A, value: [1]}, {value: 2}]
        licenseTests: [{debian: maybe}]
        containerRunOptions: {privileged: true}
        "odd: key": 1
        schemaVersion: 2.0.0
        """,
        "t.yaml(4): fileExistenceTests[0].path: expected a text, found a list",
        "t.yaml(5): fileExistenceTests[0].shouldexist: there is no such key; there are name, path, shouldExist, permissions, uid, gid, isExecutableBy",
        "t.yaml(6): fileExistenceTests[0].shouldExist: expected true or false, found 'true'",
        "t.yaml(7): fileExistenceTests[0].uid: expected a whole number, found 'root'",
        "t.yaml(8): fileExistenceTests[0].permissions: expected ten characters such as -rwxr-xr-x, found '0755'",
        "t.yaml(9): fileExistenceTests[0].isExecutableBy: expected owner, group, other or any, found 'me'",
        "t.yaml(10): fileExistenceTests[1].name: it is missing",
        "t.yaml(11): fileExistenceTests[1].gid: expected a whole number, found '1.5'",
        "t.yaml(12): fileExistenceTests[2]: expected names and values, found 'nothing'",
        "t.yaml(14): commandTests: expected a list, found names and values",
        "t.yaml(16): fileContentTests[0].expectedContents[0]: '(' is no regular expression of Go's: Invalid pattern '(' at offset 1. Not enough )'s",
        "t.yaml(16): fileContentTests[0].excludedContents: expected a list, found 'x'",
        "t.yaml(18): metadataTest: expected names and values, found a list",
        "t.yaml(19): globalEnvVars[0].value: expected a text, found a list",
        "t.yaml(19): globalEnvVars[1].key: it is missing",
        "t.yaml(20): licenseTests[0].debian: expected true or false, found 'maybe'",
        "t.yaml(21): containerRunOptions: it is not supported: commands run as the image runs, with no more rights; remove it",
        "t.yaml(22): 'odd: key': there is no such key; there are schemaVersion, globalEnvVars, commandTests, fileExistenceTests, fileContentTests, metadataTest, licenseTests",
        "t.yaml(23): schemaVersion: it stands there twice");

    [Theory]
    [InlineData("", "t.yaml(1): it is empty")]
    [InlineData("# nothing\n", "t.yaml(1): it is empty")]
    [InlineData("\n- a", "t.yaml(2): expected names and values, the first of them schemaVersion")]
    [InlineData("a", "t.yaml(1): expected names and values, the first of them schemaVersion")]
    [InlineData("commandTests: []", "t.yaml(1): schemaVersion: it is missing")]
    [InlineData("schemaVersion: 1.0.0", "t.yaml(1): schemaVersion: expected 2.0.0, found '1.0.0'; no other version is read")]
    [InlineData("schemaVersion: [2]", "t.yaml(1): schemaVersion: expected a text, found a list")]
    [InlineData("schemaVersion: 2.0.0\n---\na: 1", "t.yaml(2): a second document begins here; a file holds one")]
    [InlineData("schemaVersion: 2.0.0\n[a]: b", "t.yaml(2): a key has to be a word")]
    [InlineData("schemaVersion: 2.0.0\nmetadataTest: {user: *who}", "t.yaml(2): nothing before it has the anchor 'who'")]
    [InlineData("schemaVersion: 2.0.0\nmetadataTest: &me {user: *me}", "t.yaml(2): nothing before it has the anchor 'me'")]
    [InlineData("schemaVersion: 2.0.0\n  x: 'open", "t.yaml(2): it is no YAML: While scanning a plain scalar value, found invalid mapping")]
    [InlineData("schemaVersion: 2.0.0\ncommandTests: [{name: a, command: '', setup: [[], [1]], exitCode: 99999999999}]",
        "t.yaml(2): commandTests[0].command: it is missing", "t.yaml(2): commandTests[0].setup[0]: expected a program and its arguments, found a list", "t.yaml(2): commandTests[0].exitCode: expected a whole number, found '99999999999'")]
    public void SaysWhatIsWrong(string text, params string[] expected) => AssertMistakes(text, expected);

    [Fact]
    public void IsNotLedIntoTheDeepOrTheWide()
    {
        AssertMistakes(new string('[', 10_000) + new string(']', 10_000), "t.yaml(1): it is nested more than 32 deep");
        AssertMistakes(
            "a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n" + string.Concat("bcdefghi".Select(c => $"{c}: &{c} [{string.Join(", ", Enumerable.Repeat($"*{(char)(c - 1)}", 10))}]\n")),
            "t.yaml(5): it holds more than 100000 values, those counted that aliases stand for");
        AssertMistakes(new string(' ', 2_000_000), "t.yaml(1): it is longer than a million characters");
    }

    [Fact]
    public void ABrokenFileIsAMistakeAndNeverMore()
    {
        // What is cut off, doubled, or replaced anywhere still leads to an answer.
        for (var i = 0; i < Whole.Length; i += 13)
        {
            foreach (var text in new[] { Whole[..i], Whole[i..], Whole.Insert(i, "["), Whole.Insert(i, "\t"), Whole.Insert(i, "\0"), Whole.Insert(i, "\ud800"), Whole.Insert(i, "&a *a !"), Whole.Insert(i, "\n- ? : |") })
                Assert.NotNull(StructureTestReader.Read("t.yaml", text).Tests);
        }
    }

    private static void AssertMistakes(string text, params string[] expected) => Assert.Equal(expected, StructureTestReader.Read("t.yaml", text).Mistakes.Select(mistake => mistake.ToString()));
}
