using System.Formats.Tar;
using ContainerSdk.Images.Layouts;
using ContainerSdk.Images.Oci;
using Xunit;

namespace ContainerSdk.Images.Tests.Layouts;

/// <summary>The archive of one test, as an older docker saves it.</summary>
internal sealed class SavedArchive : IDisposable
{
    public const string List = """[{"Config":"c.json","RepoTags":["app:1"],"Layers":["a/layer.tar"]}]""";

    public static readonly byte[] Layer = TestArchive.Tar(TestArchive.File("app/one", "1"));
    public static readonly byte[] Configuration = """{"architecture":"amd64","os":"linux"}"""u8.ToArray();

    public TestFolder Folder { get; } = new();

    /// <summary>The entries of an image, named by <paramref name="list"/>.</summary>
    public static TarEntry[] Entries(string list = List) =>
        [TestArchive.File("manifest.json", list), TestArchive.File("c.json", Configuration), TestArchive.File("a/layer.tar", Layer)];

    /// <summary>The length of the configuration, by which images are told apart.</summary>
    public static async Task<int> ConfigurationLengthAsync(ArchiveSource source, string wanted)
    {
        var found = await source.FindAsync(wanted, TestContext.Current.CancellationToken);
        return (int)OciJson.ReadManifest(found!.Json.Span).Config.Size;
    }

    public static async Task<byte[]> ReadAsync(ArchiveSource source, Digest digest)
    {
        await using var stream = await source.OpenAsync(new Descriptor { MediaType = "", Digest = digest, Size = 0 }, TestContext.Current.CancellationToken);
        using var content = new MemoryStream();
        await stream.CopyToAsync(content, TestContext.Current.CancellationToken);
        return content.ToArray();
    }

    public void Dispose() => Folder.Dispose();

    public void Write(params TarEntry[] entries) => Write(TestArchive.Tar(entries));

    public void Write(byte[] file) => Folder.Write("app.tar", file);

    public ArchiveSource Open() => new(Folder["app.tar"], Folder["temporary"]);

    /// <summary>Why the archive is refused.</summary>
    public async Task<string> ProblemAsync()
    {
        using var source = Open();
        return (await Assert.ThrowsAsync<InvalidImageException>(() => source.FindAsync("3", TestContext.Current.CancellationToken))).Message;
    }
}
