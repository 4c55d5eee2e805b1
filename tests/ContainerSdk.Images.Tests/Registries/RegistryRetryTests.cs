using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using ContainerSdk.Images.Registries;
using Xunit;

namespace ContainerSdk.Images.Tests.Registries;

public sealed class RegistryRetryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HttpStatusCode.RequestTimeout)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task WhatMayGoBetterIsTriedAgain(HttpStatusCode status)
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        bench.KeepManifest("1", "{}");
        bench.Registry.Instead("GET", 4, status);

        Assert.NotNull(await bench.Client.FindAsync("1", Cancellation));
        Assert.Equal([1, 2, 4, 8], bench.Clock.Waits);
    }

    [Fact]
    public async Task APushGoesOnWithTheStepThatFailed()
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        bench.Registry.Instead("HEAD /v2/app/blobs/base", 1, HttpStatusCode.BadGateway);
        bench.Registry.Instead("POST", 1, HttpStatusCode.ServiceUnavailable);
        bench.Registry.Instead("PUT /v2/app/manifests/2", 1, HttpStatusCode.ServiceUnavailable);

        await bench.PushAsync(new SampleImage("base"), "1", "2");

        Assert.Equal(
            ["HEAD", "HEAD", "POST", "HEAD", "POST", "PUT", "HEAD", "POST", "PUT", "PUT", "PUT", "PUT"],
            bench.Registry.Requests.Select(request => request.Split(' ')[0]));
        Assert.Equal(["PUT /v2/app/manifests/1", "PUT /v2/app/manifests/2", "PUT /v2/app/manifests/2"], bench.Registry.Requests.Skip(9));
        Assert.Equal([1, 2, 1], bench.Clock.Waits);
    }

    [Fact]
    public async Task FiveTriesAreEnough()
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        bench.Registry.Instead("GET", 5, () => MemoryRegistry.Error(HttpStatusCode.TooManyRequests, "TOOMANYREQUESTS", "You have reached your pull rate limit."));

        Assert.Equal("Failed: toomanyrequests: You have reached your pull rate limit. (429)", await RegistryBench.FailureAsync(() => bench.Client.FindAsync("1", Cancellation)));
        Assert.Equal(5, bench.Registry.Requests.Count);
    }

    [Fact]
    public async Task ARegistrySaysHowLongToWait()
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        bench.Registry.Instead("GET", 1, () => Later(new RetryConditionHeaderValue(TimeSpan.FromSeconds(7))));
        bench.Registry.Instead("GET", 1, () => Later(new RetryConditionHeaderValue(bench.Clock.GetUtcNow().AddSeconds(90))));
        bench.Registry.Instead("GET", 1, () => Later(new RetryConditionHeaderValue(bench.Clock.GetUtcNow().AddSeconds(-90))));

        await bench.Client.FindAsync("1", Cancellation);

        Assert.Equal([7, 90], bench.Clock.Waits);
        Assert.Equal(4, bench.Registry.Requests.Count);
    }

    [Fact]
    public async Task ARegistryThatAsksForTooMuchPatienceIsGivenUp()
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        bench.Registry.Instead("GET", 1, () => Later(new RetryConditionHeaderValue(TimeSpan.FromHours(6))));

        Assert.Equal("Failed: Too Many Requests (429)", await RegistryBench.FailureAsync(() => bench.Client.FindAsync("1", Cancellation)));
        Assert.Empty(bench.Clock.Waits);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, "Failed: Bad Request (400)")]
    [InlineData(HttpStatusCode.Forbidden, "Forbids: Forbidden (403)")]
    [InlineData(HttpStatusCode.NotImplemented, "Failed: Not Implemented (501)")]
    public async Task WhatStaysAsItIsIsNotTriedAgain(HttpStatusCode status, string failure)
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        bench.Registry.Instead("GET", 1, status);

        Assert.Equal(failure, await RegistryBench.FailureAsync(() => bench.Client.FindAsync("1", Cancellation)));
        Assert.Empty(bench.Clock.Waits);
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "DENIED", "Forbids: denied: no (403)")]
    [InlineData(HttpStatusCode.NotFound, "NAME_UNKNOWN", "RepositoryUnknown: name unknown: no (404)")]
    [InlineData(HttpStatusCode.NotFound, "NOT_FOUND", "RepositoryUnknown: not found: no (404)")]
    [InlineData(HttpStatusCode.BadRequest, "NAME_UNKNOWN", "RepositoryUnknown: name unknown: no (400)")]
    [InlineData(HttpStatusCode.Conflict, "TAG_INVALID", "Failed: tag invalid: no (409)")]
    public async Task ARefusalIsQuoted(HttpStatusCode status, string code, string failure)
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        bench.Registry.Instead("POST", 1, () => MemoryRegistry.Error(status, code, "no"));

        Assert.Equal(failure, await RegistryBench.FailureAsync(() => bench.PushAsync(new SampleImage("base"), "1")));
    }

    [Theory]
    [InlineData("""{"errors":[{"code":"A_B","message":"one"},{"code":"A_B","message":"one"},{"code":"C"},{"message":"three"},7]}""", "a b: one; c; three (400)")]
    [InlineData("""{"errors":[{"code":"A","message":"one\r\n\u001b[31mtwo\u202e  three\ud800"}]}""", "a (400)")]
    [InlineData("""{"errors":[{"code":"A","message":"one\r\n\u001b[31mtwo\u202e  three"}]}""", "a: one [31mtwo three (400)")]
    [InlineData("""{"errors":{}}""", "Bad Request (400)")]
    [InlineData("""{"message":"from a gateway"}""", "from a gateway (400)")]
    [InlineData("[]", "Bad Request (400)")]
    [InlineData("<html><body>nginx</body></html>", "Bad Request (400)")]
    public async Task WhateverARegistryWritesBecomesOneLine(string body, string message)
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        bench.Registry.Instead("GET", 1, () => MemoryRegistry.Json(HttpStatusCode.BadRequest, body));

        Assert.Equal($"Failed: {message}", await RegistryBench.FailureAsync(() => bench.Client.FindAsync("1", Cancellation)));
    }

    [Fact]
    public async Task ALongReasonIsCut()
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        bench.Registry.Instead("GET", 1, () => MemoryRegistry.Error(HttpStatusCode.BadRequest, "A", new string('x', 1000)));

        Assert.Equal($"Failed: a: {new string('x', 297)}… (400)", await RegistryBench.FailureAsync(() => bench.Client.FindAsync("1", Cancellation)));
    }

    [Fact]
    public async Task AReasonThatBreaksOffLeavesTheStatus()
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        bench.Registry.Instead("GET", 1, () => new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new BreakingContent("{}"u8.ToArray(), 1, BreakKind.WithError) });

        Assert.Equal("Failed: Bad Request (400)", await RegistryBench.FailureAsync(() => bench.Client.FindAsync("1", Cancellation)));
    }

    [Fact]
    public async Task AConnectionThatFailsIsTriedAgain()
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        bench.Registry.Instead("GET", 5, () => throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused (registry.test:443)", new SocketException((int)SocketError.ConnectionRefused)));

        Assert.Equal($"Unreachable: {new SocketException((int)SocketError.ConnectionRefused).Message}", await RegistryBench.FailureAsync(() => bench.Client.FindAsync("1", Cancellation)));
        Assert.Equal([1, 2, 4, 8], bench.Clock.Waits);
    }

    [Fact]
    public async Task ATimeoutIsAFailedConnection()
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        bench.KeepManifest("1", "{}");
        bench.Registry.Instead("GET", 2, () => throw new TaskCanceledException("A connection could not be established within the configured ConnectTimeout."));

        Assert.NotNull(await bench.Client.FindAsync("1", Cancellation));
        Assert.Equal([1, 2], bench.Clock.Waits);
    }

    [Fact]
    public async Task ATokenServiceIsTriedAgainToo()
    {
        using var bench = new RegistryBench(new MemoryRegistry { Login = new MemoryLogin { TakesAnybody = true } });
        bench.KeepManifest("1", "{}");
        bench.Registry.Instead("GET https://auth.test", 1, HttpStatusCode.BadGateway);
        bench.Registry.Instead("GET https://auth.test", 1, () => throw new HttpRequestException("no route to host"));

        Assert.NotNull(await bench.Client.FindAsync("1", Cancellation));
        Assert.Equal([1, 2], bench.Clock.Waits);
    }

    [Fact]
    public async Task ACertificateThatIsNotTrustedIsNotTriedAgain()
    {
        using var bench = new RegistryBench(new MemoryRegistry { IsTrusted = false });

        Assert.Equal("NotTrusted: The remote certificate is invalid", await RegistryBench.FailureAsync(() => bench.Client.FindAsync("1", Cancellation)));
        Assert.Equal(["GET /v2/app/manifests/1"], bench.Registry.Requests);
    }

    private static HttpResponseMessage Later(RetryConditionHeaderValue when) => new(HttpStatusCode.TooManyRequests) { Headers = { RetryAfter = when } };
}
