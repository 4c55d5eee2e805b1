using ContainerSdk.Dockerfiles;
using ContainerSdk.Engines.Receipts;
using Xunit;

namespace ContainerSdk.Engines.Tests.Receipts;

public sealed class ContextFilesTests
{
    [Fact]
    public void FindsWhatIsAdmittedFilesAndFoldersInTheOrderOfTheirNames()
    {
        using var folder = new TempFolder();
        foreach (var path in new[] { "app/b.cs", "app/a.cs", "app/B.cs", "app/obj/x", "app/obj/sdk/y", "app/sub/c.cs", "lib/z", "top" }) Write(folder, path);
        Directory.CreateDirectory(folder["app/empty"]);

        Assert.Equal(["app", "app/B.cs", "app/a.cs", "app/b.cs", "app/empty", "app/obj/sdk", "app/obj/sdk/y", "app/sub", "app/sub/c.cs", "top"], Find(folder, "**\n!app/**\n!app\napp/**/obj\n!app/obj/sdk/**\n!app/obj/sdk\n!top\n!missing\n"));
    }

    [Fact]
    public void LinksAreNotFollowed()
    {
        using var folder = new TempFolder();
        using var outside = new TempFolder();
        Write(outside, "x");
        Write(folder, "app/a");
        Directory.CreateSymbolicLink(folder["app/folder"], outside.Root);
        Directory.CreateSymbolicLink(folder["app/loop"], folder["app"]);
        File.CreateSymbolicLink(folder["app/file"], "a");
        File.CreateSymbolicLink(folder["app/broken"], "nowhere");
        Directory.CreateSymbolicLink(folder["link"], folder["app"]);

        Assert.Equal(["app/a", "app/broken", "app/file", "app/folder", "app/loop", "link"], Find(folder, "**\n!app/**\n!link\n"));
    }

    [Fact]
    public void WithoutADenialEverythingIsFound()
    {
        using var folder = new TempFolder();
        Write(folder, "a");
        Write(folder, "b/c");

        Assert.Equal(["a", "b", "b/c"], Find(folder, ""));
    }

    private static void Write(TempFolder folder, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[path])!);
        File.WriteAllText(folder[path], path);
    }

    private static IEnumerable<string> Find(TempFolder folder, string ignored) => ContextFiles.Find(folder.Root, DockerIgnoreFile.Parse(ignored)).Keys;
}
