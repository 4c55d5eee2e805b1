using ContainerSdk.EndToEnd.Tests.Feeds;
using ContainerSdk.EndToEnd.Tests.Secrets;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>A feed whose certificate comes from an authority that the host trusts and no image does, as behind a company's proxy.</summary>
public sealed class CertificateTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly TestCertificates _certificates = new(PackageFeed.Address);

    [DockerFact]
    public async Task TheBuilderTrustsWhatTheHostTrustsIfItIsTold()
    {
        await using var feed = await PackageFeed.StartAsync(PrivatePackage.Pack(_workspace), null, _certificates.Server);
        var folder = PrivatePackage.WriteProject(_workspace, "feed-tls", "");
        _workspace.Write("feed-tls/nuget.config", PrivatePackage.Configuration(feed.Index, null));
        var trusting = new Dictionary<string, string> { ["SSL_CERT_FILE"] = _workspace.Write("bundle.pem", TestCertificates.HostBundle() + _certificates.Authority) };

        var without = _workspace.DotNet(folder, trusting, "publish", "-clp:NoSummary").Expect(1);
        Assert.Contains(without.LinesWith("error NU1301"), line => line.Contains(feed.Index, StringComparison.Ordinal));
        Assert.False(feed.WasReadByABuild);

        _workspace.DotNet(folder, trusting, "publish", "-p:ContainerBuilderCaCertificates=host").Expect();
        Assert.True(feed.WasReadByABuild);
        Assert.Equal("Hello from a private package\n", Docker.Run("run", "--rm", "feed-tls") + "\n");
        Assert.Empty(new SecretSearch(_certificates.Authority.Split('\n')[1]).PlacesInImage("feed-tls"));
        _workspace.Passed = true;
    }

    // The package manager of Debian has no variable for it, and reads an option.
    [DockerFact]
    public async Task ThePackageManagerTrustsItToo()
    {
        await using var mirror = await PackageFeed.StartAsync(PrivatePackage.Pack(_workspace), null, _certificates.Server);
        var folder = _workspace.CopySample("hello-go");
        var sources = new Uri(mirror.Index).GetLeftPart(UriPartial.Authority);
        _workspace.Write("mirror/Dockerfile", $"FROM golang:1.25\nRUN rm -rf /etc/apt/sources.list* && echo 'deb [trusted=yes] {sources}/debian ./' > /etc/apt/sources.list\n");
        Docker.Run("buildx", "build", "--load", "--tag", "apt-mirror", Path.Combine(_workspace.Root, "mirror"));
        var project = Path.Combine(folder, "app.containerproj");
        File.WriteAllText(project, File.ReadAllText(project).Replace("</Project>", """<ItemGroup><ContainerBuilderPackage Include="greeter" /></ItemGroup></Project>""", StringComparison.Ordinal));
        var bundle = _workspace.Write("company.pem", _certificates.Authority);

        var without = _workspace.DotNet(folder, "publish", "-p:ContainerBuilderImage=apt-mirror", "-p:ContainerRepository=apt-tls").Expect(1);
        Assert.Contains("certificate", without.Output, StringComparison.OrdinalIgnoreCase);

        // The mirror has no packages: to be told so, it has to be trusted.
        var with = _workspace.DotNet(folder, "publish", "-p:ContainerBuilderImage=apt-mirror", "-p:ContainerRepository=apt-tls", $"-p:ContainerBuilderCaCertificates={bundle}").Expect(1);
        Assert.Contains(mirror.Answers, answer => answer.Status == 404 && PackageFeed.IsContainer(answer.Client));
        Assert.DoesNotContain("certificate verif", with.Output, StringComparison.OrdinalIgnoreCase);
        _workspace.Passed = true;
    }

    // The authorities of the package, or the builder's, and one that no package has: the server's.
    [DockerTheory]
    [InlineData("debian:bookworm-slim", "debian")]
    [InlineData("alpine:3.22", "alpine")]
    [InlineData("mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled", "chiseled")]
    [InlineData("scratch", "scratch")]
    public async Task AnHttpsServerIsTrustedByTheRootsOfTheImage(string baseImage, string name)
    {
        const string Bundle = "/etc/ssl/certs/ca-certificates.crt";
        await using var server = await PackageFeed.StartAsync(PrivatePackage.Pack(_workspace), null, _certificates.Server);
        var (builder, image) = ("https-builder:1", $"https-{name}");
        _workspace.Write("builder/company.pem", _certificates.Authority);
        _workspace.Write("builder/Dockerfile", $"FROM golang:1.25\nCOPY company.pem /\nRUN cat /company.pem >> {Bundle}\n");
        Docker.Run("buildx", "build", "--load", "--tag", builder, Path.Combine(_workspace.Root, "builder"));
        _workspace.Write("app/go.mod", "module app\n\ngo 1.25\n");
        _workspace.Write("app/main.go", File.ReadAllText(Path.Combine(RepositoryRoot.Path, "tests/ContainerSdk.EndToEnd.Tests/extras.go")));
        _workspace.Write("app/app.containerproj", $"""
            <Project Sdk="ContainerSdk">
              <PropertyGroup>
                <ContainerBuilderImage>{builder}</ContainerBuilderImage>
                <ContainerBaseImage>{baseImage}</ContainerBaseImage>
                <ContainerCaCertificates Condition="'$(Roots)' != 'none'">true</ContainerCaCertificates>
              </PropertyGroup>
              <ItemGroup Condition="'$(Roots)' == 'packaged'">
                <ContainerFile Include="../builder/company.pem" TargetPath="/company.pem" />
                <ContainerRun Include="cat /company.pem &gt;&gt; {Bundle}" />
              </ItemGroup>
            </Project>
            """);
        string Fetched(string roots)
        {
            _workspace.DotNet("app", "publish", "-t:PublishContainer", "-warnaserror", $"-p:ContainerRepository={image}", $"-p:Roots={roots}").Expect();
            return CommandLine.Run(_workspace.Root, "docker", "run", "--rm", image, "fetch", server.Index).Output.Trim();
        }

        Assert.EndsWith("x509: certificate signed by unknown authority", Fetched("none"), StringComparison.Ordinal);
        Assert.Equal("200 OK", Fetched(name is "debian" or "alpine" ? "packaged" : "copied"));
        Docker.Run("rmi", image, builder);
        _workspace.Passed = true;
    }

    public void Dispose()
    {
        _certificates.Dispose();
        _workspace.Dispose();
    }
}
