using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using ContainerSdk.Images.Bom;
using ContainerSdk.Images.Inspection;
using ContainerSdk.Images.Layers;
using ContainerSdk.Images.Oci;
using Xunit;

namespace ContainerSdk.Images.Tests.Bom;

public sealed class BillOfMaterialsTests
{
    private const string Musl = "P:musl\nV:1.2.5-r10\nA:x86_64\nL:MIT\n\n";

    [Fact]
    public void EachPartSaysWhetherTheBaseBroughtIt()
    {
        var bill = BillOfMaterials.Of(Sample(), [new NuGetPackage("Compiled.In", "3.0.0")]);

        Assert.Equal(
            [
                "Base OperatingSystem alpine@3.22.0",
                "Base Library pkg:apk/alpine/musl@1.2.5-r10?arch=x86_64&distro=alpine-3.22.0",
                "Own Library pkg:apk/alpine/tzdata@2025b-r0?arch=x86_64&distro=alpine-3.22.0",
                "Own Application pkg:golang/example.com/app",
                "Own Library pkg:golang/example.com/fork@v1.0.1",
                "Own Library pkg:golang/stdlib@1.25.1",
                "Own Library pkg:nuget/Compiled.In@3.0.0",
                "Own Library pkg:nuget/Dapper@2.1.66",
                "Base Framework pkg:nuget/Microsoft.NETCore.App.Runtime.linux-x64@10.0.12",
                "Own Library pkg:nuget/Serilog@4.3.0",
            ],
            bill.Components.Select(component => $"{component.Origin} {component.Kind} {component.Reference}"));
    }

    [Fact]
    public void WhatTheBuildRemovedIsNotListed()
    {
        var image = Image([("lib/apk/db/installed", Musl + "P:apk-tools\nV:3\n")], [("lib/apk/db/installed", Musl)]);

        Assert.Equal(["pkg:apk/alpine/musl@1.2.5-r10?arch=x86_64"], BillOfMaterials.Of(image, []).Components.Select(component => component.Reference));
    }

    [Fact]
    public void EveryFileOfADistrolessImageNamesItsPackage()
    {
        var image = Image([("var/lib/dpkg/status.d/base", "Package: base-files\nVersion: 12\nArchitecture: all\n"), ("var/lib/dpkg/status.d/base.md5sums", "Package: no\nVersion: 1\n"), ("var/lib/dpkg/status.d/tz", "Package: tzdata\nVersion: 2025b\n")]);

        Assert.Equal(["pkg:deb/debian/base-files@12?arch=all", "pkg:deb/debian/tzdata@2025b"], BillOfMaterials.Of(image, []).Components.Select(component => component.Reference));
    }

    [Fact]
    public void AnEpochOfAzureLinuxIsAQualifier()
    {
        var image = Image([("var/lib/rpmmanifest/container-manifest-2", "openssl\t3.3-1.azl3\t1\t2\tM\t1\t3\tx86_64\t1\ts"), ("etc/os-release", "ID=azurelinux\nVERSION_ID=3.0")]);

        Assert.Equal(["azurelinux@3.0", "pkg:rpm/azurelinux/openssl@3.3-1.azl3?arch=x86_64&distro=azurelinux-3.0&epoch=1"], BillOfMaterials.Of(image, []).Components.Select(component => component.Reference));
    }

    [Fact]
    public void LinksToTheFilesAreFollowedAndCirclesLeadNowhere()
    {
        LayerName[] names =
        [
            Link("etc/os-release", "../usr/lib/os-release"), Named("usr/lib/os-release", "ID=debian"),
            Link("lib", "usr/lib"), Named("usr/lib/apk/db/installed", Musl),
            Link("var/lib", "/var/lib"),
        ];
        var image = new InspectedImage(ImageConfiguration.Empty(new Platform("linux", "amd64")), [new InspectedLayer([], false, [.. names])]);

        Assert.Equal(["debian@", "pkg:apk/debian/musl@1.2.5-r10?arch=x86_64&distro=debian"], BillOfMaterials.Of(image, []).Components.Select(component => component.Reference));
    }

    [Theory]
    [InlineData("GPL-2.0-only AND (MIT OR BSD-3-Clause) WITH x", true)]
    [InlineData("LGPL-2.1+", true)]
    [InlineData("see the file; COPYING", false)]
    [InlineData("MIT BSD", false)]
    public void ALicenseIsAnExpressionOfSpdxOrNotTold(string text, bool isTold) => Assert.Equal(
        isTold ? text : null,
        Assert.Single(BillOfMaterials.Of(Image([("lib/apk/db/installed", $"P:a\nV:1\nL:{text}\n")]), []).Components).License);

    [Fact]
    public void AnImageThatNamesPackagesWithoutEndIsRefused()
    {
        var image = Image([("lib/apk/db/installed", string.Concat(Enumerable.Range(0, 100_001).Select(number => $"P:{number}\nV:1\n\n")))]);

        Assert.Equal("its files name more than 100000 packages", Assert.Throws<InvalidImageException>(() => BillOfMaterials.Of(image, [])).Message);
    }

    [Fact]
    public void TheSamePackageOfSeveralFilesIsListedOnce()
    {
        const string Text = """{"libraries":{"Serilog/4.3.0":{"type":"package"}}}""";
        var serilog = Assert.Single(BillOfMaterials.Of(Image([("app/b.deps.json", Text), ("app/a.deps.json", Text)]), [new NuGetPackage("Serilog", "4.3.0", "ab")]).Components);

        Assert.Equal(["app/a.deps.json", "app/b.deps.json"], serilog.Files);
        Assert.Equal("ab", serilog.Sha512);
    }

    /// <summary>An image with something of everything.</summary>
    internal static InspectedImage Sample() => Image(
        [
            ("etc/os-release", "ID=alpine\nVERSION_ID=3.22.0\nPRETTY_NAME=\"Alpine Linux v3.22\""),
            ("lib/apk/db/installed", Musl),
            ("usr/share/dotnet/shared/Microsoft.NETCore.App/10.0.12/Microsoft.NETCore.App.deps.json", """{"libraries":{"Microsoft.NETCore.App.Runtime.linux-x64/10.0.12":{"type":"package","sha512":""}}}"""),
        ],
        [
            ("lib/apk/db/installed", Musl + "P:tzdata\nV:2025b-r0\nA:x86_64\nL:Public-Domain\n"),
            ("app/App.deps.json", NuGetPackagesTests.Dependencies),
            ("app/tool", "go1.25.1\npath\texample.com/app\nmod\texample.com/app\t(devel)\t\ndep\texample.com/old\tv1.0.0\n=>\texample.com/Fork\tv1.0.1\th1:def=\n"),
        ]);

    private static InspectedImage Image(params (string Path, string Text)[][] layers) => new(
        ImageConfiguration.Empty(new Platform("linux", "amd64")).With([], [], Array.Empty<JsonObject>(), "2026-01-01T00:00:00Z"),
        [.. layers.Select((files, index) => new InspectedLayer([], index == 0 && layers.Length > 1, [.. files.Select(file => Named(file.Path, file.Text))]))]);

    private static LayerName Named(string path, string text) => new(path, new TreeEntry(LayerEntryKind.File, UnixFileMode.UserRead, 0, 0, "")
    {
        Facts = path.EndsWith("tool", StringComparison.Ordinal) ? new FileFacts { GoModules = text } : new FileFacts { Content = Encoding.UTF8.GetBytes(text) },
    });

    private static LayerName Link(string path, string target) => new(path, new TreeEntry(LayerEntryKind.SymbolicLink, UnixFileMode.UserRead, 0, 0, target));
}
