using ContainerSdk.Images;
using Xunit;

namespace ContainerSdk.Core.Tests.Images;

public sealed class NamesTests
{
    [Theory]
    [InlineData("FOO", true)]
    [InlineData("foo_bar", true)]
    [InlineData("ASPNETCORE_URLS", true)]
    [InlineData("ASPNETCORE_URLS2", true)]
    [InlineData("_", true)]
    [InlineData("foo-bar", false)]
    [InlineData("foo.bar", false)]
    [InlineData("foo bar", false)]
    [InlineData("1_NAME", false)]
    [InlineData("A=B", false)]
    [InlineData("A\n", false)]
    [InlineData("$A", false)]
    [InlineData("É", false)]
    [InlineData("", false)]
    public void KnowsAnEnvironmentVariable(string text, bool expected) => Assert.Equal(expected, Names.IsEnvironmentVariable(text));

    [Theory]
    [InlineData("org.opencontainers.image.title", true)]
    [InlineData("com.example/team_a-b", true)]
    [InlineData("0", true)]
    [InlineData(".a", false)]
    [InlineData("-a", false)]
    [InlineData("a b", false)]
    [InlineData("a=b", false)]
    [InlineData("a\"b", false)]
    [InlineData("a$b", false)]
    [InlineData("a\n", false)]
    [InlineData("é", false)]
    [InlineData("", false)]
    public void KnowsALabel(string text, bool expected) => Assert.Equal(expected, Names.IsLabel(text));

    [Theory]
    [InlineData("clang", true)]
    [InlineData("libstdc++6", true)]
    [InlineData("zlib1g-dev", true)]
    [InlineData("python3.11", true)]
    [InlineData("-y", false)]
    [InlineData("a b", false)]
    [InlineData("a;reboot", false)]
    [InlineData("a&&b", false)]
    [InlineData("$(id)", false)]
    [InlineData("`id`", false)]
    [InlineData("a\n", false)]
    [InlineData("", false)]
    public void KnowsAPackage(string text, bool expected) => Assert.Equal(expected, Names.IsPackage(text));

    [Theory]
    [InlineData("1:14.0-55", true)]
    [InlineData("1.2.13.dfsg-1+b1~deb12u1", true)]
    [InlineData("3.2.1-r0", true)]
    [InlineData("1.*", false)]
    [InlineData("1 ", false)]
    [InlineData("1;reboot", false)]
    [InlineData("-1", false)]
    [InlineData("1\n", false)]
    [InlineData("", false)]
    public void KnowsAPackageVersion(string text, bool expected) => Assert.Equal(expected, Names.IsPackageVersion(text));

    [Theory]
    [InlineData("PASSWORD", true)]
    [InlineData("db_password", true)]
    [InlineData("API_KEY", true)]
    [InlineData("APIKEY", true)]
    [InlineData("GITHUB_TOKEN", true)]
    [InlineData("TOKEN_X", true)]
    [InlineData("AUTH", true)]
    [InlineData("CREDENTIALS", true)]
    [InlineData("PWORD", true)]
    [InlineData("CLIENT_SECRET", true)]
    [InlineData("MONKEY", false)]
    [InlineData("KEYBOARD", false)]
    [InlineData("PUBLIC_KEY", false)]
    [InlineData("PASSWORD_FILE", false)]
    [InlineData("TOKEN_VERSION", false)]
    [InlineData("ASPNETCORE_URLS", false)]
    public void KnowsWhatLooksLikeASecret(string text, bool expected) => Assert.Equal(expected, Names.LooksSecret(text));
}
