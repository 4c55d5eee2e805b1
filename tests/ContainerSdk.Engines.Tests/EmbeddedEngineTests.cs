using System.Formats.Tar;
using System.Text.Json.Nodes;
using ContainerSdk.Dockerfiles;
using ContainerSdk.Engines.Archives;
using ContainerSdk.Engines.Embedded;
using ContainerSdk.Images;
using ContainerSdk.Images.Layers;
using ContainerSdk.Plan;
using Xunit;

namespace ContainerSdk.Engines.Tests;

public sealed class EmbeddedEngineTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly RecordingReporter _reporter = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Archive => _folder["state/embedded/image.tar"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task WithoutAnEngineTheImageIsAnArchive()
    {
        var engine = Engine();
        var image = (await engine.BuildAsync(await RequestAsync(), _reporter, Token))!;

        Assert.Equal(new ImagePlace($"local archive at '{Archive}'", Archive), await engine.TagAsync(await RequestAsync(), image, _reporter, Token));

        Assert.Equal(image, (await engine.FindAsync(image.Id, image.References, Token))! with { References = image.References, Layers = image.Layers });
        Assert.Equal(["index.json", "manifest.json", "oci-layout"], Entries().Where(name => !name.StartsWith("blobs", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Null(await engine.FindAsync("sha256:aa", image.References, Token));
        File.Delete(Archive);
        Assert.Null(await engine.FindAsync(image.Id, image.References, Token));
        Assert.Equal("step   [base] scratch\n", _reporter.Text);
    }

    [Fact]
    public async Task TheSameFilesMakeTheSameImage()
    {
        var first = (await Engine().BuildAsync(await RequestAsync(), _reporter, Token))!;
        var second = (await Engine().BuildAsync(await RequestAsync(), _reporter, Token))!;

        Assert.Equal((first.Id, first.Digest), (second.Id, second.Digest));
    }

    [Fact]
    public async Task TwentyPublishesShareTheCacheWithoutAWrongByte()
    {
        var request = await RequestAsync();
        var archives = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(
            async () =>
            {
                var engine = new EmbeddedEngine(new EmbeddedHost(_folder["cache"], _folder[$"state-{i}"], _folder.Root, _ => null, TimeProvider.System) { LocalEngines = [] });
                var image = (await engine.BuildAsync(request, new RecordingReporter(), Token))!;
                return (await engine.TagAsync(request, image, new RecordingReporter(), Token))!.Archive!;
            },
            Token)));

        var contents = await Task.WhenAll(archives.Select(archive => File.ReadAllBytesAsync(archive, Token)));
        Assert.All(contents, content => Assert.Equal(contents[0], content));
        Assert.Empty(Directory.GetFiles(_folder["cache/unfinished"]));
    }

    [Fact]
    public async Task AnEngineThatAnswersGetsTheImage()
    {
        using var docker = new FakeDocker("""case "$1" in load) cat > "$0.input" ;; image) cat "$0.id" ;; esac""");
        var engine = Engine(docker.Command);
        var image = (await engine.BuildAsync(await RequestAsync(), _reporter, Token))!;

        Assert.Equal(new ImagePlace($"local registry via '{docker.Command}'", null) { KeepsDigest = false }, await engine.TagAsync(await RequestAsync(), image, _reporter, Token));

        Assert.False(File.Exists(Archive));
        Assert.Contains("manifest.json", Entries(docker.Command + ".input"));
        await File.WriteAllTextAsync(docker.Command + ".id", image.Id + "\n", Token);
        Assert.NotNull(await engine.FindAsync(image.Id, image.References, Token));
        await File.WriteAllTextAsync(docker.Command + ".id", "sha256:other\n", Token);
        Assert.Null(await engine.FindAsync(image.Id, image.References, Token));
        Assert.Equal(["version --format {{.Server.Version}}", "load", "image inspect --format {{json .RepoDigests}} docker.io/library/api:1.4", "image inspect --format {{.Id}} docker.io/library/api:1.4", "image inspect --format {{.Id}} docker.io/library/api:1.4"], docker.Calls);
    }

    [Fact]
    public async Task CSDK3016_AnEngineThatDoesNotTakeTheImage()
    {
        using var docker = new FakeDocker("""case "$1" in load) echo 'no space left on device' >&2; exit 1 ;; esac""");
        var engine = Engine(docker.Command);
        var image = (await engine.BuildAsync(await RequestAsync(), _reporter, Token))!;

        Assert.Null(await engine.TagAsync(await RequestAsync(), image, _reporter, Token));

        Assert.Equal(
            [$"error CSDK3016: The image is finished, but '{docker.Command} load' does not take it: no space left on device; see what '{docker.Command} info' says, or set ContainerArchiveOutputPath to get the image as a file"],
            _reporter.Diagnostics.Select(diagnostic => diagnostic.ToString()));
    }

    [Theory]
    [InlineData("note.json", null)]
    [InlineData("note.json", "null")]
    [InlineData("note.json", "{}")]
    [InlineData("manifest-1.json", null)]
    [InlineData("manifest-1.json", "{}")]
    [InlineData("configuration-1.json", "{}")]
    public async Task CSDK3017_AnImageWhoseFilesAreGoneOrChanged(string file, string? text)
    {
        var engine = Engine();
        var image = (await engine.BuildAsync(await RequestAsync(), _reporter, Token))!;
        var path = _folder["state/embedded/" + file];
        if (text is null) File.Delete(path);
        else await File.WriteAllTextAsync(path, text, Token);

        Assert.Null(await engine.FindAsync(image.Id, image.References, Token));
        Assert.Null(await engine.TagAsync(await RequestAsync(), image, _reporter, Token));

        Assert.Equal(
            [$"error CSDK3017: What the embedded engine wrote about the image into '{_folder["state"]}' is gone or was changed; publish again"],
            _reporter.Diagnostics.Select(diagnostic => diagnostic.ToString()));
        Assert.False(File.Exists(Archive));
    }

    [Fact]
    public async Task CSDK4010_ABaseImageWhoseRegistryIsNotThere()
    {
        Assert.Null(await Engine().BuildAsync(await RequestAsync("localhost:1/base:1"), _reporter, Token));

        var diagnostic = Assert.Single(_reporter.Diagnostics).ToString();
        Assert.StartsWith("error CSDK4010: 'localhost:1/base:1' cannot be fetched from its registry: ", diagnostic, StringComparison.Ordinal);
        Assert.EndsWith("; check ContainerBaseImage, and the network and proxy of this machine, or name a mirror that it reaches", diagnostic, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["state/embedded"]));
    }

    [Fact]
    public async Task CSDK4009_ABaseImageWhoseFileIsNotThere()
    {
        var plain = await RequestAsync("example.com/base:1");
        var request = plain with { Plan = plain.Plan with { Runtime = plain.Plan.Runtime with { ImagePath = "base.tar" } } };

        Assert.Null(await Engine().BuildAsync(request, _reporter, Token));
        Assert.False(await Engine().SaveAsync(request, _folder["api.tar"], _reporter, Token));

        Assert.Equal(
            [
                "error CSDK4009: The embedded engine cannot build on 'example.com/base:1': ContainerBaseImagePath 'base.tar' is neither a folder nor a file, nor 'docker:' or 'podman:'; correct ContainerBaseImagePath or ContainerBaseImage",
                $"error CSDK3017: What the embedded engine wrote about the image into '{_folder["state"]}' is gone or was changed; publish again",
            ],
            _reporter.Diagnostics.Select(diagnostic => diagnostic.ToString()));
    }

    [Fact]
    public async Task AnArchiveIsSavedWhereItWasAskedFor()
    {
        var engine = Engine();
        var plain = await RequestAsync();
        var request = plain with { Plan = plain.Plan with { Delivery = new ArchiveDelivery("api.tar") } };
        var image = (await engine.BuildAsync(request, _reporter, Token))!;

        Assert.Equal(new ImagePlace("the cache", null), await engine.TagAsync(request, image, _reporter, Token));
        Assert.True(await engine.SaveAsync(request, _folder["api.tar"], _reporter, Token));

        Assert.False(File.Exists(Archive));
        Assert.Contains("manifest.json", Entries(_folder["api.tar"]));
        Assert.NotNull(await engine.FindAsync(image.Id, image.References, Token));
        Directory.Delete(_folder["cache/blobs"], recursive: true);
        Assert.Null(await engine.FindAsync(image.Id, image.References, Token));
    }

    [Fact]
    public async Task AnArchiveHoldsTheImagesOfAllPlatforms()
    {
        var engine = Engine();
        var request = await SeveralAsync();
        var image = (await engine.BuildAsync(request, _reporter, Token))!;

        Assert.Equal(new ImagePlace($"local archive at '{Archive}'", Archive), await engine.TagAsync(request, image, _reporter, Token));

        Assert.Equal("application/vnd.oci.image.index.v1+json", image.MediaType);
        Assert.Equal(image, (await engine.FindAsync(image.Id, image.References, Token))! with { References = image.References, Layers = image.Layers });
        var index = (await engine.FetchManifestAsync(image.References[0], image.Digest!, [], Token))!;
        Assert.Equal(ImageArchive.ReadManifest(Archive), new ArchivedManifest(index, image.Digest, image.MediaType));
        Assert.Equal(
            ["amd64 amd64 layers/amd64.tar", "arm64 arm64 layers/arm64.tar"],
            JsonNode.Parse(index)!["manifests"]!.AsArray().Select(manifest =>
            {
                var configuration = Blob(Blob(manifest!["digest"]!)["config"]!["digest"]!);
                return $"{manifest["platform"]!["architecture"]} {configuration["architecture"]} layers/{configuration["history"]![0]!["created_by"]!.GetValue<string>().Split(' ')[^1]}.tar";
            }));
        Assert.Equal("step   [base] scratch linux/amd64\nstep   [base] scratch linux/arm64\n", _reporter.Text);
    }

    [Fact]
    public async Task AnEngineGetsTheImageOfThisMachinesPlatform()
    {
        using var docker = new FakeDocker("""case "$1" in load) cat > "$0.input" ;; image) cat "$0.id" ;; esac""");
        var engine = Engine(docker.Command);
        var image = (await engine.BuildAsync(await SeveralAsync(), _reporter, Token))!;

        Assert.Equal(new ImagePlace($"local registry via '{docker.Command}'", null) { Platform = "linux/arm64", KeepsDigest = false }, await engine.TagAsync(await SeveralAsync(), image, _reporter, Token));

        var loaded = ImageArchive.ReadManifest(docker.Command + ".input")!;
        Assert.Equal("application/vnd.oci.image.manifest.v1+json", loaded.MediaType);
        await File.WriteAllTextAsync(docker.Command + ".id", JsonNode.Parse(loaded.Text)!["config"]!["digest"]!.GetValue<string>() + "\n", Token);
        Assert.NotNull(await engine.FindAsync(image.Id, image.References, Token));
        Assert.Equal(image.Id, JsonNode.Parse(loaded.Text)!["config"]!["digest"]!.GetValue<string>());
        await File.WriteAllTextAsync(docker.Command + ".id", "sha256:other\n", Token);
        Assert.Null(await engine.FindAsync(image.Id, image.References, Token));
    }

    [Fact]
    public async Task AnEngineMayKnowTheImageByItsDigest()
    {
        using var docker = new FakeDocker("""case "$1" in load) cat > /dev/null ;; image) cat "$0.digests" ;; esac""");
        var engine = Engine(docker.Command);
        var image = (await engine.BuildAsync(await RequestAsync(), _reporter, Token))!;
        await File.WriteAllTextAsync(docker.Command + ".digests", $"[\"docker.io/library/api@{image.Digest}\"]\n", Token);

        Assert.Equal(new ImagePlace($"local registry via '{docker.Command}'", null), await engine.TagAsync(await RequestAsync(), image, _reporter, Token));
    }

    private EmbeddedEngine Engine(params string[] locals) =>
        new(new EmbeddedHost(_folder["cache"], _folder["state"], _folder.Root, _ => null, new InstantClock()) { LocalEngines = [.. locals], Architecture = "arm64" });

    private async Task<BuildRequest> RequestAsync(string? basis = null)
    {
        var layers = Directory.CreateDirectory(_folder["context/layers/app/app"]);
        await File.WriteAllTextAsync(Path.Combine(layers.FullName, "api"), "code", Token);
        await using (var archive = File.Create(_folder["context/layers/app.tar"])) await LayerArchive.WriteAsync(_folder["context/layers/app"], archive, Token);
        var plan = Requests.Plain.Plan with
        {
            Context = new BuildContext { Root = ".", Include = ["layers/app.tar"], Exclude = [] },
            Builders = [],
            Runtime = Requests.Plain.Plan.Runtime with { Image = basis is null ? null : Requests.Image(basis), Layers = [new AppLayer("layers/app.tar", ContainerPath.Create("/"))], Entrypoint = ["/app/api"] },
        };
        await File.WriteAllTextAsync(_folder["Dockerfile.dockerignore"], DockerIgnoreRenderer.Render(plan), Token);
        return Requests.Plain with { Plan = plan, DockerfilePath = _folder["Dockerfile"], ContextPath = _folder["context"] };
    }

    // The same folder for both, under two names.
    private async Task<BuildRequest> SeveralAsync()
    {
        var one = await RequestAsync();
        foreach (var name in new[] { "amd64", "arm64" }) File.Copy(_folder["context/layers/app.tar"], _folder[$"context/layers/{name}.tar"], overwrite: true);
        var plan = one.Plan with
        {
            Platforms = [new Platform("linux", "amd64"), new Platform("linux", "arm64")],
            Context = new BuildContext { Root = ".", Include = ["layers/amd64.tar", "layers/arm64.tar"], Exclude = [] },
            Runtime = one.Plan.Runtime with { Layers = [.. new[] { "amd64", "arm64" }.Select(name => new AppLayer($"layers/{name}.tar", ContainerPath.Create("/")) { Platform = new Platform("linux", name) })] },
        };
        await File.WriteAllTextAsync(_folder["Dockerfile.dockerignore"], DockerIgnoreRenderer.Render(plan), Token);
        return one with { Plan = plan };
    }

    private JsonNode Blob(JsonNode digest)
    {
        using var stream = File.OpenRead(Archive);
        using var reader = new TarReader(stream);
        while (reader.GetNextEntry() is { } entry)
            if (entry.Name == $"blobs/{digest.GetValue<string>().Replace(':', '/')}") return JsonNode.Parse(entry.DataStream!)!;
        throw new FileNotFoundException(digest.ToString());
    }

    private List<string> Entries(string? archive = null)
    {
        using var stream = File.OpenRead(archive ?? Archive);
        using var reader = new TarReader(stream);
        var names = new List<string>();
        while (reader.GetNextEntry() is { } entry) names.Add(entry.Name);
        return names;
    }

    // Nothing is waited for.
    private sealed class InstantClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
