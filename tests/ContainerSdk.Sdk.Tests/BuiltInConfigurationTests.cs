using System.Text.Json.Nodes;
using Xunit;

namespace ContainerSdk.Sdk.Tests;

/// <summary>What the .NET SDK's tests say of command, user and labels (dotnet/sdk, TargetsTests), asked of our plans.</summary>
public sealed class BuiltInConfigurationTests
{
    private const string Web = "Microsoft.NET.Sdk.Web";
    private const string Linux = "<RuntimeIdentifier>linux-x64</RuntimeIdentifier>";
    private const string Url = "https://git.example.com/shard/whimsy.git";
    private const string Given = $"<EnableSourceControlManagerQueries>false</EnableSourceControlManagerQueries><PrivateRepositoryUrl>{Url}</PrivateRepositoryUrl><SourceRevisionId>0a1b2c</SourceRevisionId>";
    private const string Published = Given + "<PublishRepositoryUrl>true</PublishRepositoryUrl>";
    private const string Everything = """
        <ContainerDescription>A description</ContainerDescription><ContainerAuthors>Ann; Bob</ContainerAuthors><ContainerInformationUrl>https://example.com/info</ContainerInformationUrl>
        <ContainerDocumentationUrl>https://example.com/docs</ContainerDocumentationUrl><ContainerVersion>1.2.3</ContainerVersion><ContainerVendor>Example</ContainerVendor>
        <ContainerLicenseExpression>MIT</ContainerLicenseExpression><ContainerTitle>Orders</ContainerTitle>
        """;

    private static readonly Dictionary<string, PlanRow> Rows = new()
    {
        ["self-contained"] = new("net10.0", Linux + "<SelfContained>true</SelfContained>"),
        ["publish self-contained"] = new("net10.0", Linux + "<PublishSelfContained>true</PublishSelfContained>"),
        ["framework-dependent"] = new("net10.0", Linux + "<SelfContained>false</SelfContained>"),
        ["publish framework-dependent"] = new("net10.0", Linux + "<PublishSelfContained>false</PublishSelfContained>"),
        ["windows"] = new("net10.0", "<RuntimeIdentifier>win-x64</RuntimeIdentifier>"),
        ["windows, no user of 8.0"] = new("net8.0", "<RuntimeIdentifier>win-x64</RuntimeIdentifier>"),
        ["linux 8"] = new("net8.0", Linux),
        ["musl 8"] = new("net8.0", "<RuntimeIdentifier>linux-musl-x64</RuntimeIdentifier><InvariantGlobalization>true</InvariantGlobalization>"),
        ["linux 7"] = new("net7.0", Linux),
        ["old name"] = new("net10.0", "<ContainerImageName>my-container-app</ContainerImageName>"),
        ["defaults"] = new("net10.0", "<EnableSourceControlManagerQueries>false</EnableSourceControlManagerQueries>") { Host = "<NETCoreSdkVersion>10.0.100</NETCoreSdkVersion>" },
        ["packages' properties"] = new("net10.0", """
            <Description>A description</Description><Authors>Ann</Authors><PackageProjectUrl>https://example.com/project</PackageProjectUrl><PackageVersion>1.2.3-beta</PackageVersion>
            <PackageLicenseExpression>Apache-2.0</PackageLicenseExpression><Title>Orders</Title><ContainerGenerateLabelsDotnetToolset>false</ContainerGenerateLabelsDotnetToolset>
            """),
        ["own properties"] = new("net10.0", Everything + "<ContainerGenerateLabelsDotnetToolset>false</ContainerGenerateLabelsDotnetToolset>"),
        ["none"] = new("net10.0", Everything + "<ContainerGenerateLabels>false</ContainerGenerateLabels>"),
        ["no toolset"] = new("net10.0", "<ContainerGenerateLabelsDotnetToolset>false</ContainerGenerateLabelsDotnetToolset>"),
        ["no base name"] = new("net10.0", "<ContainerGenerateLabelsImageBaseName>false</ContainerGenerateLabelsImageBaseName>"),
        ["pinned"] = new("net10.0", "<ContainerBaseImage>example.com/base:1.0@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef</ContainerBaseImage>"),
        ["pinned, no digest"] = new("net10.0", "<ContainerBaseImage>example.com/base@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef</ContainerBaseImage><ContainerGenerateLabelsImageBaseDigest>false</ContainerGenerateLabelsImageBaseDigest>"),
        ["source not published"] = new("net10.0", Given),
        ["source published"] = new("net10.0", Published),
        ["source of git"] = new("net10.0", Published + "<RepositoryType>git</RepositoryType>"),
        ["source of git, twice"] = new("net10.0", Published.Replace("git.example.com", "repos.git.example.com", StringComparison.Ordinal) + "<RepositoryType>git</RepositoryType>"),
        ["source with a password"] = new("net10.0", Published.Replace("https://", "https://ann:hunter2@", StringComparison.Ordinal)),
        ["source without labels"] = new("net10.0", Published + "<ContainerGenerateLabelsImageSource>false</ContainerGenerateLabelsImageSource><ContainerGenerateLabelsImageRevision>false</ContainerGenerateLabelsImageRevision>"),
        ["app uid"] = new("net10.0", "", """<ContainerEnvironmentVariable Include="APP_UID" Value="12345" />"""),
        ["app uid and user"] = new("net10.0", "<ContainerUser>1646</ContainerUser>", """<ContainerEnvironmentVariable Include="APP_UID" Value="12345" />"""),
        ["web"] = new("net10.0") { Sdk = Web },
        ["web 7"] = new("net7.0") { Sdk = Web },
        ["web on another base"] = new("net10.0", "<ContainerBaseImage>example.com/base:1.0</ContainerBaseImage>") { Sdk = Web },
        ["web urls"] = new("net10.0", "", """<ContainerEnvironmentVariable Include="ASPNETCORE_URLS" Value="https://*:12345;http://+:1234;http://localhost:123;http://1.2.3.4:12" />""") { Sdk = Web },
        ["web ports"] = new("net10.0", "", """<ContainerEnvironmentVariable Include="ASPNETCORE_HTTP_PORTS" Value="999;666" /><ContainerEnvironmentVariable Include="ASPNETCORE_HTTPS_PORTS" Value="456;789" />""") { Sdk = Web },
        ["web urls and ports"] = new("net10.0", "", """<ContainerEnvironmentVariable Include="ASPNETCORE_URLS" Value="http://*:12345" /><ContainerEnvironmentVariable Include="ASPNETCORE_HTTPS_PORTS" Value="456" />""") { Sdk = Web },
        ["console"] = new("net10.0"),
        ["default arguments"] = new("net10.0", "<ContainerFamily>noble-chiseled</ContainerFamily><ContainerAppCommandInstruction>DefaultArgs</ContainerAppCommandInstruction>"),
        ["default arguments elsewhere"] = new("net10.0", "<ContainerBaseImage>example.com/base:1.0</ContainerBaseImage><ContainerAppCommandInstruction>DefaultArgs</ContainerAppCommandInstruction>"),
        ["default arguments kept"] = new("net10.0", "<ContainerKeepBaseEntrypoint>true</ContainerKeepBaseEntrypoint><ContainerAppCommandInstruction>DefaultArgs</ContainerAppCommandInstruction>"),
    };

    private static readonly string[] Names = [.. Rows.Keys];

    private static readonly PlanTable Table = new([.. Rows.Values]);

    [Theory]
    [InlineData("self-contained", "/app/app")]
    [InlineData("publish self-contained", "/app/app")]
    [InlineData("framework-dependent", "dotnet /app/app.dll")]
    [InlineData("publish framework-dependent", "dotnet /app/app.dll")]
    public void TheCommandFollowsTheKindOfPublish(string row, string command) => Assert.Equal(command, Of(row).Words("runtime", "entrypoint"));

    /// <summary>The .NET SDK makes Windows images; a Dockerfile's builder cannot.</summary>
    [Theory]
    [InlineData("windows")]
    [InlineData("windows, no user of 8.0")]
    public void WindowsIsRefused(string row) => Assert.Equal(["CSDK1020"], Of(row).Said.Select(line => line["error ".Length..][..8]));

    /// <summary>The .NET SDK names none, and lets APP_UID of Microsoft's images decide, which says 1654 too.</summary>
    [Theory]
    [InlineData("linux 8", "1654:1654")]
    [InlineData("musl 8", "1654:1654")]
    [InlineData("linux 7", "1654:1654")]
    [InlineData("app uid", "12345")]
    [InlineData("app uid and user", "1646")]
    public void TheUserIsNoOneSpecial(string row, string user) => Assert.Equal(user, (string?)Of(row).Runtime["user"]);

    [Fact]
    public void TheOldNameOfTheRepositoryIsTakenWithAWarning()
    {
        Assert.Equal(["docker.io/library/my-container-app:latest"], Of("old name").Existing["destinations"]!.AsArray().Select(name => (string)name!));
        Assert.Equal(["warning CSDK1044: ContainerImageName is the old name of ContainerRepository; rename it in the project"], Of("old name").Said);
    }

    [Theory]
    [InlineData("defaults", """
        net.dot.runtime.majorminor=10.0
        net.dot.sdk.version=10.0.100
        org.opencontainers.image.authors=app
        org.opencontainers.image.base.name=mcr.microsoft.com/dotnet/runtime:10.0
        org.opencontainers.image.version=1.0.0
        """)]
    [InlineData("packages' properties", """
        org.opencontainers.artifact.description=A description
        org.opencontainers.image.authors=Ann
        org.opencontainers.image.base.name=mcr.microsoft.com/dotnet/runtime:10.0
        org.opencontainers.image.description=A description
        org.opencontainers.image.documentation=https://example.com/project
        org.opencontainers.image.licenses=Apache-2.0
        org.opencontainers.image.title=Orders
        org.opencontainers.image.url=https://example.com/project
        org.opencontainers.image.version=1.2.3-beta
        """)]
    [InlineData("own properties", """
        org.opencontainers.artifact.description=A description
        org.opencontainers.image.authors=Ann; Bob
        org.opencontainers.image.base.name=mcr.microsoft.com/dotnet/runtime:10.0
        org.opencontainers.image.description=A description
        org.opencontainers.image.documentation=https://example.com/docs
        org.opencontainers.image.licenses=MIT
        org.opencontainers.image.title=Orders
        org.opencontainers.image.url=https://example.com/info
        org.opencontainers.image.vendor=Example
        org.opencontainers.image.version=1.2.3
        """)]
    [InlineData("none", "")]
    public void LabelsComeFromTheProjectsProperties(string row, string expected) =>
        Assert.Equal(expected, string.Join('\n', Of(row).Labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}")));

    [Theory]
    [InlineData("no toolset", "net.dot.runtime.majorminor", null)]
    [InlineData("no toolset", "net.dot.sdk.version", null)]
    [InlineData("no base name", "org.opencontainers.image.base.name", null)]
    [InlineData("pinned", "org.opencontainers.image.base.digest", "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData("pinned, no digest", "org.opencontainers.image.base.digest", null)]
    [InlineData("defaults", "org.opencontainers.image.base.digest", null)]
    [InlineData("source not published", "org.opencontainers.image.source", null)]
    [InlineData("source not published", "org.opencontainers.image.revision", null)]
    [InlineData("source published", "org.opencontainers.image.source", Url)]
    [InlineData("source published", "org.opencontainers.image.revision", "0a1b2c")]
    [InlineData("source of git", "org.opencontainers.image.source", "https://git.example.com/shard/whimsy")]
    [InlineData("source of git, twice", "org.opencontainers.image.source", "https://repos.git.example.com/shard/whimsy")]
    [InlineData("source with a password", "org.opencontainers.image.source", Url)]
    [InlineData("source without labels", "org.opencontainers.image.source", null)]
    [InlineData("source without labels", "org.opencontainers.image.revision", null)]
    public void ALabelHasASwitch(string row, string label, string? value) => Assert.Equal(value, Of(row).Labels.GetValueOrDefault(label));

    [Fact]
    public void APasswordOfTheRepositorysAddressIsNowhereInThePlan() => Assert.DoesNotContain("hunter2", Of("source with a password").Existing.ToJsonString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("web", "8080/tcp")]
    [InlineData("web 7", "")]
    [InlineData("web on another base", "")]
    [InlineData("web urls", "12/tcp 123/tcp 1234/tcp 12345/tcp")]
    [InlineData("web ports", "456/tcp 666/tcp 789/tcp 999/tcp")]
    [InlineData("web urls and ports", "12345/tcp")]
    [InlineData("console", "")]
    public void PortsComeFromWhatAspNetCoreIsToldToListenOn(string row, string ports) => Assert.Equal(ports, Of(row).Words("runtime", "ports"));

    /// <summary>Those of Microsoft's images that have no shell begin with 'dotnet', which is not to be given 'dotnet app.dll' as arguments.</summary>
    [Theory]
    [InlineData("default arguments", true)]
    [InlineData("default arguments elsewhere", false)]
    [InlineData("default arguments kept", false)]
    public void TheEntrypointOfMicrosoftsImagesIsDropped(string row, bool dropped)
    {
        Assert.Equal(("", "dotnet /app/app.dll"), (Of(row).Words("runtime", "entrypoint"), Of(row).Words("runtime", "command")));
        Assert.Equal(dropped, Of(row).Runtime["dropsBaseEntrypoint"] is JsonNode);
    }

    private static PlannedRow Of(string row) => Table[Array.IndexOf(Names, row)];
}
