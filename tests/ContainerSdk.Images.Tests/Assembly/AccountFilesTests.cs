using ContainerSdk.Images.Assembly;
using ContainerSdk.Images.Oci;
using ContainerSdk.Plan;
using Xunit;

namespace ContainerSdk.Images.Tests.Assembly;

public sealed class AccountFilesTests
{
    private static readonly AccountFiles Debian = new("root:x:0:0:root:/root:/bin/bash\nwww-data:x:33:33:www:/var/www:/usr/sbin/nologin\n", "root:x:0:\nwww-data:x:33:\nstaff:x:1654:\n");

    [Theory]
    [InlineData("shop", "shop", null, null, "shop:x:1654:1655:shop:/:/sbin/nologin", "shop:x:1655:")]
    [InlineData("shop", "staff", null, null, "shop:x:1654:1654:shop:/:/sbin/nologin", "")]
    [InlineData("shop", "shop", 2000u, 3000u, "shop:x:2000:3000:shop:/:/sbin/nologin", "shop:x:3000:")]
    [InlineData("www-data", "www-data", 33u, null, "", "")]
    public void AnAccountIsOneLineMoreWhereItIsNotThere(string user, string group, uint? userId, uint? groupId, string passwdLine, string groupLine)
    {
        var files = Debian.With(new Account(user, group, userId, groupId));

        Assert.Equal(Debian.Passwd + (passwdLine.Length == 0 ? "" : passwdLine + "\n"), files.Passwd);
        Assert.Equal(Debian.Group + (groupLine.Length == 0 ? "" : groupLine + "\n"), files.Group);
    }

    [Theory]
    [InlineData("shop", "shop", 33u, null, "it gives the number 33 of 'shop' to 'www-data' in /etc/passwd: choose another")]
    [InlineData("shop", "shop", null, 1654u, "it gives the number 1654 of 'shop' to 'staff' in /etc/group: choose another")]
    [InlineData("www-data", "www-data", 34u, null, "it has 'www-data' with the number 33 in /etc/passwd, not 34: use that number")]
    public void ANumberThatIsTakenIsRefused(string user, string group, uint? userId, uint? groupId, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidImageException>(() => Debian.With(new Account(user, group, userId, groupId))).Message);

    [Theory]
    [InlineData("www-data", null, 33, 33)]
    [InlineData("33", null, 33, 33)]
    [InlineData("www-data", "staff", 33, 1654)]
    [InlineData("1654", "1654", 1654, 1654)]
    [InlineData("root", null, 0, 0)]
    public void OwnersAreNumbers(string user, string? group, long userId, long groupId) => Assert.Equal((userId, groupId), Debian.Numbers(new ImageUser(user, group)));

    [Fact]
    public void AnOwnerWhomTheFilesDoNotKnowIsRefused() =>
        Assert.Equal("its /etc/passwd does not know 'nobody'", Assert.Throws<InvalidImageException>(() => Debian.Numbers(new ImageUser("nobody", null))).Message);

    [Fact]
    public void AFileWithoutALastLineBreakGetsOne() =>
        Assert.Equal("root:x:0:0::/:/bin/sh\nshop:x:1654:1654:shop:/:/sbin/nologin\n", new AccountFiles("root:x:0:0::/:/bin/sh", "").With(new Account("shop", "shop", null, null)).Passwd);
}
