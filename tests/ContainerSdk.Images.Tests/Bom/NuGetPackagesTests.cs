using System.Text;
using ContainerSdk.Images.Bom;
using Xunit;

namespace ContainerSdk.Images.Tests.Bom;

public sealed class NuGetPackagesTests
{
    private static readonly string Hash = Convert.ToBase64String(new byte[64]);
    private static readonly string Hex = new('0', 128);

    internal static string Dependencies => $$"""
        {
          "runtimeTarget": { "name": ".NETCoreApp,Version=v10.0/linux-x64" },
          "targets": { ".NETCoreApp,Version=v10.0/linux-x64": { "App/1.0.0": {}, "Only.Compiled/1.0.0": { "compileOnly": true } } },
          "libraries": {
            "App/1.0.0": { "type": "project", "sha512": "" },
            "runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/10.0.12": { "type": "runtimepack", "sha512": "" },
            "Serilog/4.3.0": { "type": "package", "sha512": "sha512-{{Hash}}" },
            "Dapper/2.1.66": { "type": "package", "sha512": "sha512-AAAA" },
            "Only.Compiled/1.0.0": { "type": "package" }
          }
        }
        """;

    private static string Assets => $$"""
        {
          "version": 3,
          "targets": {
            "net10.0": {
              "Everywhere/1.0.0": { "type": "package", "runtime": { "lib/net8.0/Everywhere.dll": {} } }
            },
            "net10.0/linux-x64": {
              "Serilog/4.3.0": { "type": "package", "compile": { "lib/net9.0/Serilog.dll": {} }, "runtime": { "lib/net9.0/Serilog.dll": {} } },
              "Native/1.0.0": { "type": "package", "native": { "runtimes/linux-x64/native/libx.so": {} } },
              "Words/1.0.0": { "type": "package", "resource": { "lib/net8.0/de/Words.resources.dll": { "locale": "de" } } },
              "Analyzer/1.0.0": { "type": "package", "build": { "build/Analyzer.targets": {} } },
              "Reference/1.0.0": { "type": "package", "compile": { "ref/net10.0/Reference.dll": {} }, "runtime": { "lib/net10.0/_._": {} } },
              "Library/1.0.0": { "type": "project", "runtime": { "bin/placeholder/Library.dll": {} } }
            }
          },
          "libraries": { "Serilog/4.3.0": { "sha512": "{{Hash}}", "type": "package" } },
          "project": {
            "frameworks": {
              "net10.0": {
                "downloadDependencies": [
                  { "name": "Microsoft.NETCore.App.Runtime.linux-x64", "version": "[10.0.12, 10.0.12]" },
                  { "name": "Microsoft.NETCore.App.Runtime.linux-arm64", "version": "[10.0.12, 10.0.12]" },
                  { "name": "Microsoft.NETCore.App.Host.linux-x64", "version": "[10.0.12, 10.0.12]" }
                ]
              }
            }
          }
        }
        """;

    [Fact]
    public void AnApplicationNamesItsPackagesAndItsRuntime() => Assert.Equal(
        [new NuGetPackage("Dapper", "2.1.66"), new NuGetPackage("Microsoft.NETCore.App.Runtime.linux-x64", "10.0.12"), new NuGetPackage("Serilog", "4.3.0", Hex)],
        NuGetPackages.OfDependencies(Encoding.UTF8.GetBytes("\ufeff" + Dependencies)));

    [Fact]
    public void ARestoreNamesWhatIsOfUseAtRunTime() => Assert.Equal(
        [new NuGetPackage("Native", "1.0.0"), new NuGetPackage("Serilog", "4.3.0", Hex), new NuGetPackage("Words", "1.0.0")],
        NuGetPackages.OfAssets(Assets, "linux-x64"));

    [Theory]
    [InlineData(null)]
    [InlineData("linux-musl-arm64")]
    public void WithoutARestoreForThePlatformItIsWhatRunsEverywhere(string? runtimeIdentifier) =>
        Assert.Equal([new NuGetPackage("Everywhere", "1.0.0")], NuGetPackages.OfAssets(Assets, runtimeIdentifier));

    [Fact]
    public void ARestoreNamesTheRuntimeOfASelfContainedApplication() =>
        Assert.Equal([new NuGetPackage("Microsoft.NETCore.App.Runtime.linux-x64", "10.0.12")], NuGetPackages.OfRuntime(Assets, "linux-x64"));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"libraries":[],"targets":{"a":1,"b":{"c":null}},"project":{"frameworks":{"x":{"downloadDependencies":[1,{}]}}}}""")]
    [InlineData("""{"libraries":{"\ud800/1":{"type":"package"},"A":{"type":"package"},"/1":{"type":"package"},"A/":{"type":"package"},"B/1":{"type":1}}}""")]
    [InlineData("""{"targets":{"\ud800":{},"a":{"\ud800/1":{"type":"package","runtime":{"a":{}}},"B/1":{"type":"\ud800"},"C":{"type":"package","runtime":{"a":{}}}}}}""")]
    public void WhatIsBrokenNamesNothing(string json)
    {
        Assert.Empty(NuGetPackages.OfDependencies(Encoding.UTF8.GetBytes(json)));
        Assert.Empty(NuGetPackages.OfAssets(json, null));
        Assert.Empty(NuGetPackages.OfAssets(json, "linux-x64"));
        Assert.Empty(NuGetPackages.OfRuntime(json, "linux-x64"));
    }

    [Fact]
    public void NestingWithoutEndNamesNothing() => Assert.Empty(NuGetPackages.OfDependencies(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"libraries\":", 10000)))));
}
