using Xunit;

namespace ContainerSdk.Tasks.Tests;

public sealed class ReadWarningPolicyTests
{
    [Theory]
    [InlineData("CSDK0000", true)]
    [InlineData("NU1605", false)]
    public void AsksForACodeThatNoListNames(string listed, bool expected)
    {
        using var folder = new ProjectFolder();
        folder.Log.WarningsAsErrors = [listed];
        var task = new ReadWarningPolicy();

        Assert.True(folder.Execute(task));
        Assert.Equal(expected, task.AllAreErrors);
    }
}
