using ContainerSdk.Images;
using Xunit;

namespace ContainerSdk.Core.Tests.Images;

public sealed class ImageUserTests
{
    [Theory]
    [InlineData("0", "0", null, false)]
    [InlineData("1654", "1654", null, false)]
    [InlineData("1654:1654", "1654", "1654", false)]
    [InlineData("4294967294", "4294967294", null, false)]
    [InlineData("app", "app", null, true)]
    [InlineData("app:app", "app", "app", true)]
    [InlineData("1654:app", "1654", "app", true)]
    [InlineData("_www-data", "_www-data", null, true)]
    public void ReadsUserAndGroup(string text, string user, string? group, bool isNamed)
    {
        Assert.True(ImageUser.TryParse(text, out var parsed));
        Assert.Equal(new ImageUser(user, group), parsed);
        Assert.Equal((text, isNamed), (parsed.ToString(), parsed.IsNamed));
    }

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("1654\0")]
    [InlineData("app:")]
    [InlineData(":app")]
    [InlineData("a:b:c")]
    [InlineData("App")]
    [InlineData("-app")]
    [InlineData("$APP_UID")]
    [InlineData("app user")]
    [InlineData("app\n")]
    [InlineData("app\nUSER root")]
    [InlineData("4294967295")]
    [InlineData("99999999999")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1654a")]
    [InlineData("a23456789012345678901234567890123")]
    public void RefusesTheRest(string text)
    {
        Assert.False(ImageUser.TryParse(text, out var user));
        Assert.Null(user);
    }

    [Fact]
    public void IsTheAccountOfTheNetImagesUnlessChosen() => Assert.Equal("1654:1654", ImageUser.Default.ToString());
}
