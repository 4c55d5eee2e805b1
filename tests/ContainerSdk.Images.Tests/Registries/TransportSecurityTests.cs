using ContainerSdk.Images.Registries;
using Xunit;

namespace ContainerSdk.Images.Tests.Registries;

public sealed class TransportSecurityTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("localhost", TransportSecurity.TlsOrPlain)]
    [InlineData("LOCALHOST:5000", TransportSecurity.TlsOrPlain)]
    [InlineData("127.0.0.1:5000", TransportSecurity.TlsOrPlain)]
    [InlineData("127.8.8.8", TransportSecurity.TlsOrPlain)]
    [InlineData("[::1]:5000", TransportSecurity.TlsOrPlain)]
    [InlineData("Old.test:5000", TransportSecurity.TlsOrPlain)]
    [InlineData("old.test", TransportSecurity.Tls)]
    [InlineData("127.0.0.1.evil.test", TransportSecurity.Tls)]
    [InlineData("localhost.test", TransportSecurity.Tls)]
    [InlineData("10.0.0.1:5000", TransportSecurity.Tls)]
    [InlineData("docker.io", TransportSecurity.Tls)]
    public void OnlyOwnAndListedRegistriesMayDoWithoutTls(string registry, TransportSecurity expected) =>
        Assert.Equal(expected, RegistryOptions.SecurityOf(registry, ["old.test:5000"]));

    [Fact]
    public async Task APlainRegistryIsFoundOutOnce()
    {
        using var bench = new RegistryBench(new MemoryRegistry { SpeaksTls = false }, change: PlainToo);
        bench.KeepManifest("1", "{}");

        await bench.Client.FindAsync("1", Cancellation);
        await bench.Client.FindAsync("2", Cancellation);

        Assert.Equal(
            ["GET /v2/", "GET http://registry.test/v2/", "GET http://registry.test/v2/app/manifests/1", "GET http://registry.test/v2/app/manifests/2"],
            bench.Registry.Requests);
    }

    [Fact]
    public async Task TlsIsSpokenWhereItIsUnderstood()
    {
        using var bench = new RegistryBench(new MemoryRegistry(), change: PlainToo);

        await bench.Client.FindAsync("1", Cancellation);

        Assert.Equal(["GET /v2/", "GET /v2/app/manifests/1"], bench.Registry.Requests);
    }

    [Fact]
    public async Task NothingIsSaidPlainlyToARegistryThatIsNotListed()
    {
        using var bench = new RegistryBench(new MemoryRegistry { SpeaksTls = false });

        Assert.Equal("NotTrusted: The remote certificate is invalid", await RegistryBench.FailureAsync(() => bench.Client.FindAsync("1", Cancellation)));
        Assert.Equal(["GET /v2/app/manifests/1"], bench.Registry.Requests);
    }

    [Fact]
    public async Task ARegistryOfTlsThatIsNotTrustedIsNotTakenForAPlainOne()
    {
        using var bench = new RegistryBench(new MemoryRegistry(), change: PlainToo);
        bench.Registry.Instead("GET /v2/", 1, () => throw new HttpRequestException(
            HttpRequestError.SecureConnectionError, "The SSL connection could not be established, see inner exception.", new System.Security.Authentication.AuthenticationException("The remote certificate is invalid")));

        Assert.Equal("NotTrusted: The remote certificate is invalid", await RegistryBench.FailureAsync(() => bench.Client.FindAsync("1", Cancellation)));
        Assert.Equal(["GET /v2/", "GET http://registry.test/v2/"], bench.Registry.Requests);
    }

    [Fact]
    public async Task ARegistryThatComesUpLateIsFound()
    {
        using var bench = new RegistryBench(new MemoryRegistry { SpeaksTls = false }, change: PlainToo);
        bench.Registry.Instead("GET /v2/", 2, () => throw new HttpRequestException("Connection refused"));
        bench.Registry.Instead("GET http://registry.test/v2/", 2, () => throw new HttpRequestException("Connection refused"));
        bench.KeepManifest("1", "{}");

        Assert.NotNull(await bench.Client.FindAsync("1", Cancellation));
        Assert.Equal([1, 2], bench.Clock.Waits);
    }

    [Fact]
    public async Task APlainRegistryMayHaveAPlainTokenService()
    {
        using var bench = new RegistryBench(
            new MemoryRegistry { SpeaksTls = false, Login = new MemoryLogin { TokenService = "http://auth.test/token" } }, new RegistryCredential(MemoryLogin.User, MemoryLogin.Password), PlainToo);
        bench.KeepManifest("1", "{}");

        Assert.NotNull(await bench.Client.FindAsync("1", Cancellation));
        Assert.Equal("GET auth.test Basic ann:s3cret-w0rd", bench.Registry.Shown[3]);
    }

    private static RegistryOptions PlainToo(RegistryOptions options) => options with { Security = TransportSecurity.TlsOrPlain };
}
