using ContainerSdk.Diagnostics;
using Xunit;

namespace ContainerSdk.Engines.Tests;

/// <summary>The .NET SDK's environment variables, and its order of looking them up.</summary>
public sealed class RegistryLoginTests
{
    private const string Push = "DOTNET_CONTAINER_PUSH_REGISTRY";
    private const string Pull = "DOTNET_CONTAINER_PULL_REGISTRY";
    private const string Both = "DOTNET_CONTAINER_REGISTRY";
    private const string Old = "SDK_CONTAINER_REGISTRY";

    [Theory]
    [InlineData("", null)]
    [InlineData(Pull, null)]
    [InlineData(Old, Old)]
    [InlineData($"{Old} {Both}", Both)]
    [InlineData($"{Old} {Both} {Push} {Pull}", Push)]
    public void APushLooksForItsOwnThenForTheGeneralOnes(string variables, string? expected)
    {
        var login = RegistryLogin.ToPush("localhost:5000", Environment(variables), NoReport);

        Assert.Equal((expected is null ? null : "localhost:5000", expected), (login?.Registry, login?.User));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData($"{Old} {Both} {Push}", null)]
    [InlineData($"{Old} {Both} {Push} {Pull}", Pull)]
    public void APullFromAnotherRegistryLooksForItsOwnAlone(string variables, string? expected)
    {
        var login = RegistryLogin.ToPull(Requests.Image("example.com/base:1"), "localhost:5000", Environment(variables), NoReport);

        Assert.Equal((expected is null ? null : "example.com", expected), (login?.Registry, login?.User));
    }

    [Theory]
    [InlineData($"{Old} {Push}", Old)]
    [InlineData($"{Old} {Both}", Both)]
    [InlineData($"{Old} {Both} {Pull}", Pull)]
    public void APullFromTheRegistryThatIsPushedToLooksForTheGeneralOnesToo(string variables, string expected) =>
        Assert.Equal(expected, RegistryLogin.ToPull(Requests.Image("localhost:5000/base:1"), "localhost:5000", Environment(variables), NoReport)?.User);

    [Fact]
    public void ScratchIsNotPulled() => Assert.Null(RegistryLogin.ToPull(null, null, Environment(Pull), NoReport));

    [Theory]
    [InlineData("_UNAME", "_PWORD")]
    [InlineData("_PWORD", "_UNAME")]
    public void CSDK4007_HalfALoginIsNoneAndTheNextOneCounts(string there, string missing)
    {
        var diagnostics = new List<Diagnostic>();

        var login = RegistryLogin.ToPush("localhost:5000", name => name == Push + there ? "x" : Environment(Both)(name), diagnostics.Add);

        Assert.Equal(Both, login?.User);
        Assert.Equal(
            [$"warning CSDK4007: The environment variable {Push}{there} is set, and {Push}{missing} is not; set both, or neither to use the login of 'docker login'"],
            diagnostics.Select(diagnostic => diagnostic.ToString()));
    }

    [Fact]
    public void ItsTextHoldsNoPassword() =>
        Assert.DoesNotContain("password", RegistryLogin.ToPush("localhost:5000", Environment(Push), NoReport)!.ToString(), StringComparison.Ordinal);

    // The user is called like the variable that it came from.
    private static Func<string, string?> Environment(string variables) => name =>
        variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(variable => name == variable + "_UNAME" ? variable : name == variable + "_PWORD" ? "password of " + variable : null).FirstOrDefault(value => value is not null);

    private static void NoReport(Diagnostic diagnostic) => Assert.Fail(diagnostic.ToString());
}
