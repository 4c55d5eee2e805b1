using ContainerSdk.Dockerfiles;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.Core.Tests.Dockerfiles;

/// <summary>An ignore file decides as an engine does; the end-to-end tests compare it with docker's own builds.</summary>
public sealed class DockerIgnoreFileTests
{
    [Theory]
    [InlineData("", "a/b", true)]
    [InlineData("**", "a/b", false)]
    [InlineData("**|!a", "a", true)]
    [InlineData("**|!a", "a/b", true)]
    [InlineData("**|!a", "ab", false)]
    [InlineData("**|!a/**", "a/b/c", true)]
    [InlineData("**|!a/**", "b/a/c", false)]
    [InlineData("**|!a/**|a/**/obj", "a/obj", false)]
    [InlineData("**|!a/**|a/**/obj", "a/b/obj", false)]
    [InlineData("**|!a/**|a/**/obj", "a/b/obj/c/d", false)]
    [InlineData("**|!a/**|a/**/obj", "a/object", true)]
    [InlineData("**|!a/**|a/**/obj|!a/obj/keep/**", "a/obj/keep/x", true)]
    [InlineData("**|!a/**|a/**/obj|!a/obj/keep/**", "a/obj/lose/x", false)]
    [InlineData("**|!a/**|a/*.user", "a/x.user", false)]
    [InlineData("**|!a/**|a/*.user", "a/b/x.user", true)]
    [InlineData("**|!a/**|a/**/*_test.go", "a/b/x_test.go", false)]
    [InlineData("**|!a/**|a/?", "a/x", false)]
    [InlineData("**|!a/**|a/?", "a/xy", true)]
    [InlineData("**|!a/**|a/[x-z]", "a/y", false)]
    [InlineData("**|!a/**|a/[^x-z]", "a/y", true)]
    [InlineData("**|!a/**|a/x.y", "a/xzy", true)]
    [InlineData("**|!**/*.cs", "a/b/x.cs", true)]
    [InlineData("**|!**/*.cs", "x.cs", true)]
    [InlineData("**|!**/*.cs", "x.csx", false)]
    [InlineData(@"**|!a\*b", "a*b", true)]
    [InlineData(@"**|!a\*b", "axb", false)]
    [InlineData("**|![ ]a[ ]/**", " a /b", true)]
    [InlineData(@"a|\!b", "!b", false)]
    [InlineData(@"a|\#b", "#b", false)]
    [InlineData("# a comment|a", "a", false)]
    [InlineData("\ufeffa|  b  ||/c/|./d//e", "a", false)]
    [InlineData("\ufeffa|  b  ||/c/|./d//e", "b", false)]
    [InlineData("\ufeffa|  b  ||/c/|./d//e", "c/x", false)]
    [InlineData("\ufeffa|  b  ||/c/|./d//e", "d/e", false)]
    [InlineData("\ufeffa|  b  ||/c/|./d//e", "d", true)]
    public void TheLastLineThatMatchesDecides(string lines, string path, bool expected) => Assert.Equal(expected, File(lines).Admits(path));

    [Theory]
    [InlineData("", "")]
    [InlineData("a", "")]
    [InlineData("**|!a/**|!b/c.txt", "a b/c.txt")]
    [InlineData("**|!**/*.cs", "")]
    [InlineData("**|!a/**/x/*.cs|!a\\*b/**", "a a*b")]
    public void OnlyThePlacesThatALineAllowsAreLookedAt(string lines, string expected) => Assert.Equal(expected, string.Join(' ', File(lines).Starts.Select(start => start.Path)));

    [Theory]
    [InlineData("**|!a/**|a/**/obj", "a/obj", true)]
    [InlineData("**|!a/**|a/**/obj", "a/src", false)]
    [InlineData("**|!a/**/*.cs", "a/src", false)]
    [InlineData("**|!a/**/*.cs|a/src", "a/src", true)]
    public void AFolderIsLeftOutOnceALaterLineShutsIt(string lines, string folder, bool expected)
    {
        var file = File(lines);

        Assert.Equal(expected, file.Ends(folder, file.Starts[0]));
    }

    [Fact]
    public void WhatTheRendererWritesIsReadAsItWasMeant()
    {
        var names = HostileValues.FileNames.Where(name => name.AsSpan().IndexOfAny('*', '?') < 0).ToArray();
        var inputs = SampleInputs.Valid.With("ContainerContextRoot", "/repo").WithItem("ContainerSourceExclude", "/repo/app/", ("Pattern", "**/obj"));
        foreach (var name in names) inputs = inputs.WithItem("ContainerRestoreFile", "/repo/" + name);
        var file = DockerIgnoreFile.Parse(DockerIgnoreRenderer.Render(inputs.Planned()));

        Assert.Equal(names, names.Where(file.Admits));
        Assert.Equal([], names.Where(name => file.Admits(name + "x")));
        Assert.Equal(names, names.Where(name => file.Admits("app/" + name)));
        Assert.Equal([], names.Where(name => file.Admits("app/obj/" + name)));
    }

    private static DockerIgnoreFile File(string lines) => DockerIgnoreFile.Parse(lines.Replace('|', '\n'));
}
