using Xunit;

namespace ContainerSdk.Core.Tests.Planning;

/// <summary>What the embedded engine cannot do is said with everything else, each step by its name.</summary>
public sealed class EngineChoiceTests
{
    [Fact]
    public void CSDK1053_EveryStepThatRunsSomethingIsNamed() => Assert.Equal(
        """
        error CSDK1053: ContainerEngine is 'embedded', which runs nothing inside an image, but ContainerBuildMode is 'Container'; remove ContainerBuildMode, so that this machine compiles, or use ContainerEngine 'docker'
        error CSDK1053: ContainerEngine is 'embedded', which runs nothing inside an image, but ContainerPackage, ContainerCaCertificates or ContainerTimeZoneData ask for 'curl', 'tzdata'; use a ContainerBaseImage that has it, or use ContainerEngine 'docker'
        error CSDK1053: ContainerEngine is 'embedded', which runs nothing inside an image, but ContainerFile copies '/usr/bin/tool' from the image 'docker.io/library/tools:1'; copy it from this machine, or use ContainerEngine 'docker'
        error CSDK1053: ContainerEngine is 'embedded', which runs nothing inside an image, but ContainerRun asks for 'true'; use a ContainerBaseImage that has what it makes, or use ContainerEngine 'docker'
        """,
        SampleInputs.Valid.With("ContainerEngine", "embedded")
            .WithItem("ContainerPackage", "curl").WithItem("ContainerPackage", "tzdata")
            .WithItem("ContainerRun", "true", ("Value", "true"))
            .WithItem("ContainerFile", "/usr/bin/tool", ("From", "tools:1"), ("TargetPath", "/usr/bin/tool"))
            .Said());

    [Theory]
    [InlineData("docker", "example.com/base:1", "only the embedded engine reads it; set ContainerEngine to embedded, or load the image into docker")]
    [InlineData("embedded", "scratch", "ContainerBaseImage is 'scratch'; name the image that it holds as ContainerBaseImage, or remove ContainerBaseImagePath")]
    public void CSDK1055_AFileThatNothingReadsIsRefused(string engine, string image, string reason) => Assert.Contains(
        $"error CSDK1055: ContainerBaseImagePath is 'base.tar', but {reason}",
        SampleInputs.Valid.With("ContainerEngine", engine).With("ContainerBaseImage", image).With("ContainerBaseImagePath", "base.tar").Said().Split('\n'));

    [Fact]
    public void TheSameStepsAreFineForAnotherEngine() => Assert.Equal(
        "", SampleInputs.Valid.With("ContainerEngine", "docker").WithItem("ContainerPackage", "curl").WithItem("ContainerRun", "true", ("Value", "true")).Said());
}
