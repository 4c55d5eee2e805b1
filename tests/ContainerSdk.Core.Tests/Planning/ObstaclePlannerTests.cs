using ContainerSdk.Diagnostics;
using Xunit;

namespace ContainerSdk.Core.Tests.Planning;

/// <summary>What a toolchain's data file objects to is reported with everything else.</summary>
public sealed class ObstaclePlannerTests
{
    [Theory]
    [InlineData("CSDK1038", "error")]
    [InlineData("CSDK1039", "error")]
    [InlineData("CSDK1040", "warning")]
    [InlineData("CSDK1041", "error")]
    [InlineData("CSDK1042", "error")]
    [InlineData("CSDK1043", "error")]
    [InlineData("CSDK1054", "error")]
    public void AnObstacleIsReportedUnderItsCode(string code, string severity)
    {
        var result = SampleInputs.Valid.WithItem("ContainerObstacle", code, ("Reason", "The base is 'x'"), ("Remedy", "use {y}")).Plan();
        Assert.Equal($"{severity} {code}: The base is 'x'; use {{y}}", string.Join('\n', result.Diagnostics));
        Assert.Equal(severity == "warning", result.Plan is not null);
    }

    [Fact]
    public void ObstaclesAreSaidBesideOtherMistakes() => Assert.Equal(
        """
        error CSDK1001: ContainerEngine is 'rocker'; expected 'auto', 'docker' or 'embedded'
        error CSDK1039: one; two
        error CSDK1041: three; four
        """,
        SampleInputs.Valid.With("ContainerEngine", "rocker")
            .WithItem("ContainerObstacle", "CSDK1041", ("Reason", "three"), ("Remedy", "four")).WithItem("ContainerObstacle", "CSDK1039", ("Reason", "one"), ("Remedy", "two")).Said());

    [Theory]
    [InlineData("CSDK1001")]
    [InlineData("CSDK9999")]
    [InlineData("csdk1038")]
    public void ACodeThatIsNoToolchainsIsRefused(string code) => Assert.Equal(
        $"error CSDK1011: ContainerObstacle is '{code}'; expected one of: CSDK1038, CSDK1039, CSDK1040, CSDK1041, CSDK1042, CSDK1043, CSDK1048, CSDK1054",
        SampleInputs.Valid.WithItem("ContainerObstacle", code, ("Reason", "a"), ("Remedy", "b")).Said());

    [Fact]
    public void AnObstacleWithoutWordsIsOneAllTheSame() =>
        Assert.Equal("error CSDK1038: the toolchain objects; see its documentation", SampleInputs.Valid.WithItem("ContainerObstacle", Descriptors.LibcMismatch.Id).Said());
}
