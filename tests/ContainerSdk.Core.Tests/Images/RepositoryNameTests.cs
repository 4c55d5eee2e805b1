using ContainerSdk.Images;
using Xunit;

namespace ContainerSdk.Core.Tests.Images;

/// <summary>The rows of the .NET SDK's own tests (CanNormalizeInputContainerNames, IsValidRepositoryName).</summary>
public sealed class RepositoryNameTests
{
    [Theory]
    [InlineData("0aa")]
    [InlineData("9zz")]
    [InlineData("aa0")]
    [InlineData("zz9")]
    [InlineData("runtime")]
    [InlineData("dotnet_runtime")]
    [InlineData("dotnet-runtime")]
    [InlineData("dotnet/runtime")]
    [InlineData("friendly-suspicious-alligator")]
    [InlineData("team/a.b")]
    public void LeavesAValidNameAsItIs(string text) => Assert.Equal(text, RepositoryName.Normalize(text));

    [Theory]
    [InlineData("WebApplication44", "webapplication44")]
    [InlineData("Microsoft.Apps.Demo.ContosoWeb", "microsoft-apps-demo-contosoweb")]
    [InlineData("web/app2+7", "web/app2-7")]
    [InlineData("dotnet runtime", "dotnet-runtime")]
    [InlineData("Api/API", "api/api")]
    [InlineData("a$b", "a-b")]
    [InlineData("a\nb", "a-b")]
    [InlineData("Ärger", null)]
    [InlineData("größe", "gr--e")]
    public void LowersAndReplacesWhatARepositoryCannotHold(string text, string? expected) => Assert.Equal(expected, RepositoryName.Normalize(text));

    [Theory]
    [InlineData("")]
    [InlineData("*friendly-suspicious-alligator")]
    [InlineData("$runtime")]
    [InlineData("-%")]
    [InlineData("/app")]
    [InlineData("app/")]
    [InlineData("App.")]
    [InlineData("名前")]
    public void HasNoAnswerWhereNothingUsableIsLeft(string text) => Assert.Null(RepositoryName.Normalize(text));
}
