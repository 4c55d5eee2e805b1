using System.Text.Json;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>Every sample: the embedded engine makes the image that docker makes, or says why it makes none.</summary>
public sealed class ConformanceTests
{
    // What is no .NET is compiled in a builder stage only.
    private static readonly Dictionary<string, string[]> Refusals = new()
    {
        ["hello-go"] = [Toolchain("go")],
        ["hello-java"] = [Toolchain("java")],
        ["hello-node"] = [Toolchain("node")],
        ["hello-python"] = [Toolchain("python")],
        ["hello-rust"] = [Toolchain("rust")],
        ["seeds/alpine-certs-tz"] = [Toolchain("go"), Packages("ca-certificates', 'tzdata")],
        ["seeds/alpine-cmd"] = [Toolchain("go")],
        ["seeds/alpine-hardened"] = [Toolchain("go"), Packages("ca-certificates")],
        ["seeds/alpine-root-binary"] = [Toolchain("go")],
        ["seeds/scratch-static"] = [Toolchain("go")],
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
        if (sample == "hello-aot-static") UseNet9(workspace, $"{sample}/{sample}.csproj");
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
    private static void Compare(Workspace workspace, string sample)
    {
        Publish(workspace, sample, "host", ["-p:ContainerEngine=docker", "-p:ContainerBuildMode=Host"]).Expect();
        Publish(workspace, sample, "embedded", ["-p:ContainerEngine=embedded", .. BaseFile(workspace, sample)]).Expect();
        Publish(workspace, sample, "container", ["-p:ContainerEngine=docker"]).Expect();

        ImageComparison.AssertSame(Image(sample, "host"), Image(sample, "embedded"));
        ImageComparison.AssertSame(Image(sample, "container"), Image(sample, "embedded"), Application(sample));
    }

    // The ahead-of-time compiler of the current framework is not in every feed.
    private static void UseNet9(Workspace workspace, string project) => workspace.Write(project, workspace.Read(project).Replace("net10.0", "net9.0", StringComparison.Ordinal));

    // The inferred base image, out of the engine instead of its registry.
    private static string[] BaseFile(Workspace workspace, string sample)
    {
        var name = Docker.Run("image", "inspect", "--format", """{{index .Config.Labels "org.opencontainers.image.base.name"}}""", Image(sample, "host")).Trim();
        if (name.Length == 0) return [];
        Docker.Run("save", "--output", Path.Combine(workspace.Root, "base.tar"), name);
        return [$"-p:ContainerBaseImagePath={workspace.Root}/base.tar"];
    }

    // What the compiler wrote and the image starts: all else of an application is the same wherever it is compiled.
    private static string[] Application(string sample) =>
        [.. JsonSerializer.Deserialize<string[]>(Docker.Run("image", "inspect", "--format", "{{json .Config.Entrypoint}}", Image(sample, "host")))!.Where(word => word.StartsWith('/'))];

    private static CommandResult Publish(Workspace workspace, string sample, string tag, params string[] arguments) =>
        workspace.DotNet(sample, ["publish", "-t:PublishContainer", "--nologo", $"-p:ContainerRepository={Image(sample, tag).Split(':')[0]}", $"-p:ContainerImageTags={tag}", .. arguments]);

    private static string Image(string sample, string tag) => $"e2e/conform-{sample.Replace('/', '-')}:{tag}";

    private static string Toolchain(string name) =>
        $"CSDK1033: ContainerEngine is 'embedded', for which this machine compiles, but ContainerToolchain '{name}' compiles in a builder stage only; use ContainerEngine 'docker'";

    private static string Packages(string names) =>
        $"CSDK1053: ContainerEngine is 'embedded', which runs nothing inside an image, but ContainerPackage, ContainerCaCertificates or ContainerTimeZoneData ask for '{names}'; use a ContainerBaseImage that has it, or use ContainerEngine 'docker'";
}
