using ContainerSdk.Images.Registries;
using Xunit;

namespace ContainerSdk.Images.Tests.Registries;

public sealed class DockerCredentialsTests
{
    // ann:s3cret:w0rd, and bob:guess
    private const string Ann = "YW5uOnMzY3JldDp3MHJk";
    private const string Bob = "Ym9iOmd1ZXNz";

    private readonly List<string> _asked = [];

    [Theory]
    [InlineData("""{"auths":{"registry.test:5000":{"auth":"YW5uOnMzY3JldDp3MHJk"}}}""", "registry.test:5000", "ann/s3cret:w0rd")]
    [InlineData("""{"auths":{"https://registry.test":{"auth":"YW5uOnMzY3JldDp3MHJk"}}}""", "registry.test", "ann/s3cret:w0rd")]
    [InlineData("""{"auths":{"http://registry.test/v2/":{"auth":"YW5uOnMzY3JldDp3MHJk"}}}""", "registry.test", "ann/s3cret:w0rd")]
    [InlineData("""{"auths":{"https://index.docker.io/v1/":{"auth":"YW5uOnMzY3JldDp3MHJk"}}}""", "docker.io", "ann/s3cret:w0rd")]
    [InlineData("""{"auths":{"docker.io":{"auth":"YW5uOnMzY3JldDp3MHJk"}}}""", "docker.io", "ann/s3cret:w0rd")]
    [InlineData("""{"auths":{"https://registry.test":{"auth":"Ym9iOmd1ZXNz"},"registry.test":{"auth":"YW5uOnMzY3JldDp3MHJk"}}}""", "registry.test", "ann/s3cret:w0rd")]
    [InlineData("""{"auths":{"registry.test":{"auth":"YW5uOg==","identitytoken":"long"}}}""", "registry.test", "<token>/long")]
    [InlineData("""{"auths":{"registry.test":{"username":"ann","password":"s3cret"}}}""", "registry.test", "ann/s3cret")]
    [InlineData("""{"auths":{"registry.test":{"auth":"YW5uOnMAAAA="}}}""", "registry.test", "ann/s")]
    [InlineData("""{"auths":{"registry.test":{"auth":"YW5uOnMzY3JldDp3MHJk"}}}""", "other.test", null)]
    [InlineData("""{"auths":{"registry.test/team":{"auth":"YW5uOnMzY3JldDp3MHJk"}}}""", "registry.test", null)]
    [InlineData("""{"auths":{"registry.test:5000":{"auth":"YW5uOnMzY3JldDp3MHJk"}}}""", "registry.test", null)]
    [InlineData("""{"auths":{"registry.test":{}}}""", "registry.test", null)]
    [InlineData("""{"auths":{"registry.test":{"auth":"YW5u"}}}""", "registry.test", null)]
    [InlineData("""{"auths":{"registry.test":{"auth":"?"}}}""", "registry.test", null)]
    [InlineData("""{"auths":{"registry.test":{"auth":7}}}""", "registry.test", null)]
    [InlineData("""{"auths":{"registry.test":null}}""", "registry.test", null)]
    [InlineData("""{"auths":[]}""", "registry.test", null)]
    [InlineData("{\"auths\":", "registry.test", null)]
    [InlineData("[]", "registry.test", null)]
    [InlineData("", "registry.test", null)]
    [InlineData(null, "registry.test", null)]
    public async Task TheFileIsReadAsDockerWritesIt(string? configuration, string registry, string? expected) =>
        Assert.Equal(expected, await FindAsync(configuration, registry, _ => null));

    [Theory]
    [InlineData("""{"credsStore":"desktop"}""", "registry.test", "docker-credential-desktop registry.test")]
    [InlineData("""{"credsStore":"desktop"}""", "docker.io", "docker-credential-desktop https://index.docker.io/v1/")]
    [InlineData("""{"credsStore":"desktop","credHelpers":{"registry.test":"cloud"}}""", "registry.test", "docker-credential-cloud registry.test")]
    [InlineData("""{"credHelpers":{"https://index.docker.io/v1/":"cloud"}}""", "docker.io", "docker-credential-cloud https://index.docker.io/v1/")]
    [InlineData("""{"credsStore":"desktop","credHelpers":{"registry.test":"cloud"}}""", "other.test", "docker-credential-desktop other.test")]
    public async Task AHelperIsAskedForTheRegistry(string configuration, string registry, string asked)
    {
        Assert.Equal("ann/s3cret", await FindAsync(configuration, registry, _ => """{"ServerURL":"x","Username":"ann","Secret":"s3cret"}"""));
        Assert.Equal([asked], _asked);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("credentials not found in native keychain")]
    [InlineData("{}")]
    [InlineData("""{"Username":"","Secret":""}""")]
    public async Task AHelperThatKnowsNothingLeavesItToTheFile(string? output)
    {
        Assert.Equal("bob/guess", await FindAsync($$$$"""{"credsStore":"desktop","auths":{"registry.test":{"auth":"{{{{Bob}}}}"}}}""", "registry.test", _ => output));
        Assert.Null(await FindAsync("""{"credsStore":"desktop","auths":{"registry.test":{}}}""", "registry.test", _ => output));
    }

    [Fact]
    public async Task ARegistryWithoutAHelperIsReadFromTheFile()
    {
        Assert.Equal(
            "ann/s3cret:w0rd",
            await FindAsync($$$$"""{"credsStore":"desktop","credHelpers":{"registry.test":""},"auths":{"registry.test":{"auth":"{{{{Ann}}}}"}}}""", "registry.test", _ => null));
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task AHelperMayGiveAnIdentityToken()
    {
        var credentials = new DockerCredentials("""{"credsStore":"desktop"}""", (_, _, _) => Task.FromResult<string?>("""{"Username":"<token>","Secret":"long"}"""));

        Assert.True((await credentials.FindAsync("registry.test", TestContext.Current.CancellationToken))!.IsIdentityToken);
    }

    private async Task<string?> FindAsync(string? configuration, string registry, Func<string, string?> output)
    {
        var credentials = new DockerCredentials(configuration, (program, input, _) =>
        {
            _asked.Add($"{program} {input}");
            return Task.FromResult(output(program));
        });
        return await credentials.FindAsync(registry, TestContext.Current.CancellationToken) is { } found ? $"{found.User}/{found.Password}" : null;
    }
}
