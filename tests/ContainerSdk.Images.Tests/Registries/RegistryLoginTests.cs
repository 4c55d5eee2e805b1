using System.Net;
using ContainerSdk.Images.Registries;
using Xunit;

namespace ContainerSdk.Images.Tests.Registries;

public sealed class RegistryLoginTests
{
    private static readonly RegistryCredential Ann = new(MemoryLogin.User, MemoryLogin.Password);
    private static readonly RegistryCredential Stranger = new("bob", "guess");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ALoginThatNobodyWantsIsNotLookedFor()
    {
        using var bench = new RegistryBench(new MemoryRegistry(), Ann);

        await bench.Client.FindAsync("1", Cancellation);

        Assert.Equal(0, bench.CredentialsFound);
        Assert.Equal(["GET registry.test nothing"], bench.Registry.Shown);
    }

    [Fact]
    public async Task APasswordIsShownOnceItIsWanted()
    {
        using var bench = new RegistryBench(new MemoryRegistry { Login = new MemoryLogin { WantsToken = false } }, Ann);

        await bench.Client.FindAsync("1", Cancellation);
        await bench.Client.FindAsync("2", Cancellation);

        Assert.Equal(["GET registry.test nothing", "GET registry.test Basic ann:s3cret-w0rd", "GET registry.test Basic ann:s3cret-w0rd"], bench.Registry.Shown);
        Assert.Equal(1, bench.CredentialsFound);
    }

    [Fact]
    public async Task AWrongPasswordIsShownOnce()
    {
        using var bench = new RegistryBench(new MemoryRegistry { Login = new MemoryLogin { WantsToken = false } }, Stranger);

        Assert.Equal("WantsLogin: unauthorized: authentication required (401)", await RegistryBench.FailureAsync(() => bench.Client.FindAsync("1", Cancellation)));
        Assert.Equal(["GET registry.test nothing", "GET registry.test Basic bob:guess"], bench.Registry.Shown);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WithoutALoginTheRegistrySaysThatItWantsOne(bool isToken)
    {
        using var bench = new RegistryBench(
            new MemoryRegistry { Login = new MemoryLogin { WantsToken = false } }, isToken ? new RegistryCredential(RegistryCredential.TokenUser, MemoryLogin.IdentityToken) : null);

        Assert.Equal("WantsLogin: unauthorized: authentication required (401)", await RegistryBench.FailureAsync(() => bench.Client.FindAsync("1", Cancellation)));
        Assert.Equal(["GET registry.test nothing"], bench.Registry.Shown);
    }

    [Theory]
    [InlineData("token")]
    [InlineData("access_token")]
    public async Task ATokenIsFetchedForThePasswordAndKept(string name)
    {
        using var bench = new RegistryBench(new MemoryRegistry { Login = new MemoryLogin { TokenName = name } }, Ann);

        await bench.Client.FindAsync("1", Cancellation);
        await bench.Client.FindAsync("2", Cancellation);

        Assert.Equal(
            [
                "GET /v2/app/manifests/1", "GET https://auth.test/token?service=registry.test&scope=repository%3Aapp%3Apull", "GET /v2/app/manifests/1",
                "GET /v2/app/manifests/2",
            ],
            bench.Registry.Requests);
        Assert.Equal(
            ["GET registry.test nothing", "GET auth.test Basic ann:s3cret-w0rd", "GET registry.test Bearer token-1", "GET registry.test Bearer token-1"],
            bench.Registry.Shown);
    }

    [Fact]
    public async Task AnybodyMayFetchATokenWithoutALogin()
    {
        using var bench = new RegistryBench(new MemoryRegistry { Login = new MemoryLogin { TakesAnybody = true } });
        var blob = bench.Keep("text");

        Assert.Equal("text", await bench.ReadAsync(blob));
        Assert.Equal(["GET registry.test nothing", "GET auth.test nothing", "GET registry.test Bearer token-1"], bench.Registry.Shown);
    }

    [Fact]
    public async Task AnIdentityTokenIsPosted()
    {
        using var bench = new RegistryBench(new MemoryRegistry { Login = new MemoryLogin { TokenName = "access_token" } }, new RegistryCredential(RegistryCredential.TokenUser, MemoryLogin.IdentityToken));

        await bench.Client.FindAsync("1", Cancellation);

        Assert.Equal(
            [
                "GET /v2/app/manifests/1",
                "POST https://auth.test/token grant_type=refresh_token&service=registry.test&client_id=containersdk&scope=repository%3Aapp%3Apull&refresh_token=identity-of-ann",
                "GET /v2/app/manifests/1",
            ],
            bench.Registry.Requests);
        Assert.Equal(["GET registry.test nothing", "POST auth.test nothing", "GET registry.test Bearer token-1"], bench.Registry.Shown);
    }

    [Fact]
    public async Task EveryScopeHasItsOwnToken()
    {
        using var bench = new RegistryBench(new MemoryRegistry { Login = new MemoryLogin() }, Ann);
        var image = new SampleImage("base");
        bench.Keep("base", "team/base");

        await bench.Client.FindAsync("1", Cancellation);
        await bench.PushAsync(new SampleImage("base") { Image = image.Image with { Base = ImageReference.Create("registry.test", "team/base", "1") } }, "1");

        Assert.Equal(
            [
                "GET https://auth.test/token?service=registry.test&scope=repository%3Aapp%3Apull",
                "GET https://auth.test/token?service=registry.test&scope=repository%3Aapp%3Apull%2Cpush",
                "GET https://auth.test/token?service=registry.test&scope=repository%3Aapp%3Apull%2Cpush&scope=repository%3Ateam%2Fbase%3Apull",
            ],
            bench.Registry.Requests.Where(request => request.Contains("auth.test", StringComparison.Ordinal)));
        Assert.Equal(
            ["HEAD registry.test nothing", "HEAD registry.test Bearer token-2", "POST registry.test nothing", "POST registry.test Bearer token-3", "HEAD registry.test Bearer token-2"],
            bench.Registry.Shown.Skip(3).Where(shown => shown.Contains("registry.test", StringComparison.Ordinal)).Take(5));
        Assert.Equal(1, bench.CredentialsFound);
    }

    [Fact]
    public async Task ParallelUploadsShareAToken()
    {
        using var bench = new RegistryBench(new MemoryRegistry { Login = new MemoryLogin() }, Ann, options => options with { Order = UploadOrder.Parallel });
        var image = new SampleImage("1", "2", "3", "4", "5", "6");

        await bench.PushAsync(image, "1");

        Assert.Equal(1, bench.Registry.Shown.Count(shown => shown.Contains("auth.test", StringComparison.Ordinal)));
        Assert.Equal(image.Blobs("app"), bench.Registry.Blobs.Keys.Order());
    }

    [Fact]
    public async Task ATokenThatHasExpiredIsReplaced()
    {
        using var bench = new RegistryBench(new MemoryRegistry { Login = new MemoryLogin() }, Ann);
        await bench.Client.FindAsync("1", Cancellation);
        bench.Registry.Login!.Expire();

        await bench.Client.FindAsync("1", Cancellation);

        Assert.Equal(["GET registry.test Bearer token-1", "GET auth.test Basic ann:s3cret-w0rd", "GET registry.test Bearer token-2"], bench.Registry.Shown.Skip(3));
    }

    [Fact]
    public async Task ATokenThatExpiresDuringAnUploadIsReplacedAndTheBlobReadAgain()
    {
        using var bench = new RegistryBench(new MemoryRegistry { Login = new MemoryLogin() }, Ann);
        var image = new SampleImage("base");
        var isOver = false;
        bench.Registry.Before = request =>
        {
            if (!isOver && request.StartsWith("PUT", StringComparison.Ordinal)) bench.Registry.Login!.Expire();
            isOver |= request.StartsWith("PUT", StringComparison.Ordinal);
            return Task.CompletedTask;
        };

        await bench.PushAsync(image, "1");

        Assert.Equal(image.Blobs("app"), bench.Registry.Blobs.Keys.Order());
        Assert.Empty(bench.Clock.Waits);
    }

    [Fact]
    public async Task WhoIsLoggedInAndMayNotPushIsForbiddenTo()
    {
        using var bench = new RegistryBench(new MemoryRegistry { Login = new MemoryLogin { Grants = action => action.EndsWith(":pull", StringComparison.Ordinal) } }, Ann);

        Assert.Equal("Forbids: unauthorized: authentication required (401)", await RegistryBench.FailureAsync(() => bench.PushAsync(new SampleImage("base"), "1")));
    }

    [Fact]
    public async Task WhoIsNotLoggedInAndMayNotPushIsToLogIn()
    {
        using var bench = new RegistryBench(new MemoryRegistry { Login = new MemoryLogin { TakesAnybody = true, Grants = action => action.EndsWith(":pull", StringComparison.Ordinal) } });

        Assert.Equal("WantsLogin: unauthorized: authentication required (401)", await RegistryBench.FailureAsync(() => bench.PushAsync(new SampleImage("base"), "1")));
    }

    [Fact]
    public async Task ABaseThatMayNotBeReadIsNoObstacle()
    {
        using var bench = new RegistryBench(
            new MemoryRegistry { Login = new MemoryLogin { Grants = action => action.StartsWith("repository:app:", StringComparison.Ordinal) } }, Ann);
        var image = new SampleImage("base");

        await bench.PushAsync(new SampleImage("base") { Image = image.Image with { Base = ImageReference.Create("registry.test", "secret/base", "1") } }, "1");

        Assert.Equal(image.Blobs("app"), bench.Registry.Blobs.Keys.Order());
    }

    [Fact]
    public async Task ATokenServiceThatDoesNotKnowTheUserIsQuoted()
    {
        using var bench = new RegistryBench(new MemoryRegistry { Login = new MemoryLogin() }, Stranger);

        Assert.Equal("WantsLogin: incorrect username or password (401)", await RegistryBench.FailureAsync(() => bench.Client.FindAsync("1", Cancellation)));
    }

    [Fact]
    public async Task ATokenServiceThatRepeatsASecretIsNotQuoted()
    {
        using var bench = new RegistryBench(new MemoryRegistry { Login = new MemoryLogin() }, Ann);
        bench.Registry.Instead("GET https://auth.test", 1, () => MemoryRegistry.Json(HttpStatusCode.BadRequest, """{"message":"user ann cannot use s3cret-w0rd here"}"""));

        Assert.Equal("Failed: user ann cannot use *** here (400)", await RegistryBench.FailureAsync(() => bench.Client.FindAsync("1", Cancellation)));
    }

    [Fact]
    public async Task AnIdentityTokenThatHasExpiredWantsALogin()
    {
        using var bench = new RegistryBench(new MemoryRegistry { Login = new MemoryLogin() }, new RegistryCredential(RegistryCredential.TokenUser, "old-identity"));
        bench.Registry.Instead("POST https://auth.test", 1, () => MemoryRegistry.Json(HttpStatusCode.BadRequest, """{"error":"invalid_grant","error_description":"the token old-identity has expired"}"""));

        Assert.Equal("WantsLogin: invalid grant: the token *** has expired (400)", await RegistryBench.FailureAsync(() => bench.Client.FindAsync("1", Cancellation)));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"token":""}""")]
    [InlineData("""{"token":"a\r\nSet-Cookie: b"}""")]
    [InlineData("<html>")]
    public async Task ATokenThatIsNoneIsAFailure(string answer)
    {
        using var bench = new RegistryBench(new MemoryRegistry { Login = new MemoryLogin() }, Ann);
        bench.Registry.Instead("GET https://auth.test", 1, () => MemoryRegistry.Json(HttpStatusCode.OK, answer));

        Assert.Equal("Failed: the token service 'auth.test' gives no token", await RegistryBench.FailureAsync(() => bench.Client.FindAsync("1", Cancellation)));
    }

    [Theory]
    [InlineData("Bearer realm=\"http://auth.test/token\",service=\"registry.test\"", "NotTrusted: the registry wants the login sent to http://auth.test, which is not encrypted")]
    [InlineData("Bearer realm=\"/token\",service=\"registry.test\"", "Failed: the registry wants a token, and does not say of whom")]
    [InlineData("Bearer service=\"registry.test\"", "Failed: the registry wants a token, and does not say of whom")]
    [InlineData("Negotiate abc==", "WantsLogin: unauthorized: authentication required (401)")]
    [InlineData("", "WantsLogin: unauthorized: authentication required (401)")]
    public async Task ALoginIsSentToNobodyUnknown(string challenge, string failure)
    {
        using var bench = new RegistryBench(new MemoryRegistry { Login = new MemoryLogin { Challenge = challenge } }, Ann);

        Assert.Equal(failure, await RegistryBench.FailureAsync(() => bench.Client.FindAsync("1", Cancellation)));
        Assert.Equal(["GET registry.test nothing"], bench.Registry.Shown);
    }

    [Theory]
    [InlineData("""Bearer realm="https://auth.test/token",service="a, \"b\" c",scope="repository:app:pull" """, "service=a%2C%20%22b%22%20c&scope=repository%3Aapp%3Apull")]
    [InlineData("""bearer  Realm = https://auth.test/token , service=x""", "service=x&scope=repository%3Aapp%3Apull")]
    [InlineData("""Negotiate abc==, Basic realm="a, b", Bearer realm="https://auth.test/token" """, "scope=repository%3Aapp%3Apull")]
    [InlineData("""Bearer realm="https://auth.test/token",scope="repository:app:pull registry:catalog:*" """, "scope=repository%3Aapp%3Apull&scope=registry%3Acatalog%3A%2A")]
    public async Task ChallengesAreUnderstoodAsTheyAreWritten(string challenge, string query)
    {
        using var bench = new RegistryBench(new MemoryRegistry { Login = new MemoryLogin() }, Ann);
        bench.Registry.Instead("GET /v2/app/manifests/1", 1, () =>
        {
            var refusal = new HttpResponseMessage(HttpStatusCode.Unauthorized);
            refusal.Headers.TryAddWithoutValidation("WWW-Authenticate", challenge);
            return refusal;
        });

        await bench.Client.FindAsync("1", Cancellation);

        Assert.Equal($"GET https://auth.test/token?{query}", bench.Registry.Requests[1]);
    }

    [Fact]
    public async Task ATokenServiceWithAQueryOfItsOwnKeepsIt()
    {
        using var bench = new RegistryBench(new MemoryRegistry { Login = new MemoryLogin { TokenService = "https://auth.test/token?tenant=7" } }, Ann);

        await bench.Client.FindAsync("1", Cancellation);

        Assert.Equal("GET https://auth.test/token?tenant=7&service=registry.test&scope=repository%3Aapp%3Apull", bench.Registry.Requests[1]);
    }

    [Fact]
    public void ALoginDoesNotShowItsPassword() => Assert.Equal("ann", Ann.ToString());
}
