using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ContainerSdk.Images.Layouts;

namespace ContainerSdk.Images.StructureTests;

/// <summary>Reads a file of tests, in YAML or in JSON, which YAML holds; all its mistakes at once.</summary>
public sealed partial class StructureTestReader
{
    private const string Version = "2.0.0";

    private readonly string _file;
    private readonly ImmutableArray<StructureTestMistake>.Builder _mistakes = ImmutableArray.CreateBuilder<StructureTestMistake>();

    private StructureTestReader(string file) => _file = file;

    /// <summary>Reads <paramref name="text"/>.</summary>
    /// <param name="file">How mistakes name it.</param>
    /// <param name="text">What is in it.</param>
    /// <returns>The tests, and what is wrong with them; tests with mistakes are not to be run.</returns>
    public static (StructureTestFile Tests, ImmutableArray<StructureTestMistake> Mistakes) Read(string file, string text)
    {
        var reader = new StructureTestReader(file);
        var tests = reader.Read(text);
        return (tests, [.. reader._mistakes.OrderBy(mistake => mistake.Line)]);
    }

    private StructureTestFile Read(string text)
    {
        try
        {
            switch (YamlText.Read(text))
            {
                case YamlNode.Map map: return new YamlFields(map, "", Report).Read(File);
                case { } node: Report(node.Line, "", "expected names and values, the first of them schemaVersion"); break;
                case null: Report(1, "", "it is empty"); break;
            }
        }
        catch (YamlMistakeException e)
        {
            Report(e.Line, "", e.Message);
        }

        return new StructureTestFile();
    }

    private StructureTestFile File(YamlFields fields)
    {
        if (fields.Needed("schemaVersion") is { Length: > 0 } version && version != Version) fields.Refuse("schemaVersion", $"expected {Version}, found {Quotation.Of(version)}; no other version is read");
        fields.Unsupported("containerRunOptions", "it is not supported: commands run as the image runs, with no more rights; remove it");
        return new StructureTestFile
        {
            GlobalVariables = fields.Maps("globalEnvVars", Variable),
            CommandTests = fields.Maps("commandTests", Command),
            FileExistenceTests = fields.Maps("fileExistenceTests", Existence),
            FileContentTests = fields.Maps("fileContentTests", test => new FileContentTest(test.Needed("name"), test.Needed("path"), Expectation(test, "expectedContents", "excludedContents"))),
            MetadataTest = fields.Map("metadataTest", Metadata),
            LicenseTests = fields.Maps("licenseTests", test => (test.Switch("debian"), test.Texts("files"))).Length,
        };
    }

    private static NamedText Variable(YamlFields fields) => new(fields.Needed("key"), fields.Text("value") ?? "");

    private static ExpectedText Expected(YamlFields fields)
    {
        var (key, value) = (fields.Needed("key"), fields.Text("value") ?? "");
        return new ExpectedText(key, value, fields.Switch("isRegex") == true ? fields.Pattern(value, fields.LineOf("value"), fields.At("value")) : null);
    }

    private static CommandTest Command(YamlFields fields) => new(fields.Needed("name"), [fields.Needed("command"), .. fields.Texts("args") ?? []])
    {
        Setup = fields.Commands("setup"),
        Teardown = fields.Commands("teardown"),
        Variables = fields.Maps("envVars", Variable),
        Output = Expectation(fields, "expectedOutput", "excludedOutput"),
        Error = Expectation(fields, "expectedError", "excludedError"),
        ExitCode = fields.Number("exitCode") ?? 0,
    };

    private static FileExistenceTest Existence(YamlFields fields) => new(fields.Needed("name"), fields.Needed("path"))
    {
        ShouldExist = fields.Switch("shouldExist") ?? true,
        Permissions = Permissions(fields),
        UserId = fields.Number("uid"),
        GroupId = fields.Number("gid"),
        Executable = Executable(fields),
    };

    private static string? Permissions(YamlFields fields)
    {
        if (fields.Text("permissions") is not { Length: > 0 } text) return null;
        if (!Mode().IsMatch(text)) fields.Refuse("permissions", $"expected ten characters such as -rwxr-xr-x, found {Quotation.Of(text)}");
        return text;
    }

    private static UnixFileMode Executable(YamlFields fields)
    {
        switch (fields.Text("isExecutableBy"))
        {
            case null or "": return UnixFileMode.None;
            case "owner": return UnixFileMode.UserExecute;
            case "group": return UnixFileMode.GroupExecute;
            case "other": return UnixFileMode.OtherExecute;
            case "any": return UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
            case var text:
                fields.Refuse("isExecutableBy", $"expected owner, group, other or any, found {Quotation.Of(text)}");
                return UnixFileMode.None;
        }
    }

    // 'env' is what older files of the same version call the variables.
    private static MetadataTest Metadata(YamlFields fields) => new()
    {
        Variables = fields.Maps("envVars", Expected).AddRange(fields.Maps("env", Expected)),
        UnboundVariables = fields.Maps("unboundEnvVars", unbound => (unbound.Needed("key"), unbound.Text("value"), unbound.Switch("isRegex")).Item1),
        Labels = fields.Maps("labels", Expected),
        ExposedPorts = fields.Texts("exposedPorts") ?? [],
        UnexposedPorts = fields.Texts("unexposedPorts") ?? [],
        Volumes = fields.Texts("volumes") ?? [],
        UnmountedVolumes = fields.Texts("unmountedVolumes") ?? [],
        Entrypoint = fields.Texts("entrypoint"),
        Command = fields.Texts("cmd"),
        WorkingDirectory = fields.Text("workdir") is { Length: > 0 } folder ? folder : null,
        User = fields.Text("user") is { Length: > 0 } user ? user : null,
    };

    private static ContentExpectation Expectation(YamlFields fields, string expected, string excluded) => new(fields.Patterns(expected), fields.Patterns(excluded));

    private void Report(int line, string key, string words) => _mistakes.Add(new StructureTestMistake(_file, line, key, words));

    // As ls prints it, and as Go does, which puts a letter for each of setuid, setgid and sticky before the rest.
    [GeneratedRegex("^[-dalTLDpSugct?]{1,5}(?:[r-][w-][xsStT-]){3}$", RegexOptions.CultureInvariant)]
    private static partial Regex Mode();
}
