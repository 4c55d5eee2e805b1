using Microsoft.Build.Framework;
using Xunit;

namespace ContainerSdk.Tasks.Tests;

/// <summary>go.mod and go.work in each form that their grammar has.</summary>
public sealed class CollectGoModulesTests : IDisposable
{
    // The project lies in module a.
    private readonly ProjectFolder _folder = new("a");

    [Theory]
    [InlineData("use ./a", "a/")]
    [InlineData("use (\n\t./a\n\t./b // the second\n)", "a/;b/")]
    [InlineData("use (\r\n\t./a\r\n\t\"./c d\"\r\n)\r\n", "a/;c d/")]
    [InlineData("use `./c d`\nuse ./b", "a/;b/;c d/")]
    [InlineData("// use ./b\nuse ./a//b", "a/")]
    [InlineData("use ()", "a/")]
    [InlineData("use .", "")]
    [InlineData("use ./gone", "a/")]
    [InlineData("use ./b\nreplace example.com/x => ./lib/x", "a/;b/;lib/x/")]
    [InlineData("use ./b\nreplace (\n\texample.com/x v1.2.3 => ./lib/x\n\texample.com/y => example.com/z v1.0.0\n)", "a/;b/;lib/x/")]
    public void AWorkspaceIsTheModulesItUsesAndTheProjectsOwn(string text, string folders)
    {
        Write("go.work", "go 1.25.1\n" + text + "\n");
        foreach (var folder in (string[])["a", "b", "c d", "lib/x"]) Write($"{folder}/go.mod", "module example.com/m\n");

        var task = Execute(null);

        Assert.Equal(folders.Split(';'), Relative(task.Sources));
        Assert.Equal(("1.25", false), (task.GoVersion, task.IsVendored));
    }

    [Theory]
    [InlineData("go 1.25", "1.25")]
    [InlineData("go 1.24.2 // at least", "1.24")]
    [InlineData("go 1.26rc1", "1.26")]
    [InlineData("toolchain go1.25.0", null)]
    public void TheVersionIsThatOfTheGoDirective(string directive, string? version)
    {
        Write("a/go.mod", $"module example.com/m\n\n{directive}\n");
        Assert.Equal(version, Execute(null).GoVersion);
    }

    [Fact]
    public void AVendoredWorkspaceBringsItsFilesAlong()
    {
        Write("go.work", "use ./a\n");
        Write("a/go.mod", "module example.com/a\n\ngo 1.25\n");
        Write("vendor/modules.txt", "");

        var task = Execute("true");

        Assert.Equal(["a/", "vendor/", "go.work"], Relative(task.Sources));
        Assert.Equal(["go.work", "a/go.mod"], Relative(task.RestoreFiles));
        Assert.Equal(("1.25", true), (task.GoVersion, task.IsVendored));
    }

    [Fact]
    public void WithoutAModuleThereIsNothing()
    {
        Write("go.work", "use ./a\n");
        Assert.Empty(Execute(null).Sources);
    }

    [Fact]
    public void CSDK1010_AWorkspaceIsTakenOrNot()
    {
        Write("a/go.mod", "module example.com/a\n");
        Assert.False(_folder.Execute(new CollectGoModules { TakesWorkspace = "off" }));
        Assert.Equal([_folder.Error("CSDK1010", "ContainerGoWorkspace is 'off'; expected 'true' or 'false'")], _folder.Log.Problems);
    }

    public void Dispose() => _folder.Dispose();

    private CollectGoModules Execute(string? takesWorkspace)
    {
        var task = new CollectGoModules { TakesWorkspace = takesWorkspace };
        Assert.True(_folder.Execute(task));
        return task;
    }

    private IEnumerable<string> Relative(IEnumerable<ITaskItem> items) => items.Select(item => item.ItemSpec[(_folder.Context.Length + 1)..]);

    private void Write(string path, string text)
    {
        var full = Path.Combine(_folder.Context, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
