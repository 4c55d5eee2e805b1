using ContainerSdk.Images;
using Xunit;

namespace ContainerSdk.Core.Tests.Images;

/// <summary>The grammar of https://github.com/distribution/reference, row by row.</summary>
public sealed class ImageReferenceTests
{
    private const string Hex = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static string Repeat(char c, int count) => new(c, count);

    [Theory]
    [InlineData("alpine", "docker.io", "library/alpine", null, null)]
    [InlineData("alpine:3.22", "docker.io", "library/alpine", "3.22", null)]
    [InlineData("ubuntu/runtime:jammy", "docker.io", "ubuntu/runtime", "jammy", null)]
    [InlineData("docker.io/ubuntu:jammy", "docker.io", "library/ubuntu", "jammy", null)]
    [InlineData("docker.io/library/ubuntu:jammy", "docker.io", "library/ubuntu", "jammy", null)]
    [InlineData("mcr.microsoft.com/dotnet/runtime", "mcr.microsoft.com", "dotnet/runtime", null, null)]
    [InlineData("mcr.microsoft.com/dotnet/runtime:6.0", "mcr.microsoft.com", "dotnet/runtime", "6.0", null)]
    [InlineData("mcr.microsoft.com/dotnet/runtime@sha256:" + Hex, "mcr.microsoft.com", "dotnet/runtime", null, "sha256:" + Hex)]
    [InlineData("mcr.microsoft.com/dotnet/runtime:6.0@sha256:" + Hex, "mcr.microsoft.com", "dotnet/runtime", "6.0", "sha256:" + Hex)]
    [InlineData("alpine@sha512:" + Hex + Hex, "docker.io", "library/alpine", null, "sha512:" + Hex + Hex)]
    [InlineData("localhost/ubuntu:jammy", "localhost", "ubuntu", "jammy", null)]
    [InlineData("localhost:5000", "docker.io", "library/localhost", "5000", null)]
    [InlineData("localhost:5000/app", "localhost:5000", "app", null, null)]
    [InlineData("localhost:5000/team/app:1", "localhost:5000", "team/app", "1", null)]
    [InlineData("host:54/runtime:6.0", "host:54", "runtime", "6.0", null)]
    [InlineData("host:0/runtime", "host:0", "runtime", null, null)]
    [InlineData("127.0.0.1:5000/app:v1", "127.0.0.1:5000", "app", "v1", null)]
    [InlineData("[::1]/app", "[::1]", "app", null, null)]
    [InlineData("[2001:db8::1]:5000/team/app:1.0", "[2001:db8::1]:5000", "team/app", "1.0", null)]
    [InlineData("Registry/app", "Registry", "app", null, null)]
    [InlineData("a.b-c.d/x", "a.b-c.d", "x", null, null)]
    [InlineData("x/a_b/a__b/a.b/a-b/a---b", "docker.io", "x/a_b/a__b/a.b/a-b/a---b", null, null)]
    [InlineData("0aa:9.9_z-Z", "docker.io", "library/0aa", "9.9_z-Z", null)]
    [InlineData("app:_", "docker.io", "library/app", "_", null)]
    public void ReadsEveryPart(string text, string registry, string repository, string? tag, string? digest)
    {
        Assert.True(ImageReference.TryParse(text, out var reference, out var problem), problem);
        Assert.Equal((registry, repository, tag, digest), (reference.Registry, reference.Repository, reference.Tag, reference.Digest));
        Assert.Equal("", problem);
    }

    [Theory]
    [InlineData("alpine", "docker.io/library/alpine")]
    [InlineData("team/app:1", "docker.io/team/app:1")]
    [InlineData("localhost:5000/app:1@sha256:" + Hex, "localhost:5000/app:1@sha256:" + Hex)]
    public void WritesTheCanonicalNameWhichReadsAsItself(string text, string canonical)
    {
        Assert.True(ImageReference.TryParse(text, out var reference, out _));
        Assert.Equal(canonical, reference.ToString());
        Assert.True(ImageReference.TryParse(canonical, out var again, out _));
        Assert.Equal(reference, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" alpine")]
    [InlineData("alpine ")]
    [InlineData("al pine")]
    [InlineData("alpine\n")]
    [InlineData("alpine\nUSER root")]
    [InlineData("alpine\t")]
    [InlineData("alpine@sha256:" + Hex + "@sha256:" + Hex + " x")]
    [InlineData("@sha256:" + Hex)]
    public void RefusesWhatHasNotTheShapeOfAReference(string text) => Refuses(text, "it is not of the form name[:tag][@digest]");

    [Theory]
    [InlineData("Alpine", "the repository must be lower-case")]
    [InlineData("team/App", "the repository must be lower-case")]
    [InlineData("docker.io/Library/alpine", "the repository must be lower-case")]
    [InlineData("$base", "'library/$base' is not a repository path")]
    [InlineData("${BASE}", "the repository must be lower-case")]
    [InlineData("mcr.microsoft.com/", "'' is not a repository path")]
    [InlineData("/alpine", "'/alpine' is not a repository path")]
    [InlineData("a//b", "'a//b' is not a repository path")]
    [InlineData("-foo/bar", "'-foo/bar' is not a repository path")]
    [InlineData("_foo/bar", "'_foo/bar' is not a repository path")]
    [InlineData("foo/bar-", "'foo/bar-' is not a repository path")]
    [InlineData("foo/bar.", "'foo/bar.' is not a repository path")]
    [InlineData("foo/bar_", "'foo/bar_' is not a repository path")]
    [InlineData("foo/a___b", "'foo/a___b' is not a repository path")]
    [InlineData("foo/a..b", "'foo/a..b' is not a repository path")]
    [InlineData("--------", "'library/--------' is not a repository path")]
    [InlineData("app:1:2", "'library/app:1' is not a repository path")]
    [InlineData("[::1]", "'library/[:' is not a repository path")]
    [InlineData("名前", "'library/名前' is not a repository path")]
    [InlineData(".foo/bar", "'.foo' is not a registry host")]
    [InlineData("host:/app", "'host:' is not a registry host")]
    [InlineData("host:port/app", "'host:port' is not a registry host")]
    [InlineData("-host.com/app", "'-host.com' is not a registry host")]
    [InlineData("host-.com/app", "'host-.com' is not a registry host")]
    [InlineData("mcr.mi-=crosoft.com/app", "'mcr.mi-=crosoft.com' is not a registry host")]
    [InlineData("[::g]/app", "'[::g]' is not a registry host")]
    [InlineData("::1/app", "'::1' is not a registry host")]
    [InlineData("app:", "'' is not a tag")]
    [InlineData("app:.6.0", "'.6.0' is not a tag")]
    [InlineData("app:-6.0", "'-6.0' is not a tag")]
    [InlineData("app:1+2", "'1+2' is not a tag")]
    [InlineData("app:$TAG", "'$TAG' is not a tag")]
    [InlineData("app@", "'' is not a digest")]
    [InlineData("app@sha256:0123", "'sha256:0123' is not a digest")]
    [InlineData("app@sha256:0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef",
        "'sha256:0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef' is not a digest")]
    public void RefusesAPartAndSaysWhich(string text, string problem) => Refuses(text, problem);

    [Fact]
    public void TagsHaveAtMost128Characters()
    {
        Assert.True(ImageReference.TryParse("app:" + Repeat('t', 128), out var reference, out _));
        Assert.Equal(Repeat('t', 128), reference.Tag);
        Refuses("app:" + Repeat('t', 129), $"'{Repeat('t', 129)}' is not a tag");
    }

    [Fact]
    public void NamesHaveAtMost255CharactersWithTheRegistry()
    {
        Assert.True(ImageReference.TryParse("a.io/" + Repeat('r', 250), out var reference, out _));
        Assert.Equal(Repeat('r', 250), reference.Repository);
        Refuses("a.io/" + Repeat('r', 251), "the name is longer than 255 characters");
    }

    [Theory]
    [InlineData("mcr.microsoft.com", true)]
    [InlineData("mcr.microsoft.com:5001", true)]
    [InlineData("docker.io", true)]
    [InlineData("[::1]:5000", true)]
    [InlineData("mcr.mi-=crosoft.com", false)]
    [InlineData("mcr.microsoft.com/", false)]
    [InlineData("https://mcr.microsoft.com", false)]
    [InlineData("a.io\n", false)]
    [InlineData("", false)]
    public void KnowsARegistry(string text, bool expected) => Assert.Equal(expected, ImageReference.IsRegistry(text));

    [Theory]
    [InlineData("dotnet/runtime", true)]
    [InlineData("foo/bar", true)]
    [InlineData("registry", true)]
    [InlineData("-foo/bar", false)]
    [InlineData(".foo/bar", false)]
    [InlineData("_foo/bar", false)]
    [InlineData("foo/bar-", false)]
    [InlineData("foo/bar.", false)]
    [InlineData("foo/bar_", false)]
    [InlineData("--------", false)]
    [InlineData("foo\n", false)]
    public void KnowsARepository(string text, bool expected) => Assert.Equal(expected, ImageReference.IsRepository(text));

    [Theory]
    [InlineData("6.0", true)]
    [InlineData("5.2-asd123", true)]
    [InlineData(".6.0", false)]
    [InlineData("-6.0", false)]
    [InlineData("---", false)]
    [InlineData("a\n", false)]
    [InlineData("", false)]
    public void KnowsATag(string text, bool expected) => Assert.Equal(expected, ImageReference.IsTag(text));

    [Theory]
    [InlineData(null, "api", "latest", "docker.io/library/api:latest")]
    [InlineData(null, "team/api", "1.0", "docker.io/team/api:1.0")]
    [InlineData("docker.io", "api", "latest", "docker.io/library/api:latest")]
    [InlineData("localhost:5000", "api", "latest", "localhost:5000/api:latest")]
    [InlineData("localhost", "api", "latest", "localhost/api:latest")]
    public void PutsAReferenceTogether(string? registry, string repository, string tag, string expected) =>
        Assert.Equal(expected, ImageReference.Create(registry, repository, tag).ToString());

    private static void Refuses(string text, string expected)
    {
        Assert.False(ImageReference.TryParse(text, out var reference, out var problem));
        Assert.Null(reference);
        Assert.Equal(expected, problem);
    }
}
