using ContainerSdk.Images.Bom;
using Xunit;

namespace ContainerSdk.Images.Tests.Bom;

public sealed class PackageDatabasesTests
{
    [Fact]
    public void DebianNamesWhatIsInstalled() => Assert.Equal(
        [new InstalledPackage("adduser", "3.134", "all"), new InstalledPackage("libc6", "2:2.36-9+deb12u14", "amd64")],
        PackageDatabases.OfDpkg(
            """
            Package: adduser
            Status: install ok installed
            Architecture: all
            Version: 3.134
            Description: add and remove users
             Version: 9 is part of this text
             .
             Package: and this

            Package: gone
            Status: deinstall ok config-files
            Architecture: amd64
            Version: 1

            Package: half
            Status: install ok unpacked
            Version: 1

            Package: unversioned
            Status: install ok installed

            Package: libc6
            Status: hold ok installed
            Version: 2:2.36-9+deb12u14
            Architecture: amd64
            """));

    [Fact]
    public void AFileOfOnePackageNeedNotSayThatItIsInstalled() => Assert.Equal(
        [new InstalledPackage("base-files", "12.4+deb12u5", "amd64")],
        PackageDatabases.OfDpkg("Package: base-files\r\nVersion: 12.4+deb12u5\r\nArchitecture: amd64\r\n"));

    [Fact]
    public void AlpineNamesPackagesWithTheirLicenses() => Assert.Equal(
        [new InstalledPackage("musl", "1.2.5-r10", "x86_64", "MIT"), new InstalledPackage("busybox", "1.37.0-r18", "x86_64", "GPL-2.0-only")],
        PackageDatabases.OfApk("C:Q1abc=\nP:musl\nV:1.2.5-r10\nA:x86_64\nS:1\nL:MIT\nF:lib\nR:ld-musl-x86_64.so.1\n\nP:busybox\nV:1.37.0-r18\nA:x86_64\nL:GPL-2.0-only\n\n"));

    [Fact]
    public void AzureLinuxNamesOnePackageALine() => Assert.Equal(
        [new InstalledPackage("glibc", "2.38-12.azl3", "x86_64"), new InstalledPackage("openssl", "1:3.3.5-1.azl3", "x86_64"), new InstalledPackage("short", "1-2")],
        PackageDatabases.OfRpmManifest(
            "glibc\t2.38-12.azl3\t1755000000\t1754000000\tMicrosoft Corporation\t(none)\t6000\tx86_64\t0\tglibc-2.38-12.azl3.src.rpm\n"
            + "openssl\t3.3.5-1.azl3\t1755000000\t1754000000\tMicrosoft Corporation\t1\t6000\tx86_64\t1\topenssl.src.rpm\nshort\t1-2\n\t3\nname\n"));

    [Theory]
    [InlineData("")]
    [InlineData("\n\n\n:\n: x\nPackage\nPackage:\nP:\nV:1\n\0\t\0\n")]
    public void WhatIsNoneOfThemNamesNothing(string text)
    {
        Assert.Empty(PackageDatabases.OfDpkg(text));
        Assert.Empty(PackageDatabases.OfApk(text));
        Assert.Empty(PackageDatabases.OfRpmManifest(text.Replace("\0\t\0", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void ASystemSaysWhichItIs()
    {
        Assert.Equal(
            new SystemRelease("debian", "12", "Debian GNU/Linux 12 (bookworm)"),
            SystemRelease.Parse("PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nVERSION_ID=\"12\"\n# ID=other\nID=debian\nHOME_URL=\"https://www.debian.org/\"\n"));
        Assert.Equal(new SystemRelease("x", null, "a \"b\" $c"), SystemRelease.Parse("ID='x'\r\nVERSION_ID=\r\nPRETTY_NAME=\"a \\\"b\\\" \\$c\""));
        Assert.Equal(new SystemRelease("\"", null, null), SystemRelease.Parse("ID=\""));
        Assert.Null(SystemRelease.Parse("NAME=x\n=\n="));
    }

    [Fact]
    public void AProgramOfGoSaysWhatItIsMadeOf()
    {
        var modules = GoModules.Parse(
            "go1.25.1\npath\texample.com/app/cmd\nmod\texample.com/app\t(devel)\t\ndep\tgolang.org/x/net\tv0.44.0\th1:abc=\ndep\texample.com/old\tv1.0.0\n"
            + "=>\texample.com/fork\tv1.0.1\th1:def=\ndep\texample.com/near\tv2.0.0\n=>\t./near\t(devel)\t\nbuild\tCGO_ENABLED=0\nodd\n\n");

        Assert.Equal(("go1.25.1", "example.com/app/cmd", new GoModule("example.com/app", null, null)), (modules.GoVersion, modules.Package, modules.Main));
        Assert.Equal(
            [
                new GoModule("golang.org/x/net", "v0.44.0", "h1:abc="),
                new GoModule("example.com/old", "v1.0.0", null) { Replacement = new GoModule("example.com/fork", "v1.0.1", "h1:def=") },
                new GoModule("example.com/near", "v2.0.0", null) { Replacement = new GoModule("./near", null, null) },
            ],
            modules.Dependencies);
        Assert.Equal(["CGO_ENABLED=0"], modules.Settings);
    }

    [Theory]
    [InlineData("")]
    [InlineData("go1.25\n=>\tx\tv1\ndep\nmod\ndep\t\n\t\t\t")]
    public void WhatIsNoTextOfGoHasNoModules(string text)
    {
        var modules = GoModules.Parse(text);

        Assert.Empty(modules.Dependencies);
        Assert.Null(modules.Main);
    }

    [Theory]
    [InlineData("pkg:golang/example.com/a%20b@v1.0.0%2Bincompatible", "golang", "example.com/a b", "v1.0.0+incompatible", null)]
    [InlineData("pkg:deb/debian/libc6@1:2.36-9~b?arch=amd64", "deb", "debian//libc6/", "1:2.36-9~b", "amd64")]
    [InlineData("pkg:nuget/A%40b%25%3F%23@1?arch=x%2Fy%26%C3%A4", "nuget", "A@b%?#", "1", "x/y&ä")]
    [InlineData("pkg:nuget/A", "nuget", "A", "", "")]
    public void NamesOfPackagesAreEscaped(string expected, string type, string path, string version, string? architecture) =>
        Assert.Equal(expected, PackageUrl.Of(type, path, version, ("arch", architecture)));

    [Fact]
    public void TheirQualifiersAreSorted() => Assert.Equal("pkg:oci/a?arch=x&tag=1", PackageUrl.Of("oci", "a", null, ("tag", "1"), ("epoch", null), ("arch", "x")));
}
