using System.IO.Compression;
using System.Text;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests.Secrets;

/// <summary>What the search does not find is not there: it finds what was planted, in each kind of place.</summary>
public sealed class SecretSearchTests
{
    private static readonly string Secret = "planted" + Guid.NewGuid().ToString("n");
    private static readonly SecretSearch Search = new(Secret);

    [Fact]
    public void FindsItInAnyEncoding()
    {
        using var workspace = new Workspace();
        workspace.Write("files/plain.txt", $"before {Secret} after");
        workspace.Write("files/base64.txt", Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)));
        File.WriteAllText(Path.Combine(workspace.Root, "files/utf16.txt"), Secret, Encoding.Unicode);
        workspace.Write("files/deep/other.txt", Secret[..^1]);
        using (var gzip = new GZipStream(File.Create(Path.Combine(workspace.Root, "files/packed.gz")), CompressionLevel.Optimal)) gzip.Write(Encoding.UTF8.GetBytes(Secret));

        Assert.Equal(["base64.txt", "packed.gz", "plain.txt", "utf16.txt"], Search.FilesIn(Path.Combine(workspace.Root, "files")));
        workspace.Passed = true;
    }

    [Theory]
    [InlineData(0)]
    [InlineData((1 << 20) - 20)]
    [InlineData(1 << 20)]
    [InlineData((2 << 20) - 1)]
    public void FindsItAcrossBlocks(int offset)
    {
        using var workspace = new Workspace();
        var path = workspace.Write("large", new string('x', offset) + Secret + new string('x', 3 << 20));
        Assert.True(Search.IsInFile(path));
        workspace.Passed = true;
    }

    // MSBuild logs a variable that a project reads, and all of them where it is told to; a variable that nobody reads it does not log.
    [Theory]
    [InlineData("$(PLANTED)", "", true)]
    [InlineData("", "1", true)]
    [InlineData("", "", false)]
    public void FindsAVariableInALogAndABinaryLog(string read, string all, bool expected)
    {
        using var workspace = new Workspace();
        workspace.Write("plant.proj", $"""<Project><PropertyGroup><Read>{read}</Read></PropertyGroup><Target Name="Plant" /></Project>""");

        var log = workspace.DotNet(".", new Dictionary<string, string> { ["PLANTED"] = Secret, ["MSBUILDLOGALLENVIRONMENTVARIABLES"] = all }, "msbuild", "plant.proj", "-v:diagnostic", "-bl").Expect().Output;

        Assert.Equal(expected, Search.IsIn(log));
        Assert.Equal(expected, Search.IsInFile(Path.Combine(workspace.Root, "msbuild.binlog")));
        workspace.Passed = true;
    }

    [Fact]
    public void FindsItInAFileThatABinaryLogHolds()
    {
        using var workspace = new Workspace();
        workspace.Write("plant.proj", """<Project><Import Project="imported.props" /><Target Name="Plant" /></Project>""");
        workspace.Write("imported.props", $"<Project><!-- {Secret} --></Project>");

        workspace.DotNet(".", "msbuild", "plant.proj", "-v:quiet", "-bl").Expect();

        Assert.Contains(SecretSearch.FilesInBinaryLog(Path.Combine(workspace.Root, "msbuild.binlog")), name => name.EndsWith("imported.props", StringComparison.Ordinal));
        Assert.True(Search.IsInFile(Path.Combine(workspace.Root, "msbuild.binlog")));
        workspace.Passed = true;
    }

    [DockerTheory]
    [InlineData("RUN echo {secret} > /x && echo more >> /x", "layers")]
    [InlineData("COPY file /file\nRUN rm /file", "layers")]
    [InlineData("ENV X={secret}", "layers history")]
    [InlineData("ARG X={secret}\nRUN true", "layers history")]
    [InlineData("RUN true", "")]
    public void FindsItInAnImage(string instructions, string places)
    {
        using var workspace = new Workspace();
        workspace.Write("file", Secret);
        var text = instructions.Replace("{secret}", Secret, StringComparison.Ordinal);
        workspace.Write("Dockerfile", $"FROM alpine:3.22\n{text}\n");

        Docker.Run("buildx", "build", "--load", "--tag", "planted", workspace.Root);
        try
        {
            Assert.Equal(places.Split(' ', StringSplitOptions.RemoveEmptyEntries), Search.PlacesInImage("planted").Except(instructions.Contains("echo {secret}", StringComparison.Ordinal) ? ["history"] : []));
        }
        finally
        {
            Docker.Run("rmi", "--force", "planted");
        }

        workspace.Passed = true;
    }
}
