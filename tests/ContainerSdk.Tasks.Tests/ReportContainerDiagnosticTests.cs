using Xunit;

namespace ContainerSdk.Tasks.Tests;

public sealed class ReportContainerDiagnosticTests
{
    [Theory]
    [InlineData("CSDK9001", "TargetFrameworks is 'net9.0, net10.0', and an image holds one; choose it with -f, for example: dotnet publish -f net10.0 -t:PublishContainer", "net9.0, net10.0", "net10.0")]
    [InlineData("CSDK9002", "'Orders' has OutputType 'Library', and an image needs a program to run; publish the application project, or set OutputType to Exe", "Orders", "Library")]
    [InlineData("CSDK9003", "'Orders.Tests' is a test project; publish the application, or set ContainerizeTestProject to true if the image of the tests is what you want", "Orders.Tests")]
    public void RaisesTheTablesWords(string code, string message, params string[] arguments)
    {
        using var folder = new ProjectFolder();

        Assert.False(folder.Execute(new ReportContainerDiagnostic { Code = code, Arguments = arguments }));

        Assert.Equal([folder.Error(code, message)], folder.Log.Problems);
    }

    [Fact]
    public void AWarningDoesNotFailTheTask()
    {
        using var folder = new ProjectFolder();

        Assert.True(folder.Execute(new ReportContainerDiagnostic { Code = "CSDK1017", Arguments = ["ContainerLabel", "API_KEY"] }));

        Assert.Equal(
            [folder.Warning("CSDK1017", "ContainerLabel 'API_KEY' looks like a secret, and its value would be readable by anyone who has the image; pass it when the container starts, or set NoWarn to CSDK1017 if the value is public")],
            folder.Log.Problems);
    }

    [Fact]
    public void TakesBracesAndPercentSignsAsText()
    {
        using var folder = new ProjectFolder();

        Assert.False(folder.Execute(new ReportContainerDiagnostic { Code = "CSDK9003", Arguments = ["{1}%3B{"] }));

        Assert.Equal(
            [folder.Error("CSDK9003", "'{1}%3B{' is a test project; publish the application, or set ContainerizeTestProject to true if the image of the tests is what you want")],
            folder.Log.Problems);
    }
}
