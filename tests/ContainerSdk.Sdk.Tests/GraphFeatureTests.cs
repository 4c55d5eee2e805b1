using System.Text;
using System.Text.Json;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.Sdk.Tests;

/// <summary>What a project graph can do, one small repository each: what is restored from, what is compiled, and the whole ignore file.</summary>
public sealed class GraphFeatureTests
{
    public static TheoryData<string> Features => [.. GraphFeature.Names];

    /// <summary>UPDATE_GOLDEN=1 rewrites the expectations.</summary>
    [Theory]
    [MemberData(nameof(Features))]
    public void TheContextIsExactlyTheClosure(string name)
    {
        using var workspace = new Workspace();
        var feature = GraphFeature.Read(name);
        feature.WriteTo(workspace);
        var target = File.Exists(Path.Combine(workspace.Root, "App.slnx")) ? "App.slnx" : "app";

        var result = workspace.DotNet(".", "msbuild", target, "-t:ContainerDockerfile", "-p:Configuration=Release", "-nologo", "-v:m");

        var actual = Described(workspace, result).Replace(PackedSdk.Version, "VERSION", StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1") feature.Accept(actual);
        else Assert.Equal(feature.Expected, actual);
        workspace.Passed = true;
    }

    private static string Described(Workspace workspace, CommandResult result)
    {
        var text = new StringBuilder();
        foreach (var line in result.LinesWith(": error ").Concat(result.LinesWith(": warning ")))
            text.Append(line.Replace(workspace.Root, "ROOT", StringComparison.Ordinal).Split(" [")[0]).Append('\n');
        var folder = Directory.EnumerateFiles(workspace.Root, "plan.json", SearchOption.AllDirectories).Select(path => Path.GetDirectoryName(path)).SingleOrDefault();
        if (folder is null) return text.ToString();
        using var plan = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "plan.json")));
        var builder = plan.RootElement.GetProperty("builders")[0];
        List(text, "restore", builder.GetProperty("restoreInputs"));
        List(text, "sources", builder.GetProperty("sources"));
        Secrets(text, workspace.Root, Path.Combine(folder, "inputs.json"));
        text.Append(Options("restored", builder.GetProperty("restoreCommand"))).Append(Options("published", builder.GetProperty("buildCommand")));
        return text.Append(File.ReadAllText(Path.Combine(folder, "Dockerfile.dockerignore"))).ToString();
    }

    private static void List(StringBuilder text, string kind, JsonElement paths)
    {
        foreach (var path in paths.EnumerateArray()) text.Append(kind).Append(' ').Append(path.GetString()).Append('\n');
    }

    private static void Secrets(StringBuilder text, string root, string path)
    {
        using var inputs = JsonDocument.Parse(File.ReadAllText(path));
        foreach (var item in inputs.RootElement.GetProperty("items").EnumerateArray().Where(item => item.GetProperty("kind").GetString() == "ContainerSecret"))
            text.Append("secret ").Append(item.GetProperty("identity").GetString()).Append(' ').Append(item.GetProperty("metadata").ToString().Replace(root, "ROOT", StringComparison.Ordinal).ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal)).Append('\n');
    }

    // Only what the files decide.
    private static string Options(string verb, JsonElement words)
    {
        var all = words.EnumerateArray().Select(word => word.GetString()!).ToArray();
        string[] kept = [.. all.Where((word, i) => word.StartsWith("-p:RuntimeIdentifier=", StringComparison.Ordinal) || word == "-p:RestoreLockedMode=true" || word == "-r" || (i > 0 && all[i - 1] == "-r") || word.StartsWith("--source=.", StringComparison.Ordinal))];
        return kept is ["-p:RuntimeIdentifier=linux-x64"] or ["-r", "linux-x64"] ? "" : $"{verb} with {(kept.Length == 0 ? "no runtime identifier" : string.Join(' ', kept))}\n";
    }
}
