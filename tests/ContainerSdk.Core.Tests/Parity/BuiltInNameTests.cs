using ContainerSdk.Images;
using Xunit;

namespace ContainerSdk.Core.Tests.Parity;

/// <summary>
/// What the .NET SDK's tests of its pure functions say of names (dotnet/sdk, ContainerHelpersTests and ParseContainerPropertiesTests), asked of our
/// types and of the planner. Where the answer is another on purpose, the row says why.
/// </summary>
public sealed class BuiltInNameTests
{
    private const string Digest = "sha256:6cec36412a215aad2a033cfe259890482be0a1dcb680e81fccc393b2d4069455";

    // 'mcr.microsoft.com/' with nothing behind it is no registry either way.
    private static readonly Dictionary<string, bool> Registries = new()
    {
        ["mcr.microsoft.com"] = true, ["mcr.microsoft.com:5001"] = true, ["docker.io"] = true, ["mcr.mi-=crosoft.com"] = false, ["mcr.microsoft.com/"] = false,
    };

    private static readonly Dictionary<string, string?> References = new()
    {
        [$"mcr.microsoft.com/dotnet/runtime@{Digest}"] = $"mcr.microsoft.com dotnet/runtime - {Digest}",
        [$"mcr.microsoft.com/dotnet/runtime:6.0@{Digest}"] = $"mcr.microsoft.com dotnet/runtime 6.0 {Digest}",
        ["mcr.microsoft.com/dotnet/runtime:6.0"] = "mcr.microsoft.com dotnet/runtime 6.0 -",
        ["mcr.microsoft.com/dotnet/runtime"] = "mcr.microsoft.com dotnet/runtime - -",
        ["mcr.microsoft.com/"] = null,
        ["ubuntu:jammy"] = "docker.io library/ubuntu jammy -",
        ["ubuntu/runtime:jammy"] = "docker.io ubuntu/runtime jammy -",
        ["localhost:5000/ubuntu:jammy"] = "localhost:5000 ubuntu jammy -",
        ["host:54/runtime:jammy"] = "host:54 runtime jammy -",
        ["host:0/runtime:jammy"] = "host:0 runtime jammy -",
        ["host:/runtime:jammy"] = null,
        ["docker.io/ubuntu:jammy"] = "docker.io library/ubuntu jammy -",
        ["docker.io/library/ubuntu:jammy"] = "docker.io library/ubuntu jammy -",
        ["localhost/ubuntu:jammy"] = "localhost ubuntu jammy -",
    };

    private static readonly Dictionary<string, bool> ImageNames = new()
    {
        ["dotnet/runtime"] = true, ["foo/bar"] = true, ["registry"] = true, ["-foo/bar"] = false, [".foo/bar"] = false, ["_foo/bar"] = false, ["foo/bar-"] = false, ["foo/bar."] = false,
        ["foo/bar_"] = false, ["--------"] = false,
    };

    // The .NET SDK warns of each change; a repository that is not what the project's name is shows in the summary line.
    private static readonly Dictionary<string, string?> Repositories = new()
    {
        ["0aa"] = "0aa", ["9zz"] = "9zz", ["aa0"] = "aa0", ["zz9"] = "zz9", ["runtime"] = "runtime", ["dotnet_runtime"] = "dotnet_runtime", ["dotnet-runtime"] = "dotnet-runtime",
        ["dotnet/runtime"] = "dotnet/runtime", ["dotnet runtime"] = "dotnet-runtime", ["Api"] = "api", ["API"] = "api", ["$runtime"] = null, ["-%"] = null,
        ["WebApplication44"] = "webapplication44", ["friendly-suspicious-alligator"] = "friendly-suspicious-alligator", ["*friendly-suspicious-alligator"] = null, ["web/app2+7"] = "web/app2-7",
        ["Microsoft.Apps.Demo.ContosoWeb"] = "microsoft-apps-demo-contosoweb", ["dotnet testimage"] = "dotnet-testimage", ["ąbc"] = null,
    };

    private static readonly Dictionary<string, bool> Tags = new()
    {
        ["6.0"] = true, ["5.2-asd123"] = true, [".6.0"] = false, ["-6.0"] = false, ["---"] = false, [new string('a', 128)] = true, [new string('a', 129)] = false,
    };

    private static readonly Dictionary<string, string?> Ports = new()
    {
        ["80/tcp"] = "80/tcp", ["80"] = "80/tcp", ["125/dup"] = null, ["invalidNumber"] = null, ["welp/unknowntype"] = null, ["a/b/c"] = null, ["/tcp"] = null,
    };

    // A name that is none is an error; the .NET SDK drops the variable and warns.
    private static readonly Dictionary<string, bool> Variables = new()
    {
        ["FOO"] = true, ["foo_bar"] = true, ["ASPNETCORE_URLS"] = true, ["ASPNETCORE_URLS2"] = true, ["foo-bar"] = false, ["foo.bar"] = false, ["foo bar"] = false, ["1_NAME"] = false,
    };

    [Fact]
    public void Registry() => Assert.Equal(Registries, Registries.Keys.ToDictionary(text => text, ImageReference.IsRegistry));

    [Fact]
    public void FullyQualifiedName() => Assert.Equal(References, References.Keys.ToDictionary(text => text, text =>
        ImageReference.TryParse(text, out var image, out _) ? $"{image.Registry} {image.Repository} {image.Tag ?? "-"} {image.Digest ?? "-"}" : null));

    [Fact]
    public void ImageName() => Assert.Equal(ImageNames, ImageNames.Keys.ToDictionary(text => text, ImageReference.IsRepository));

    [Fact]
    public void Repository() => Assert.Equal(Repositories, Repositories.Keys.ToDictionary(text => text, RepositoryName.Normalize));

    [Fact]
    public void Tag() => Assert.Equal(Tags, Tags.Keys.ToDictionary(text => text, ImageReference.IsTag));

    [Fact]
    public void ExposedPort() => Assert.Equal(Ports, Ports.Keys.ToDictionary(text => text, text => Port.TryParse(text, null, out var port) ? port.ToString() : null));

    [Fact]
    public void EnvironmentVariable() => Assert.Equal(Variables, Variables.Keys.ToDictionary(text => text, Names.IsEnvironmentVariable));

    [Theory]
    [InlineData("ContainerRepository", "dotnet/testimage", "ContainerImageTags", "7.0;latest", "docker.io/dotnet/testimage:7.0 docker.io/dotnet/testimage:latest")]
    [InlineData("ContainerRepository", "dotnet testimage", "ContainerImageTag", "5.0", "docker.io/library/dotnet-testimage:5.0")]
    [InlineData("ContainerRepository", "dotnet testimage", "ContainerImageTag", "5 0", "docker.io/library/dotnet-testimage:5 docker.io/library/dotnet-testimage:0")]
    [InlineData("ContainerRepository", "dotnet testimage", "ContainerImageTag", "5.0!", "CSDK1004")]
    [InlineData("ContainerRepository", "dotnet/testimage", "ContainerImageTags", "5.0;-bad;also bad!", "CSDK1004 CSDK1004")]
    [InlineData("ContainerImageTag", "5.0", "ContainerImageTags", "latest;oldest", "CSDK1012")]
    [InlineData("ContainerRepository", "㓳but-otherwise-valid", "ContainerImageTag", "5.0", "CSDK1003")]
    [InlineData("ContainerRepository", "***", "ContainerImageTag", "5.0", "CSDK1003")]
    public void Destination(string first, string firstValue, string second, string secondValue, string expected)
    {
        var result = SampleInputs.Valid.With(first, firstValue).With(second, secondValue).Plan();
        Assert.Equal(expected, result.Plan is { } plan ? string.Join(' ', plan.Destinations) : string.Join(' ', result.Diagnostics.Select(diagnostic => diagnostic.Descriptor.Id)));
    }
}
