using ContainerSdk.Images;
using Xunit;

namespace ContainerSdk.Core.Tests.Images;

public sealed class ContainerPathTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("//", "/")]
    [InlineData("/app", "/app")]
    [InlineData("/app/", "/app")]
    [InlineData("//app//bin//", "/app/bin")]
    [InlineData("/a b/#c", "/a b/#c")]
    [InlineData("/..data/.hidden/...", "/..data/.hidden/...")]
    [InlineData("/名前/😀", "/名前/😀")]
    public void ReadsAnAbsolutePath(string text, string expected)
    {
        Assert.True(ContainerPath.TryParse(text, out var path));
        Assert.Equal((expected, expected), (path.Value, path.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("app")]
    [InlineData("./app")]
    [InlineData("C:\\app")]
    [InlineData("/a/../b")]
    [InlineData("/a/./b")]
    [InlineData("/..")]
    [InlineData("/a\\")]
    [InlineData("/a\"b")]
    [InlineData("/a'b")]
    [InlineData("/$HOME")]
    [InlineData("/${HOME}")]
    [InlineData("/`id`")]
    [InlineData("/a\nUSER root")]
    [InlineData("/a\tb")]
    [InlineData("/a\u0085")]
    [InlineData("/ a")]
    [InlineData("/a /b")]
    [InlineData("/a ")]
    [InlineData("/a\u00a0")]
    public void RefusesWhatWorkdirWouldReadOtherwise(string text)
    {
        Assert.False(ContainerPath.TryParse(text, out var path));
        Assert.Null(path);
    }

    [Theory]
    [InlineData("/", "", "/")]
    [InlineData("/", "app/", "/app/")]
    [InlineData("/src", "", "/src/")]
    [InlineData("/src", "a/b", "/src/a/b")]
    public void CombinesWithARelativePath(string path, string relative, string expected) =>
        Assert.Equal(expected, ContainerPath.Create(path).Combine(relative));
}
