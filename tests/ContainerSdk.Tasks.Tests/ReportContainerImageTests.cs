using Xunit;

namespace ContainerSdk.Tasks.Tests;

public sealed class ReportContainerImageTests
{
    private const string Advice = "name the report.json of an earlier -t:ContainerReport, or leave it out";

    [Fact]
    public void CSDK5028_ABaselineThatIsNotThere()
    {
        using var project = new PublishedProject().Built();

        Assert.False(Report(project, "reports/last.json"));

        Assert.Equal([project.Folder.Error("CSDK5028", $"ContainerReportBaseline '{project.Folder["reports/last.json"]}' cannot be read: there is no such file; {Advice}")], project.Folder.Log.Problems);
    }

    [Fact]
    public void CSDK5028_ABaselineThatIsNoReport()
    {
        using var project = new PublishedProject().Built();
        File.WriteAllText(project.Folder["last.json"], "null");

        Assert.False(Report(project, " last.json "));

        Assert.Equal([project.Folder.Error("CSDK5028", $"ContainerReportBaseline '{project.Folder["last.json"]}' cannot be read: The report has a null; {Advice}")], project.Folder.Log.Problems);
    }

    private static bool Report(PublishedProject project, string baseline) =>
        project.Folder.Execute(new ReportContainerImage { PlanPath = "obj/container/plan.json", ImagePath = "obj/container/image.json", Baseline = baseline });
}
