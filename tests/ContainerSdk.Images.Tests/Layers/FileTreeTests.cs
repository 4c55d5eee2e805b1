using System.Formats.Tar;
using System.Text;
using ContainerSdk.Images.Layers;
using ContainerSdk.Images.Oci;
using Xunit;

namespace ContainerSdk.Images.Tests.Layers;

public sealed class FileTreeTests
{
    [Fact]
    public async Task LaterLayersHideAndRemoveWhatLiesBelow()
    {
        var tree = await TreeAsync(
            ["d etc", "f etc/passwd", "d var", "d var/cache", "f var/cache/a", "f var/cache/b", "d opt", "f opt/tool", "f tmp"],
            ["d var/cache", "f var/cache/.wh..wh..opq", "f var/cache/c", "f opt/.wh.tool", "d tmp", "l etc/passwd ../etc2/passwd"]);

        Assert.Equal(LayerEntryKind.SymbolicLink, tree.Find("etc/passwd")!.Kind);
        Assert.Null(tree.Find("var/cache/a"));
        Assert.NotNull(tree.Find("var/cache/c"));
        Assert.Null(tree.Find("opt/tool"));
        Assert.NotNull(tree.Find("opt"));
        Assert.Equal(LayerEntryKind.Folder, tree.Find("tmp")!.Kind);
    }

    [Theory]
    [InlineData("bin/tool", "usr/bin/tool")]
    [InlineData("/bin/../lib/x", "usr/lib/x")]
    [InlineData("var/run/app", "run/app")]
    [InlineData("new/folder", "new/folder")]
    [InlineData("../../etc", "etc")]
    [InlineData("app/current/a", "srv/releases/7/a")]
    [InlineData("", "")]
    public async Task LinksAreFollowedWithinTheImage(string path, string expected)
    {
        var tree = await TreeAsync(["l bin usr/bin", "l lib usr/lib", "d usr", "d usr/bin", "d usr/lib", "d var", "l var/run /run", "d run", "l app /srv", "d srv", "l srv/current releases/../../srv/releases/7"]);

        Assert.Equal(expected, tree.Resolve(path));
    }

    [Fact]
    public async Task ACircleOfLinksIsRefused()
    {
        var tree = await TreeAsync(["l a b", "l b a"]);

        Assert.Equal("links lead in a circle at '/a/x'", Assert.Throws<InvalidImageException>(() => tree.Resolve("a/x")).Message);
    }

    [Fact]
    public async Task ANameThatLeavesTheImageIsRefused() =>
        Assert.Equal("a layer names '../etc/passwd', which lies outside of the image", (await Assert.ThrowsAsync<InvalidImageException>(() => TreeAsync(["f ../etc/passwd"]))).Message);

    [Fact]
    public async Task WhatIsNoArchiveIsRefused()
    {
        var failure = await Assert.ThrowsAsync<InvalidImageException>(() => new FileTree().AddAsync(new MemoryStream(Encoding.ASCII.GetBytes(new string('x', 2000))), TestContext.Current.CancellationToken));

        Assert.StartsWith("a layer is no readable archive: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheContentOfFilesThatWereAskedForIsKept()
    {
        var tree = new FileTree("etc/passwd");
        await tree.AddAsync(await Tar(["f etc/passwd", "f etc/group"]), TestContext.Current.CancellationToken);

        Assert.Equal("content of etc/passwd", Encoding.UTF8.GetString(tree.Find("etc/passwd")!.Content!.Value.Span));
        Assert.Null(tree.Find("etc/group")!.Content);
    }

    private static async Task<FileTree> TreeAsync(params string[][] layers)
    {
        var tree = new FileTree();
        foreach (var layer in layers) await tree.AddAsync(await Tar(layer), TestContext.Current.CancellationToken);
        return tree;
    }

    // Each line: f or d and a path; l, a path and a target.
    private static async Task<Stream> Tar(string[] lines)
    {
        var stream = new MemoryStream();
        await using (var writer = new System.Formats.Tar.TarWriter(stream, leaveOpen: true))
        {
            foreach (var words in lines.Select(line => line.Split(' ')))
            {
                var type = words[0] switch { "d" => TarEntryType.Directory, "l" => TarEntryType.SymbolicLink, _ => TarEntryType.RegularFile };
                var entry = new PaxTarEntry(type, words[1]);
                if (type == TarEntryType.SymbolicLink) entry.LinkName = words[2];
                if (type == TarEntryType.RegularFile) entry.DataStream = new MemoryStream(Encoding.UTF8.GetBytes("content of " + words[1]));
                await writer.WriteEntryAsync(entry, TestContext.Current.CancellationToken);
            }
        }

        stream.Position = 0;
        return stream;
    }
}
