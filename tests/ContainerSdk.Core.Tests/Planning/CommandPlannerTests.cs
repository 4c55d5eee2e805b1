using ContainerSdk.Inputs;
using Xunit;

namespace ContainerSdk.Core.Tests.Planning;

/// <summary>
/// ENTRYPOINT and CMD as the .NET SDK's own publishing computes them. What the base image's entrypoint is, a plan cannot know; an empty one leaves
/// the base image's in force.
/// </summary>
public sealed class CommandPlannerTests
{
    [Theory]
    [InlineData(null, "", "", "ac", "", "", "ac", "")]
    [InlineData(null, "", "", "ac", "aca", "da", "ac aca", "da")]
    [InlineData(null, "e", "ea", "ac", "aca", "da", "e ea", "ac aca da")]
    [InlineData(null, "e", "", "", "", "", "e", "")]
    [InlineData(null, "", "", "", "", "da", "", "da")]
    [InlineData("DefaultArgs", "e", "ea", "ac", "aca", "da", "e ea", "ac aca da")]
    [InlineData("DefaultArgs", "", "", "ac", "", "", "", "ac")]
    [InlineData("DefaultArgs", "", "", "ac", "aca", "da", "", "ac aca da")]
    [InlineData("Entrypoint", "", "", "ac", "aca", "da", "ac aca", "da")]
    [InlineData("None", "e", "ea", "", "", "da", "e ea", "da")]
    [InlineData("none", "", "", "", "", "da", "", "da")]
    public void FollowsTheInstruction(string? instruction, string e, string ea, string ac, string aca, string da, string entrypoint, string command)
    {
        var runtime = Inputs(instruction, e, ea, ac, aca, da).Planned().Runtime;
        Assert.Equal((entrypoint, command), (string.Join(' ', runtime.Entrypoint), string.Join(' ', runtime.Command)));
    }

    [Theory]
    [InlineData(null, "true", false)]
    [InlineData("DefaultArgs", "", false)]
    [InlineData("DefaultArgs", "true", false)]
    [InlineData("DefaultArgs", "false", true)]
    public void TheBaseImagesEntrypointIsDroppedOnlyWhereItWouldRun(string? instruction, string keep, bool dropped) =>
        Assert.Equal(dropped, Inputs(instruction, "", "", "ac", "", "").With("ContainerKeepBaseEntrypoint", keep).Planned().Runtime.DropsBaseEntrypoint);

    [Fact]
    public void AnEntrypointOfTheProjectsOwnNeedsNoneDropped() =>
        Assert.False(Inputs("DefaultArgs", "e", "", "ac", "", "").With("ContainerKeepBaseEntrypoint", "false").Planned().Runtime.DropsBaseEntrypoint);

    /// <summary>From before ContainerAppCommand existed, and kept by the .NET SDK.</summary>
    [Fact]
    public void EntrypointArgsAloneAreTheDefaultArgumentsOfTheAppCommand()
    {
        var result = Inputs(null, "", "ea", "ac", "", "").Plan();
        Assert.Equal("", string.Join('\n', result.Diagnostics));
        Assert.Equal(("ac", "ea"), (string.Join(' ', result.Plan!.Runtime.Entrypoint), string.Join(' ', result.Plan.Runtime.Command)));
    }

    [Theory]
    [InlineData("Entrypoint", "e", "ea", "ac", "aca", "da",
        "ContainerEntrypoint cannot be combined with ContainerAppCommandInstruction=Entrypoint; remove ContainerEntrypoint, or use DefaultArgs to make the app command its arguments")]
    [InlineData("Entrypoint", "", "ea", "ac", "aca", "da",
        "ContainerEntrypointArgs cannot be combined with an empty ContainerEntrypoint; use ContainerAppCommandArgs, or ContainerDefaultArgs for what a user of the image may override")]
    [InlineData("None", "e", "ea", "ac", "", "",
        "ContainerAppCommand cannot be combined with ContainerAppCommandInstruction=None; remove the app command, or the instruction")]
    [InlineData("None", "e", "ea", "", "aca", "",
        "ContainerAppCommand cannot be combined with ContainerAppCommandInstruction=None; remove the app command, or the instruction")]
    [InlineData("DefaultArgs", "", "ea", "ac", "aca", "da",
        "ContainerEntrypointArgs cannot be combined with an empty ContainerEntrypoint; use ContainerAppCommandArgs, or ContainerDefaultArgs for what a user of the image may override")]
    [InlineData("DefaultArgs", "e", "ea", "", "aca", "da",
        "ContainerAppCommandArgs cannot be combined with an empty ContainerAppCommand; set ContainerAppCommand")]
    public void RefusesAConflict(string instruction, string e, string ea, string ac, string aca, string da, string expected)
    {
        var result = Inputs(instruction, e, ea, ac, aca, da).Plan();
        Assert.Equal(["error CSDK1015: " + expected], result.Diagnostics.Select(diagnostic => diagnostic.ToString()));
        Assert.Null(result.Plan);
    }

    private static ContainerInputs Inputs(string? instruction, string e, string ea, string ac, string aca, string da)
    {
        var inputs = SampleInputs.Valid.Without("ContainerAppCommand")
            .WithWords("ContainerEntrypoint", e).WithWords("ContainerEntrypointArgs", ea)
            .WithWords("ContainerAppCommand", ac).WithWords("ContainerAppCommandArgs", aca).WithWords("ContainerDefaultArgs", da);
        return instruction is null ? inputs : inputs.With("ContainerAppCommandInstruction", instruction);
    }
}
