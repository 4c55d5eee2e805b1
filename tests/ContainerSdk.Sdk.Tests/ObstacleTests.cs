using Xunit;

namespace ContainerSdk.Sdk.Tests;

/// <summary>Combinations of a .NET project and a base image that would make an image which cannot be pulled or cannot start: each says so, before anything is built.</summary>
public sealed class ObstacleTests
{
    private const string Web = "Microsoft.NET.Sdk.Web";
    private const string Console = "Microsoft.NET.Sdk";
    private const string Mcr = "mcr.microsoft.com/dotnet/";
    private const string Musl = "<RuntimeIdentifier>linux-musl-x64</RuntimeIdentifier>";
    private const string Glibc = "<RuntimeIdentifier>linux-x64</RuntimeIdentifier>";
    private const string Dependent = "<SelfContained>false</SelfContained>";
    private const string SelfContained = "<SelfContained>true</SelfContained>";
    private const string Aot = "<PublishAot>true</PublishAot>";
    private const string Invariant = "<InvariantGlobalization>true</InvariantGlobalization>";
    private const string StaticAot = Aot + Invariant + "<ContainerStaticLink>true</ContainerStaticLink>";

    private static readonly (string Sdk, string Framework, string Properties, string Items, string Said)[] Rows =
    [
        // The compiling machine's libraries for an image that has its own.
        (Console, "net10.0", Base(Mcr + "runtime-deps:10.0") + Glibc + SelfContained + "<ContainerRuntimeClosure>true</ContainerRuntimeClosure><ContainerBuildMode>Host</ContainerBuildMode>", "",
            $"error CSDK1054: ContainerRuntimeClosure is true, but ContainerBaseImage is '{Mcr}runtime-deps:10.0', which has a C library of its own; set ContainerBaseImage to scratch, or remove ContainerRuntimeClosure"),
        (Console, "net10.0", Base("scratch") + Glibc + SelfContained + "<ContainerRuntimeClosure>true</ContainerRuntimeClosure>", "",
            ""),
        (Console, "net10.0", Base("scratch") + Glibc + SelfContained + "<ContainerRuntimeClosure>true</ContainerRuntimeClosure><ContainerEngine>embedded</ContainerEngine>", "", ""),

        // One C library in the image, another in the application.
        (Console, "net10.0", Family("noble") + Musl + Dependent + Invariant, "",
            "error CSDK1038: ContainerFamily is 'noble', which holds glibc, and what is built for 'linux-musl-x64' needs musl; set ContainerFamily to alpine, or use a runtime identifier without musl, such as linux-x64"),
        (Console, "net10.0", Family("noble-chiseled") + Musl + SelfContained + Invariant, "",
            "error CSDK1038: ContainerFamily is 'noble-chiseled', which holds glibc, and what is built for 'linux-musl-x64' needs musl; set ContainerFamily to alpine, or use a runtime identifier without musl, such as linux-x64"),
        (Console, "net9.0", Family("bookworm-slim") + Musl + Dependent + Invariant, "",
            "error CSDK1038: ContainerFamily is 'bookworm-slim', which holds glibc, and what is built for 'linux-musl-x64' needs musl; set ContainerFamily to alpine, or use a runtime identifier without musl, such as linux-x64"),
        (Console, "net8.0", Family("jammy-chiseled") + Musl + Dependent + Invariant, "",
            "error CSDK1038: ContainerFamily is 'jammy-chiseled', which holds glibc, and what is built for 'linux-musl-x64' needs musl; set ContainerFamily to alpine, or use a runtime identifier without musl, such as linux-x64"),
        (Console, "net10.0", Family("azurelinux3.0") + Musl + Dependent + Invariant, "",
            "error CSDK1038: ContainerFamily is 'azurelinux3.0', which holds glibc, and what is built for 'linux-musl-x64' needs musl; set ContainerFamily to alpine, or use a runtime identifier without musl, such as linux-x64"),
        (Web, "net10.0", Family("alpine") + Glibc + Dependent + Invariant, "",
            "error CSDK1038: ContainerFamily is 'alpine', which holds musl, and what is built for 'linux-x64' needs glibc; use a runtime identifier with musl, such as linux-musl-x64, or name none"),
        (Web, "net10.0", Family("alpine3.23") + "<ContainerRuntimeIdentifier>linux-arm64</ContainerRuntimeIdentifier>" + Invariant, "",
            "error CSDK1038: ContainerFamily is 'alpine3.23', which holds musl, and what is built for 'linux-arm64' needs glibc; use a runtime identifier with musl, such as linux-musl-arm64, or name none"),
        (Console, "net10.0", Base("alpine:3.22") + Glibc + SelfContained, "",
            "error CSDK1038: ContainerBaseImage is 'alpine:3.22', which holds musl, and the native code that is built for 'linux-x64' needs glibc; use a runtime identifier with musl, such as linux-musl-x64, or name none"),
        (Console, "net10.0", Base("registry.example.com/base/alpine@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef") + Glibc + Aot, "",
            "error CSDK1038: ContainerBaseImage is 'registry.example.com/base/alpine@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef', which holds musl, and the native code that is built for 'linux-x64' needs glibc; use a runtime identifier with musl, such as linux-musl-x64, or name none"),
        (Console, "net10.0", Base(Mcr + "runtime-deps:10.0-alpine") + Glibc + "<PublishSingleFile>true</PublishSingleFile>", "",
            $"error CSDK1038: ContainerBaseImage is '{Mcr}runtime-deps:10.0-alpine', which holds musl, and the native code that is built for 'linux-x64' needs glibc; use a runtime identifier with musl, such as linux-musl-x64, or name none"),
        (Console, "net10.0", Base(Mcr + "runtime:10.0-alpine") + Glibc + Dependent, """<ContainerAppCommand Include="/app/app" />""",
            $"error CSDK1038: ContainerBaseImage is '{Mcr}runtime:10.0-alpine', which holds musl, and the native code that is built for 'linux-x64' needs glibc; use a runtime identifier with musl, such as linux-musl-x64, or name none"),
        (Console, "net10.0", Base(Mcr + "runtime-deps:10.0") + Musl + SelfContained, "",
            $"error CSDK1038: ContainerBaseImage is '{Mcr}runtime-deps:10.0', which holds glibc, and the native code that is built for 'linux-musl-x64' needs musl; use a base image of alpine, or a runtime identifier without musl, such as linux-x64"),
        (Console, "net10.0", Base("debian:bookworm-slim") + Musl + Aot, "",
            "error CSDK1038: ContainerBaseImage is 'debian:bookworm-slim', which holds glibc, and the native code that is built for 'linux-musl-x64' needs musl; use a base image of alpine, or a runtime identifier without musl, such as linux-x64"),
        (Console, "net10.0", Base("docker.io/library/ubuntu:24.04") + Musl + SelfContained, "",
            "error CSDK1038: ContainerBaseImage is 'docker.io/library/ubuntu:24.04', which holds glibc, and the native code that is built for 'linux-musl-x64' needs musl; use a base image of alpine, or a runtime identifier without musl, such as linux-x64"),

        // Families that .NET's version has no images of.
        (Web, "net9.0", Family("jammy"), "",
            "error CSDK1039: ContainerFamily is 'jammy', and .NET 9.0 has no such images; use one of those that it has: alpine, bookworm-slim, noble, noble-chiseled, azurelinux3.0, azurelinux3.0-distroless"),
        (Web, "net10.0", Family("jammy-chiseled"), "",
            "error CSDK1039: ContainerFamily is 'jammy-chiseled', and .NET 10.0 has no such images; use one of those that it has: alpine, noble, noble-chiseled, azurelinux3.0, azurelinux3.0-distroless, resolute, resolute-chiseled"),
        (Web, "net11.0", Family("noble-chiseled"), "",
            "error CSDK1039: ContainerFamily is 'noble-chiseled', and .NET 11.0 has no such images; use one of those that it has: alpine, resolute, resolute-chiseled, azurelinux4.0, azurelinux4.0-distroless"),
        (Web, "net11.0", Family("azurelinux3.0"), "",
            "error CSDK1039: ContainerFamily is 'azurelinux3.0', and .NET 11.0 has no such images; use one of those that it has: alpine, resolute, resolute-chiseled, azurelinux4.0, azurelinux4.0-distroless"),
        (Web, "net9.0", Family("resolute"), "",
            "error CSDK1039: ContainerFamily is 'resolute', and .NET 9.0 has no such images; use one of those that it has: alpine, bookworm-slim, noble, noble-chiseled, azurelinux3.0, azurelinux3.0-distroless"),
        (Web, "net9.0", Family("cbl-mariner2.0-distroless"), "",
            "error CSDK1039: ContainerFamily is 'cbl-mariner2.0-distroless', and .NET 9.0 has no such images; use one of those that it has: alpine, bookworm-slim, noble, noble-chiseled, azurelinux3.0, azurelinux3.0-distroless"),
        (Console, "net10.0", Family("bookworm-slim"), "",
            "error CSDK1039: ContainerFamily is 'bookworm-slim', and .NET 10.0 has no such images; use one of those that it has: alpine, noble, noble-chiseled, azurelinux3.0, azurelinux3.0-distroless, resolute, resolute-chiseled"),
        (Web, "net9.0", Family("jammy-chiseled-composite"), "",
            "error CSDK1039: ContainerFamily is 'jammy-chiseled-composite', and .NET 9.0 has no such images; use one of those that it has: alpine, bookworm-slim, noble, noble-chiseled, azurelinux3.0, azurelinux3.0-distroless"),
        (Console, "net10.0", Family("noble-chiseled-composite") + Invariant, "",
            "error CSDK1039: ContainerFamily is 'noble-chiseled-composite', and composite images are there only for ASP.NET Core applications that ship without .NET; remove '-composite' from ContainerFamily"),
        (Web, "net10.0", Family("noble-chiseled-composite") + SelfContained + Invariant, "",
            "error CSDK1039: ContainerFamily is 'noble-chiseled-composite', and composite images are there only for ASP.NET Core applications that ship without .NET; remove '-composite' from ContainerFamily"),

        // An application that wants cultures, on an image that has none.
        (Web, "net10.0", Musl + Dependent, "",
            $"warning CSDK1040: '{Mcr}aspnet:10.0-alpine' holds no culture data, so that every culture would behave as the invariant one, and InvariantGlobalization is not set; set InvariantGlobalization to true if that is meant, or add the packages icu-libs and icu-data-full and set the environment variable DOTNET_SYSTEM_GLOBALIZATION_INVARIANT to false"),
        (Console, "net10.0", Family("alpine"), "",
            $"warning CSDK1040: '{Mcr}runtime:10.0-alpine' holds no culture data, so that every culture would behave as the invariant one, and InvariantGlobalization is not set; set InvariantGlobalization to true if that is meant, or add the packages icu-libs and icu-data-full and set the environment variable DOTNET_SYSTEM_GLOBALIZATION_INVARIANT to false"),
        (Console, "net10.0", Musl + SelfContained, "",
            $"warning CSDK1040: '{Mcr}runtime-deps:10.0-alpine' holds no culture data, so that every culture would behave as the invariant one, and InvariantGlobalization is not set; set InvariantGlobalization to true if that is meant, or ContainerFamily to alpine-extra"),

        // A base image without what the application needs.
        (Console, "net10.0", Base("scratch"), "",
            $"error CSDK1041: ContainerBaseImage is 'scratch', which holds no .NET, and the application ships none either; set SelfContained or PublishAot to true, or use a base image with .NET, such as {Mcr}runtime:10.0"),
        (Web, "net10.0", Base(Mcr + "runtime-deps:10.0"), "",
            $"error CSDK1041: ContainerBaseImage is '{Mcr}runtime-deps:10.0', which holds no .NET, and the application ships none either; set SelfContained or PublishAot to true, or use a base image with .NET, such as {Mcr}aspnet:10.0"),
        (Console, "net10.0", Base("scratch") + Aot, "",
            $"error CSDK1041: ContainerBaseImage is 'scratch', which holds no C library, and the application is not linked statically; set PublishAot and ContainerStaticLink to true, or ContainerRuntimeClosure to true, or use a base image such as {Mcr}runtime-deps:10.0"),
        (Web, "net10.0", Base("mirror.example.com/dotnet/runtime:10.0"), "",
            $"error CSDK1041: ContainerBaseImage is 'mirror.example.com/dotnet/runtime:10.0', which holds .NET without ASP.NET Core, and the application needs both; use {Mcr}aspnet:10.0"),
        (Web, "net10.0", Base(Mcr + "aspnet:9.0-noble"), "",
            $"error CSDK1041: ContainerBaseImage is '{Mcr}aspnet:9.0-noble', which holds .NET 9.0, and the application needs 10.0; use a base image of .NET 10.0, or an earlier TargetFramework"),

        // What has no answer at all.
        (Console, "net10.0", "<ContainerRuntimeIdentifiers>linux-musl-x64;linux-arm64</ContainerRuntimeIdentifiers>", "",
            "error CSDK1042: The runtime identifiers are 'linux-musl-x64, linux-arm64', and an image of several platforms has one kind of base; begin all of them with linux-musl, or none"),
        (Console, "netstandard2.0", "", "",
            "error CSDK1043: TargetFramework is 'netstandard2.0', which runs on no Linux image; set TargetFramework to net10.0, or choose such a framework with -f"),
        (Console, "net48", "", "",
            "error CSDK1043: TargetFramework is 'net48', which runs on no Linux image; set TargetFramework to net10.0, or choose such a framework with -f"),

        // And nothing where there is nothing to say.
        (Console, "net10.0", Base("alpine:3.22") + SelfContained + Invariant, "", ""),
        (Console, "net10.0", Base(Mcr + "runtime:10.0-alpine") + Glibc + Dependent, "", ""),
        (Console, "net10.0", Base("frolvlad/alpine-glibc:alpine-3.22") + Glibc + SelfContained, "", ""),
        (Console, "net10.0", Base("alpine:3.22") + Glibc + SelfContained, """<ContainerPackage Include="gcompat" />""", ""),
        (Console, "net10.0", Base("scratch"), """<ContainerFile Include="dotnet" Source="/usr/share/dotnet/" From="example.com/dotnet:1" TargetPath="/usr/share/dotnet" />""", ""),
        (Console, "net10.0", Base("scratch") + StaticAot, "", ""),
        (Console, "net10.0", Base("alpine:3.22") + Glibc + StaticAot, "", ""),
        (Web, "net10.0", Base(Mcr + "aspnet:10.0"), "", ""),
        (Web, "net9.0", Base(Mcr + "aspnet:10.0"), "", ""),
        (Web, "net10.0", Base("registry.example.com/team/runtime:1.0"), "", ""),
        (Web, "net10.0", Family("alpine"), """<ContainerEnvironmentVariable Include="DOTNET_SYSTEM_GLOBALIZATION_INVARIANT" Value="false" />""", ""),
        (Console, "net10.0", Family("alpine-extra") + SelfContained, "", ""),
        (Web, "net10.0", Family("of-the-future"), "", ""),
    ];

    // A framework of the future is refused by the .NET SDK before anything else runs.
    private static readonly PlanTable Table = new([.. Rows.Select(row => row.Framework == "net11.0"
        ? new PlanRow("net10.0", row.Properties, row.Items) { Sdk = row.Sdk, Host = "<NETCoreAppMaximumVersion>11.0</NETCoreAppMaximumVersion><_TargetFrameworkVersionWithoutV>11.0</_TargetFrameworkVersionWithoutV>" }
        : new PlanRow(row.Framework, row.Properties, row.Items) { Sdk = row.Sdk })]);

    public static TheoryData<int, string> Projects
    {
        get
        {
            var data = new TheoryData<int, string>();
            foreach (var (i, row) in Rows.Index()) data.Add(i, $"{row.Framework} {row.Properties} {row.Items}");
            return data;
        }
    }

    [Theory, MemberData(nameof(Projects))]
    public void WhatCannotRunIsSaidBeforeAnythingIsBuilt(int row, string project)
    {
        Assert.Equal(Rows[row].Said, string.Join('\n', Table[row].Said));
        Assert.Equal(Rows[row].Said.StartsWith("error", StringComparison.Ordinal), Table[row].Plan is null);
        Assert.NotEmpty(project);
    }

    private static string Family(string name) => $"<ContainerFamily>{name}</ContainerFamily>";

    private static string Base(string image) => $"<ContainerBaseImage>{image}</ContainerBaseImage>";
}
