using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>ContainerEngine=embedded: what podman, skopeo and umoci make of the image.</summary>
public sealed class EmbeddedInteropTests
{
    private static readonly Dictionary<string, string> AsItIs = [];

    [InteropFact]
    public async Task OneArchiveRunsInDockerAndInPodmanUnderAllItsNames()
    {
        using var workspace = new Workspace();
        var project = new ScratchProject(workspace);
        var archive = Path.Combine(workspace.Root, "api.tar");

        project.Publish(AsItIs, "-p:ContainerRepository=e2e/both", "-p:ContainerImageTags=1.0 latest", $"-p:ContainerArchiveOutputPath={archive}").Expect();

        foreach (var engine in new[] { "docker", "podman" })
        {
            CommandLine.Run(workspace.Root, engine, "load", "--input", archive).Expect();
            using (var container = RunningContainer.In(engine, "docker.io/e2e/both:1.0"))
            {
                Assert.Equal("Hello from a container\n", await container.GetAsync("/"));
                Assert.Equal("1654:1654", container.ProcessIds());
            }

            CommandLine.Run(workspace.Root, engine, "rmi", "docker.io/e2e/both:1.0", "docker.io/e2e/both:latest").Expect();
        }

        workspace.Passed = true;
    }

    [InteropFact]
    public async Task PodmanGetsTheImageWhereThereIsNoDocker()
    {
        using var workspace = new Workspace();
        var project = new ScratchProject(workspace);
        var withoutDocker = MachineWithout.Commands(workspace, "docker");
        string[] arguments = ["-p:ContainerRepository=e2e/to-podman", "-p:ContainerImageTags=1.0 latest"];

        project.Publish(withoutDocker, arguments).Expect();
        var again = project.Publish(withoutDocker, arguments).Expect();

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(project.Configuration))), CommandLine.Run(workspace.Root, "podman", "image", "inspect", "--format", "{{.Id}}", "docker.io/e2e/to-podman:1.0").Expect().Output);
        Assert.Equal(["api -> docker.io/e2e/to-podman:1.0 (up to date)", "api -> docker.io/e2e/to-podman:latest (up to date)"], again.LinesWith("e2e/to-podman"));
        using (var container = RunningContainer.In("podman", "e2e/to-podman"))
        {
            Assert.Equal("Hello from a container\n", await container.GetAsync("/"));
            Assert.Equal("1654:1654", container.ProcessIds());
        }

        CommandLine.Run(workspace.Root, "podman", "rmi", "docker.io/e2e/to-podman:1.0", "docker.io/e2e/to-podman:latest").Expect();
        workspace.Passed = true;
    }

    [InteropFact]
    public void SkopeoCopiesItByteForByteAndUmociUnpacksIt()
    {
        using var workspace = new Workspace();
        var project = new ScratchProject(workspace);
        string Run(string command, params ReadOnlySpan<string> arguments) => CommandLine.Run(workspace.Root, command, arguments).Expect().Output;

        project.Publish(AsItIs, "-p:ContainerRepository=e2e/skopeo", "-p:ContainerArchiveOutputPath=../api.tar").Expect();
        var digest = project.PublishedDigest(AsItIs, "-p:ContainerRepository=e2e/skopeo", $"-p:ContainerRegistry={Registry.Open}");

        Run("skopeo", "copy", "--quiet", "oci-archive:api.tar", "oci:layout:archive");
        Run("skopeo", "copy", "--quiet", "--src-tls-verify=false", $"docker://{Registry.Open}/e2e/skopeo", "oci:layout:registry");
        foreach (var image in new[] { "oci:layout:archive", "oci:layout:registry" })
        {
            using var inspection = JsonDocument.Parse(Run("skopeo", "inspect", image));
            var values = inspection.RootElement;
            Assert.Equal(digest, values.GetProperty("Digest").GetString());
            Assert.Equal(project.Layers(), values.GetProperty("Layers").EnumerateArray().Select(layer => layer.GetString()!));
            Assert.Equal("a \"b\" $c", values.GetProperty("Labels").GetProperty("com.example.text").GetString());
            Assert.Equal(project.Manifest, Run("skopeo", "inspect", "--raw", image));
            Assert.Equal(project.Configuration, Run("skopeo", "inspect", "--raw", "--config", image));
        }

        Run("umoci", "unpack", "--image", "layout:archive", "bundle");
        var unpacked = Run("find", "bundle/rootfs", "-mindepth", "1", "-printf", "%m %U:%G /%P\n").Split('\n').Order(StringComparer.Ordinal).ToArray();
        Run("docker", "load", "--input", "api.tar");
        Assert.Equal(ImageContent.Of("e2e/skopeo").Layers.SelectMany(layer => layer).Select(entry => entry.TrimEnd('/')).Distinct().Order(StringComparer.Ordinal), unpacked);
        Assert.Equal(
            ["644 0:0 /app/api.dll", "644 0:0 /etc/api/deep/a.json", "755 0:0 /app/api", "755 0:0 /etc/api", "755 0:0 /etc/api/deep", "755 7:8 /usr/local/bin/tool.sh"],
            unpacked.Where(entry => entry.Split(' ')[2] is "/app/api.dll" or "/app/api" or "/etc/api" or "/etc/api/deep" or "/etc/api/deep/a.json" or "/usr/local/bin/tool.sh"));
        Docker.Run("rmi", "e2e/skopeo");
        workspace.Passed = true;
    }
}
