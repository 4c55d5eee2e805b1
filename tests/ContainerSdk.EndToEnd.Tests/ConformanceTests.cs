using System.Text.Json;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>Every sample: the embedded engine makes the image that docker makes, or says why it makes none.</summary>
public sealed class ConformanceTests(GoHostTests.Compiler go) : IClassFixture<GoHostTests.Compiler>
{
    private const string Native = "hello-aot-static";

    // What this machine cannot compile, and what takes a process inside the image.
    private static readonly Dictionary<string, string[]> Refusals = new()
    {
        ["hello-java"] = [Toolchain("java")],
        ["hello-node"] = [Toolchain("node")],
        ["hello-python"] = [Toolchain("python")],
        ["hello-rust"] = [Toolchain("rust")],
        ["seeds/alpine-certs-tz"] = [Packages("ca-certificates', 'tzdata")],
        ["seeds/alpine-hardened"] = [Packages("ca-certificates")],
    };

    /// <summary>The folders of the samples, each with one project.</summary>
    public static TheoryData<string> Samples => [.. Directory.EnumerateFiles(SamplesFolder, "*.*proj", SearchOption.AllDirectories)
        .Where(project => !project.EndsWith(".proj", StringComparison.Ordinal))
        .Select(project => Path.GetRelativePath(SamplesFolder, Path.GetDirectoryName(project)!).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    private static string SamplesFolder => Path.Combine(RepositoryRoot.Path, "samples");

    [DockerTheory]
    [MemberData(nameof(Samples))]
    public void ASampleIsTheSameImageFromBothEngines(string sample)
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample(sample);
        if (Refusals.TryGetValue(sample, out var refusal))
        {
            var project = Directory.GetFiles(folder, "*.*proj").Single();
            Assert.Equal(refusal.Select(text => $"{project} : error {text}"), Publish(workspace, sample, "refused", "-p:ContainerEngine=embedded").Expect(1).LinesWith("error "));
        }
        else
        {
            Compare(workspace, sample);
        }

        workspace.Passed = true;
    }

    // The host's build first, so that both engines get the same bytes; then docker's own, whose compiler saw other paths.
    private void Compare(Workspace workspace, string sample)
    {
        Publish(workspace, sample, "host", ["-p:ContainerEngine=docker", "-p:ContainerBuildMode=Host"]).Expect();
        Publish(workspace, sample, "embedded", ["-p:ContainerEngine=embedded", .. BaseFile(workspace, sample)]).Expect();
        Publish(workspace, sample, "container", ["-p:ContainerEngine=docker"]).Expect();

        ImageComparison.AssertSame(Image(sample, "host"), Image(sample, "embedded"));
        ImageComparison.AssertSame(Image(sample, "container"), Image(sample, "embedded"), Application(sample));
    }

    // The inferred base image, out of the engine instead of its registry.
    private static string[] BaseFile(Workspace workspace, string sample)
    {
        var name = Docker.Run("image", "inspect", "--format", """{{index .Config.Labels "org.opencontainers.image.base.name"}}""", Image(sample, "host")).Trim();
        if (name.Length == 0) return [];
        Docker.Run("save", "--output", Path.Combine(workspace.Root, "base.tar"), name);
        return [$"-p:ContainerBaseImagePath={workspace.Root}/base.tar"];
    }

    // What the compiler wrote is what the image starts, one of these words. All else of an application is the same wherever it is compiled.
    private static string[] Application(string sample)
    {
        using var document = JsonDocument.Parse(Docker.Run("image", "inspect", "--format", "{{json .Config}}", Image(sample, "host")));
        var folder = document.RootElement.GetProperty("WorkingDir").GetString()!;
        var lists = document.RootElement.EnumerateObject().Where(member => member.Name is "Entrypoint" or "Cmd" && member.Value.ValueKind == JsonValueKind.Array);
        return [.. lists.SelectMany(list => list.Value.EnumerateArray()).Select(word => Path.GetFullPath(word.GetString()!, folder))];
    }

    private CommandResult Publish(Workspace workspace, string sample, string tag, params string[] arguments)
    {
        var path = new Dictionary<string, string> { ["PATH"] = $"{go.Folder}/go/bin:{Environment.GetEnvironmentVariable("PATH")}" };
        if (sample == Native) arguments = [.. arguments, .. PrepareNative(workspace)];
        return workspace.DotNet(sample, path, ["publish", "-t:PublishContainer", "--nologo", $"-p:ContainerRepository={Image(sample, tag).Split(':')[0]}", $"-p:ContainerImageTags={tag}", .. arguments]);
    }

    // The current framework's ahead-of-time compiler is not in every feed. Where its targets are restored already, they fail after the publish: each one starts afresh.
    private static string[] PrepareNative(Workspace workspace)
    {
        var (project, restored) = ($"{Native}/{Native}.csproj", Path.Combine(workspace.Root, Native, "obj"));
        workspace.Write(project, workspace.Read(project).Replace("net10.0", "net9.0", StringComparison.Ordinal));
        if (Directory.Exists(restored)) Directory.Delete(restored, recursive: true);
        return ["--no-restore"];
    }

    private static string Image(string sample, string tag) => $"e2e/conform-{sample.Replace('/', '-')}:{tag}";

    private static string Toolchain(string name) =>
        $"CSDK1033: ContainerEngine is 'embedded', for which this machine compiles, but ContainerToolchain '{name}' compiles in a builder stage only; use ContainerEngine 'docker'";

    private static string Packages(string names) =>
        $"CSDK1053: ContainerEngine is 'embedded', which runs nothing inside an image, but ContainerPackage, ContainerCaCertificates or ContainerTimeZoneData ask for '{names}'; use a ContainerBaseImage that has it, or use ContainerEngine 'docker'";
}
