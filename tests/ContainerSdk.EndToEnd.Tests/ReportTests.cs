using System.Globalization;
using System.Text.Json;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>The report of an image beside what engines and other tools say of the same image.</summary>
public sealed class ReportTests
{
    private static readonly Dictionary<string, string> AsItIs = [];

    [InteropFact]
    public void AGoImagesReportSaysWhatDockerSaysAndWhatHasChanged()
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample("hello-go");
        string[] arguments = ["-p:ContainerRepository=e2e/report-go"];

        var first = new Files(workspace, folder, AsItIs, arguments);
        AssertLikeDocker(first, "e2e/report-go");
        Assert.Contains(first.Purls, purl => purl.StartsWith("pkg:golang/stdlib@1.25.", StringComparison.Ordinal));
        Assert.False(first.Report.TryGetProperty("sincePrevious", out _));
        Assert.False(first.Report.GetProperty("sizes").TryGetProperty("compressed", out _));
        Assert.Equal(first.Texts, new Files(workspace, folder, AsItIs, arguments).Texts);

        // What is added to the image is all that the next report finds.
        var kept = workspace.Write("kept.json", first.Texts[0]);
        workspace.Write("hello-go/note.txt", "public\n");
        var project = Path.Combine("hello-go", "app.containerproj");
        workspace.Write(project, workspace.Read(project).Replace("</ItemGroup>", """<ContainerFile Include="note.txt" TargetPath="/app/" /></ItemGroup>""", StringComparison.Ordinal));
        var second = new Files(workspace, folder, AsItIs, [.. arguments, $"-p:ContainerReportBaseline={kept}"]);
        AssertLikeDocker(second, "e2e/report-go");
        foreach (var difference in new[] { "sincePrevious", "sinceBaseline" })
        {
            var since = second.Report.GetProperty(difference);
            Assert.Equal(first.Report.GetProperty("id").GetString(), since.GetProperty("id").GetString());
            Assert.Equal("""{"count":1,"size":7,"largest":[{"path":"/app/note.txt","before":0,"now":7}]}""", JsonSerializer.Serialize(since.GetProperty("added")));
            Assert.Equal(7, since.GetProperty("total").GetProperty("now").GetInt64() - since.GetProperty("total").GetProperty("before").GetInt64());
        }

        workspace.Passed = true;
    }

    [InteropFact]
    public void ADotNetImagesReportSaysWhatDockerSaysAndNamesThePackages()
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample("hello-api");
        var project = Path.Combine("hello-api", "hello-api.csproj");
        workspace.Write(project, workspace.Read(project).Replace("</ItemGroup>", """<PackageReference Include="Newtonsoft.Json" Version="13.0.3" /></ItemGroup>""", StringComparison.Ordinal));

        var files = new Files(workspace, folder, AsItIs, "-p:ContainerRepository=e2e/report-api");

        AssertLikeDocker(files, "e2e/report-api");
        Assert.Contains("pkg:nuget/Newtonsoft.Json@13.0.3", files.Purls);
        Assert.Contains(files.Purls, purl => purl.StartsWith("pkg:deb/", StringComparison.Ordinal));
        Assert.Contains("Newtonsoft.Json.dll", files.Texts[0], StringComparison.Ordinal);
        workspace.Passed = true;
    }

    [DockerFact]
    public void TheReportOfAnImageThatIsThereIsPrintedWithoutABuild()
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample("hello-go");
        string[] command = ["build", "-t:ContainerReport", "--nologo", "-p:Configuration=Release", "-p:ContainerRepository=e2e/report-text"];
        workspace.DotNet(folder, command).Expect();

        var again = workspace.DotNet(folder, command).Expect();

        Assert.Equal(["app -> docker.io/e2e/report-text:latest (up to date)"], again.LinesWith(" -> "));
        Assert.Single(again.LinesWith("docker.io/e2e/report-text:latest (linux/"));
        Assert.Single(again.LinesWith("/app/hello-go"));
        workspace.Passed = true;
    }

    [DockerFact]
    public void TheEmbeddedEnginesImageHasAReportWithoutAnyEngine()
    {
        using var workspace = new Workspace();
        var project = new ScratchProject(workspace);

        var files = new Files(workspace, Path.Combine(workspace.Root, "api"), MachineWithout.Engines(workspace));

        using var manifest = JsonDocument.Parse(project.Manifest);
        using var configuration = JsonDocument.Parse(project.Configuration);
        var compressed = manifest.RootElement.GetProperty("layers").EnumerateArray().Select(layer => layer.GetProperty("size").GetInt64()).ToArray();
        Assert.Equal(compressed, files.Layers.Select(layer => layer.GetProperty("compressedSize").GetInt64()));
        Assert.Equal(compressed.Sum(), files.Report.GetProperty("sizes").GetProperty("compressed").GetInt64());
        Assert.Equal(Strings(configuration.RootElement.GetProperty("rootfs").GetProperty("diff_ids")), files.DiffIds);
        Assert.Equal(files.Report.GetProperty("sizes").GetProperty("uncompressed").GetInt64(), files.Layers.Sum(layer => layer.GetProperty("size").GetInt64()));
        Assert.Contains(files.Purls, purl => purl.StartsWith("pkg:nuget/Microsoft.NETCore.App.Runtime.linux-", StringComparison.Ordinal));
        workspace.Passed = true;
    }

    private static void AssertLikeDocker(Files files, string image)
    {
        Assert.Equal(Docker.Run("image", "inspect", "--format", "{{.Id}} {{.Size}}", image).Trim(), $"{files.Report.GetProperty("id").GetString()} {files.Report.GetProperty("sizes").GetProperty("uncompressed").GetInt64()}");
        using var layers = JsonDocument.Parse(Docker.Run("image", "inspect", "--format", "{{json .RootFS.Layers}}", image));
        Assert.Equal(Strings(layers.RootElement), files.DiffIds);
        // Lines of the history that are no layer have no size.
        var history = Docker.Run("history", "--human=false", "--format", "{{.Size}}", image).Split('\n', StringSplitOptions.RemoveEmptyEntries).Reverse().Select(line => long.Parse(line, CultureInfo.InvariantCulture));
        Assert.Equal(history.Where(size => size > 0), files.Layers.Select(layer => layer.GetProperty("size").GetInt64()).Where(size => size > 0));
        using var other = JsonDocument.Parse(CommandLine.Run(Path.GetTempPath(), "skopeo", "inspect", $"docker-daemon:{image}:latest").Expect().Output);
        Assert.Equal(other.RootElement.GetProperty("Layers").GetArrayLength(), files.Layers.Length);
    }

    private static string[] Strings(JsonElement list) => [.. list.EnumerateArray().Select(text => text.GetString()!)];

    /// <summary>The files that a report leaves behind, in the order in which the item names them.</summary>
    private sealed class Files
    {
        public Files(Workspace workspace, string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
        {
            var output = workspace.DotNet(folder, environment, ["build", "-t:ContainerReport", "--nologo", "-p:Configuration=Release", "-getItem:ContainerReportFile", .. arguments]).Expect().Output;
            using var items = JsonDocument.Parse(output);
            string[] paths = [.. items.RootElement.GetProperty("Items").GetProperty("ContainerReportFile").EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!)];
            Assert.Equal(["report.json", "report.md", "report.html", "sbom.cdx.json"], paths.Select(Path.GetFileName));
            Texts = [.. paths.Select(File.ReadAllText)];
            using var report = JsonDocument.Parse(Texts[0]);
            using var bill = JsonDocument.Parse(Texts[3]);
            Report = report.RootElement.Clone();
            Layers = [.. Report.GetProperty("layers").EnumerateArray()];
            DiffIds = [.. Layers.SelectMany(layer => Strings(layer.GetProperty("diffIds")))];
            Purls = [.. bill.RootElement.GetProperty("components").EnumerateArray().Select(component => component.TryGetProperty("purl", out var purl) ? purl.GetString()! : "")];
        }

        public string[] Texts { get; }

        public JsonElement Report { get; }

        public JsonElement[] Layers { get; }

        public string[] DiffIds { get; }

        public string[] Purls { get; }
    }
}
