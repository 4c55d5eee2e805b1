using ContainerSdk.Images;
using ContainerSdk.Plan;
using Xunit;

namespace ContainerSdk.Core.Tests.Images;

public sealed class BaseFamilyTests
{
    [Theory]
    [InlineData("debian:bookworm-slim", PackageManager.Apt)]
    [InlineData("mcr.microsoft.com/dotnet/aspnet:10.0", PackageManager.Apt)]
    [InlineData("mcr.microsoft.com/dotnet/aspnet:10.0-noble", PackageManager.Apt)]
    [InlineData("example.com/team/base@sha256:0123456789012345678901234567890123456789012345678901234567890123", PackageManager.Apt)]
    [InlineData("alpine:3.22", PackageManager.Apk)]
    [InlineData("golang:1.25-alpine", PackageManager.Apk)]
    [InlineData("mcr.microsoft.com/dotnet/aspnet:10.0-azurelinux3.0", PackageManager.Tdnf)]
    [InlineData("mcr.microsoft.com/azurelinux/base/core:3.0", PackageManager.Tdnf)]
    [InlineData("mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled", null)]
    [InlineData("mcr.microsoft.com/dotnet/runtime:8.0-jammy-chiseled-extra", null)]
    [InlineData("mcr.microsoft.com/dotnet/aspnet:10.0-azurelinux3.0-distroless", null)]
    [InlineData("mcr.microsoft.com/dotnet/aspnet:10.0-azurelinux3.0-distroless-extra", null)]
    [InlineData("mcr.microsoft.com/azurelinux/distroless/base:3.0", null)]
    [InlineData("gcr.io/distroless/static-debian12:nonroot", null)]
    [InlineData("gcr.io/distroless/base-debian12:debug", null)]
    public void TheNameTellsThePackageManager(string image, PackageManager? manager) => Assert.Equal(manager, BaseFamily.ManagerOf(Reference(image)));

    [Fact]
    public void ScratchHasNone() => Assert.Null(BaseFamily.ManagerOf(null));

    [Theory]
    [InlineData("mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled", "'mcr.microsoft.com/dotnet/aspnet:10.0-noble', which is ContainerFamily 'noble'")]
    [InlineData("mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-composite-extra", "'mcr.microsoft.com/dotnet/aspnet:10.0-noble', which is ContainerFamily 'noble'")]
    [InlineData("mcr.microsoft.com/dotnet/runtime:8.0.11-jammy-chiseled", "'mcr.microsoft.com/dotnet/runtime:8.0.11-jammy', which is ContainerFamily 'jammy'")]
    [InlineData("mcr.microsoft.com/dotnet/aspnet:10.0-azurelinux3.0-distroless-extra", "'mcr.microsoft.com/dotnet/aspnet:10.0-azurelinux3.0', which is ContainerFamily 'azurelinux3.0'")]
    [InlineData("gcr.io/distroless/static-debian12:nonroot", "'docker.io/library/debian:12-slim'")]
    [InlineData("mcr.microsoft.com/azurelinux/distroless/base:3.0", "'docker.io/library/debian:bookworm-slim' or 'docker.io/library/alpine:3.22'")]
    public void TheNearestImageWithAShellIsNamed(string image, string expected) => Assert.Equal(expected, BaseFamily.WithShell(Reference(image)));

    [Fact]
    public void InsteadOfScratchSmallImagesAreNamed() => Assert.Equal("'docker.io/library/debian:bookworm-slim' or 'docker.io/library/alpine:3.22'", BaseFamily.WithShell(null));

    private static ImageReference Reference(string text) =>
        ImageReference.TryParse(text, out var reference, out var problem) ? reference : throw new ArgumentException(problem, nameof(text));
}
