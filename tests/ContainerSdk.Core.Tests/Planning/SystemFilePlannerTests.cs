using ContainerSdk.Inputs;
using ContainerSdk.Plan;
using Xunit;

namespace ContainerSdk.Core.Tests.Planning;

/// <summary>ContainerCaCertificates and ContainerTimeZoneData on every family of base images.</summary>
public sealed class SystemFilePlannerTests
{
    [Theory]
    [InlineData("debian:bookworm-slim", PackageManager.Apt)]
    [InlineData("alpine:3.22", PackageManager.Apk)]
    [InlineData("mcr.microsoft.com/dotnet/aspnet:10.0-azurelinux3.0", PackageManager.Tdnf)]
    public void WithAPackageManagerTheyArePackages(string image, PackageManager manager)
    {
        var plan = Both(image, "golang:1.25").Planned();
        var install = Assert.IsType<RuntimeStep.Install>(Assert.Single(plan.Runtime.Preparation));
        Assert.Equal((manager, "ca-certificates tzdata"), (install.Manager, string.Join(' ', install.Packages.Select(package => package.Name))));
        Assert.Null(plan.Builders[0].Packages);
    }

    [Theory]
    [InlineData("scratch", "golang:1.25", "tzdata", "/etc/ssl/certs/ca-certificates.crt")]
    [InlineData("gcr.io/distroless/static-debian12:nonroot", "golang:1.25-alpine", "tzdata", "/etc/ssl/certs/ca-certificates.crt")]
    [InlineData("mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled", "mcr.microsoft.com/dotnet/sdk:10.0-noble-aot", "", "/etc/ssl/certs/ca-certificates.crt")]
    [InlineData("mcr.microsoft.com/dotnet/runtime-deps:10.0-azurelinux3.0-distroless", "mcr.microsoft.com/dotnet/sdk:10.0-azurelinux3.0", "", "/etc/pki/tls/certs/ca-bundle.crt")]
    [InlineData("scratch", "example.com/rust:1", "ca-certificates tzdata", "/etc/ssl/certs/ca-certificates.crt")]
    public void WithoutOneTheyAreFilesOfTheBuilderWhichGetsWhatItMayLack(string image, string builder, string packages, string certificates)
    {
        var plan = Both(image, builder).Planned();
        Assert.Equal(
            [$"{certificates} -> /etc/ssl/certs/ca-certificates.crt 0:0", "/usr/share/zoneinfo -> /usr/share/zoneinfo/ 0:0"],
            plan.Runtime.Preparation.Cast<RuntimeStep.Copy>().Select(copy => $"{((FileSource.Builder)copy.From).Path} -> {copy.Target} {copy.Owner}"));
        Assert.Equal(packages, string.Join(' ', plan.Builders[0].Packages?.Packages.Select(package => package.Name) ?? []));
        Assert.Empty(plan.Runtime.Environment);
    }

    [Fact]
    public void OneDoesNotBringTheOther()
    {
        var plan = SampleInputs.Valid.With("ContainerBaseImage", "scratch").With("ContainerTimeZoneData", "true").Planned();
        Assert.Equal("/usr/share/zoneinfo/", Assert.IsType<RuntimeStep.Copy>(Assert.Single(plan.Runtime.Preparation)).Target);
        Assert.Equal([new OsPackage("tzdata", null)], plan.Builders[0].Packages!.Packages);
    }

    [Fact]
    public void AUsersOwnFileComesAfterThem() => Assert.Equal(
        ["/etc/ssl/certs/ca-certificates.crt", "/etc/ssl/certs/"],
        SampleInputs.Valid.With("ContainerBaseImage", "scratch").With("ContainerCaCertificates", "true").WithItem("ContainerFile", "/repo/app/ca-certificates.crt", ("TargetPath", "/etc/ssl/certs/"))
            .Planned().Runtime.Preparation.Cast<RuntimeStep.Copy>().Select(copy => copy.Target));

    [Fact]
    public void WithoutABuilderTheyMustComeFromTheBase()
    {
        var said = Both("scratch", "golang:1.25").With("ContainerBuildMode", "Host").WithItem("ContainerHostLayer", "/repo/app/app.tar").Said();
        Assert.Equal(
            """
            error CSDK1025: ContainerCaCertificates takes files from the builder stage, and with ContainerBuildMode=Host there is none; use a base image that has the package ca-certificates
            error CSDK1025: ContainerTimeZoneData takes files from the builder stage, and with ContainerBuildMode=Host there is none; use a base image that has the package tzdata
            """,
            said);
    }

    private static ContainerInputs Both(string image, string builder) => SampleInputs.Valid
        .With("ContainerBaseImage", image).With("ContainerBuilderImage", builder).With("ContainerCaCertificates", "true").With("ContainerTimeZoneData", "true");
}
