using ContainerSdk.Plan;
using Xunit;
using static ContainerSdk.Tasks.Tests.SmallPlan;

namespace ContainerSdk.Tasks.Tests;

/// <summary>@(ContainerFile) as users write it: relative to the project, a folder with or without a slash.</summary>
public sealed class HostFileTests
{
    [Fact]
    public void PathsAreRelativeToTheProjectAndAFolderIsKnownByLooking()
    {
        using var folder = new ProjectFolder("app");
        Directory.CreateDirectory(folder["conf"]);
        File.WriteAllText(Path.Combine(folder.Context, "limits"), "");

        var plan = PlanJson.Read(File.ReadAllText(folder.WritePlan(
            Item("ContainerFile", "conf", ("TargetPath", "/one")), Item("ContainerFile", "conf/", ("TargetPath", "/two/")), Item("ContainerFile", "name", ("Source", "../limits"), ("TargetPath", "/three")))));

        Assert.Equal(
            ["app/conf/ -> /one/", "app/conf/ -> /two/", "limits -> /three"],
            plan.Runtime.Preparation.Cast<RuntimeStep.Copy>().Select(copy => $"{((FileSource.Context)copy.From).Path} -> {copy.Target}"));
    }

    [Theory]
    [InlineData("600", null, "0644")]
    [InlineData("664", "", "0644")]
    [InlineData("700", null, "0755")]
    [InlineData("755", "0500", "0500")]
    public void AFilesModeIsThatOfGitUnlessItIsChosen(string onHost, string? chosen, string expected)
    {
        using var folder = new ProjectFolder();
        File.WriteAllText(folder["tool"], "");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder["tool"], (UnixFileMode)Convert.ToInt32(onHost, 8));

        var plan = PlanJson.Read(File.ReadAllText(folder.WritePlan(Item("ContainerFile", "tool", [("TargetPath", "/tool"), .. chosen is null ? Array.Empty<(string, string)>() : [("Mode", chosen)]]))));

        Assert.Equal(expected, Assert.IsType<RuntimeStep.Copy>(Assert.Single(plan.Runtime.Preparation)).Mode!.ToString());
    }

    [Fact]
    public void AFileThatIsNotThereIsNamedInFull()
    {
        using var folder = new ProjectFolder();

        Assert.False(folder.Execute(new WriteContainerPlan
        {
            Properties = Properties(folder.Root),
            Items = [.. Items(folder.Root), Item("ContainerFile", "gone.txt", ("TargetPath", "/x")), Item("ContainerFile", "gone/", ("TargetPath", "/x"))],
            PlanPath = "obj/container/plan.json",
        }));

        Assert.Equal(
            [
                folder.Error("CSDK2008", $"ContainerFile '{folder["gone.txt"]}' does not exist; correct the path, which is relative to the project, or remove the item"),
                folder.Error("CSDK2008", $"ContainerFile '{folder["gone/"]}' does not exist; correct the path, which is relative to the project, or remove the item"),
            ],
            folder.Log.Problems);
    }

    [Fact]
    public void AFileOfAStageOrAnImageIsNotLookedForOnTheHost()
    {
        using var folder = new ProjectFolder();

        var plan = PlanJson.Read(File.ReadAllText(folder.WritePlan(
            Item("ContainerFile", "/gone/x", ("From", "builder"), ("TargetPath", "/x")), Item("ContainerFile", "x", ("From", "busybox:1"), ("Source", "/gone/y"), ("TargetPath", "/y")))));

        Assert.Equal([typeof(FileSource.Builder), typeof(FileSource.Image)], plan.Runtime.Preparation.Cast<RuntimeStep.Copy>().Select(copy => copy.From.GetType()));
    }
}
