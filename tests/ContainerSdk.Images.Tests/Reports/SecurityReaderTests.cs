using ContainerSdk.Images.Layers;
using ContainerSdk.Images.Reports;
using Xunit;
using static ContainerSdk.Images.Tests.Reports.MadeUpImage;

namespace ContainerSdk.Images.Tests.Reports;

public sealed class SecurityReaderTests
{
    [Theory]
    [InlineData("", 0L, 0L, "root", true)]
    [InlineData("0:1654", 0L, 1654L, "root", true)]
    [InlineData("root", 0L, 0L, "root", true)]
    [InlineData("app", 1654L, 1654L, "app", false)]
    [InlineData("1654", 1654L, 1654L, "app", false)]
    [InlineData("ops", 7L, 8L, "ops", false)]
    [InlineData("app:logs", 1654L, 40L, "app", false)]
    [InlineData("5000", 5000L, 0L, null, false)]
    [InlineData("5000:60", 5000L, 60L, null, false)]
    [InlineData("nobody", null, 0L, null, false)]
    [InlineData("app:nobody", 1654L, null, "app", false)]
    [InlineData("99999999999", null, 0L, null, false)]
    public void TheUserIsLookedUpInTheImage(string configured, long? id, long? group, string? name, bool isRoot) =>
        Assert.Equal(new ReportedUser { Configured = configured, UserId = id, GroupId = group, Name = name, IsRoot = isRoot }, Read($$"""{"User":"{{configured}}"}""", File("etc/passwd", Passwd), File("etc/group", Group)).User);

    [Fact]
    public void AnImageWithoutAccountsHasNumbersOnly() =>
        Assert.Equal(new ReportedUser { Configured = "1654", UserId = 1654, GroupId = 0, IsRoot = false }, Read("""{"User":"1654"}""").User);

    [Fact]
    public void TheFirstClassThatTheUserIsInDecides() => Assert.Equal(
        ["/app/data-of-others/x", "/by-everybody", "/by-owner", "/by-second-group"],
        Read(
            """{"User":"app","Volumes":{"/app/data":{},"/srv/":{}}}""",
            File("etc/passwd", Passwd), File("etc/group", Group),
            File("by-owner", 1, "200", 1654), File("by-second-group", 1, "020", 0, 40), File("by-everybody", 1, "002", 0, 3), File("app/data-of-others/x", 1, "666"),
            File("owner-may-not", 1, "022", 1654, 1654), File("group-may-not", 1, "002", 0, 1654), File("app/data/x", 1, "666"), File("srv/x", 1, "666"), File("tmp/x", 1, "666"), File("var/tmp/x", 1, "666"),
            File("dev/null", 0, "666"), Folder("folder", "777"), Link("link", "etc/passwd"))
            .WritableByUser!.Paths);

    [Fact]
    public void RootIsNotAskedWhereItMayWrite() => Assert.Null(Read("{}", File("x", 1, "666")).WritableByUser);

    [Fact]
    public void ModesThatAreOfUseToAnIntruderAreFound()
    {
        var security = Read("{}", File("su", 1, "4755"), HardLink("wall", "su", "2755"), Folder("shared", "2777"), Folder("tmp", "1777"), File("open", 1, "666"), Link("l", "su"), File("dev/null", 0, "666"));

        Assert.Equal((2, "/su /wall"), (security.SetIdFiles.Count, string.Join(' ', security.SetIdFiles.Paths)));
        Assert.Equal((2, "/open /shared"), (security.WorldWritable.Count, string.Join(' ', security.WorldWritable.Paths)));
        Assert.Equal((1, "/tmp"), (security.StickyFolders.Count, string.Join(' ', security.StickyFolders.Paths)));
    }

    [Fact]
    public void OnlyTheFirstPathsOfManyAreKept()
    {
        var found = Read("{}", [.. Enumerable.Range(100, 300).Select(index => File($"f{index}", 1, "666"))]).WorldWritable;

        Assert.Equal((300, 50, "/f149"), (found.Count, found.Paths.Length, found.Paths[^1]));
    }

    [Fact]
    public void ProgramsAreFoundThroughLinksAndOnlyIfTheyCanBeRun()
    {
        var security = Read("{}", Link("bin", "usr/bin"), Link("sbin", "sbin"), File("usr/bin/dash", 1, "755"), Link("usr/bin/sh", "/bin/dash"), Link("usr/bin/bash", "nothing"), File("usr/bin/zsh", 1), Folder("usr/local/bin/ksh"), File("usr/sbin/apk", 1, "700"));

        Assert.Equal(["/usr/bin/dash", "/usr/bin/sh"], security.Shells);
        Assert.Equal(["/usr/sbin/apk"], security.PackageManagers);
    }

    [Fact]
    public void PortsBelow1024NeedACapability()
    {
        var security = Read("""{"ExposedPorts":{"8443/tcp":{},"1023/udp":{},"1024":{},"x":{},"00000000080/tcp":{}}}""");

        Assert.Equal([new("00000000080/tcp", false), new("x", false), new("1023/udp", true), new("1024", false), new("8443/tcp", false)], security.Ports);
        Assert.Equal(["NET_BIND_SERVICE"], security.Capabilities);
    }

    [Theory]
    [InlineData("""{"User":5,"ExposedPorts":[],"Volumes":"x","WorkingDir":{}}""")]
    [InlineData("""{"User":null,"ExposedPorts":null,"Volumes":null}""")]
    [InlineData("""{"User":"","ExposedPorts":{}}""")]
    public void AConfigurationOfOtherTypesIsThatOfRoot(string run)
    {
        var security = ImageReporter.Report(Image(run, (false, [])), FactsOf(1)).Security;

        Assert.True(security.User.IsRoot);
        Assert.Empty(security.Ports);
        Assert.Empty(security.Capabilities);
    }

    private static SecurityTable Read(string run, params LayerName[] names) => ImageReporter.Report(Image(run, (false, [.. names])), FactsOf(1)).Security;
}
