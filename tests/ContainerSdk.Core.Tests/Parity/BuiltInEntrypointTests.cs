using ContainerSdk.Inputs;
using Xunit;

namespace ContainerSdk.Core.Tests.Parity;

/// <summary>
/// The .NET SDK's matrix of ENTRYPOINT and CMD (dotnet/sdk, CreateNewImageTests). It reads the base image's entrypoint; a plan cannot, so a row says
/// what the base has, what the toolchain knows of it, and what an engine makes of the Dockerfile.
/// </summary>
public sealed class BuiltInEntrypointTests
{
    [Theory]
    [InlineData("", "", "ea", "ac", "", "", "", "ac", "ea")]
    [InlineData("", "", "", "ac", "aca", "da", "be", "ac aca", "da")]
    [InlineData("", "e", "ea", "ac", "aca", "da", "be", "e ea", "ac aca da")]
    [InlineData("DefaultArgs", "e", "ea", "ac", "aca", "da", "be", "e ea", "ac aca da")]
    [InlineData("DefaultArgs", "", "", "ac", "aca", "da", "", "", "ac aca da")]
    [InlineData("DefaultArgs", "", "", "ac", "", "da", "", "", "ac da")]
    [InlineData("DefaultArgs", "", "", "ac", "aca", "", "", "", "ac aca")]
    [InlineData("DefaultArgs", "", "", "ac", "", "", "", "", "ac")]
    [InlineData("DefaultArgs", "", "", "ac", "aca", "da", "be", "be", "ac aca da")]
    [InlineData("DefaultArgs", "", "", "ac", "", "da", "be", "be", "ac da")]
    [InlineData("DefaultArgs", "", "", "ac", "aca", "", "be", "be", "ac aca")]
    [InlineData("DefaultArgs", "", "", "ac", "", "", "be", "be", "ac")]
    [InlineData("DefaultArgs", "", "", "ac", "aca", "da", "dotnet", "", "ac aca da")]
    [InlineData("DefaultArgs", "", "", "ac", "", "", "dotnet", "", "ac")]
    [InlineData("DefaultArgs", "", "", "ac", "aca", "da", "/usr/bin/dotnet", "", "ac aca da")]
    [InlineData("DefaultArgs", "", "", "ac", "", "da", "/usr/bin/dotnet", "", "ac da")]
    [InlineData("DefaultArgs", "e", "", "ac", "", "", "/usr/bin/dotnet", "e", "ac")]
    [InlineData("Entrypoint", "", "", "ac", "aca", "da", "be", "ac aca", "da")]
    [InlineData("None", "e", "ea", "", "", "da", "be", "e ea", "da")]
    [InlineData("None", "", "", "", "", "da", "/usr/bin/dotnet", "", "da")]
    public void TheImageStartsAsTheInstructionSays(string instruction, string e, string ea, string ac, string aca, string da, string baseEntrypoint, string entrypoint, string command)
    {
        var runtime = Inputs(instruction, e, ea, ac, aca, da, baseEntrypoint).Planned().Runtime;
        var effective = !runtime.Entrypoint.IsEmpty ? string.Join(' ', runtime.Entrypoint) : runtime.DropsBaseEntrypoint ? "" : baseEntrypoint;
        Assert.Equal((entrypoint, command), (effective, string.Join(' ', runtime.Command)));
    }

    [Theory]
    [InlineData("Entrypoint", "e", "ea", "ac", "aca", "da")]
    [InlineData("Entrypoint", "e", "", "ac", "aca", "da")]
    [InlineData("Entrypoint", "", "ea", "ac", "aca", "da")]
    [InlineData("Entrypoint", "e", "", "ac", "", "")]
    [InlineData("None", "e", "ea", "ac", "aca", "da")]
    [InlineData("None", "e", "ea", "ac", "", "da")]
    [InlineData("None", "e", "ea", "", "aca", "da")]
    [InlineData("DefaultArgs", "", "ea", "ac", "aca", "da")]
    [InlineData("DefaultArgs", "e", "ea", "", "aca", "da")]
    public void WhatContradictsItselfIsRefused(string instruction, string e, string ea, string ac, string aca, string da) =>
        Assert.Equal(["CSDK1015"], Inputs(instruction, e, ea, ac, aca, da, "").Plan().Diagnostics.Select(diagnostic => diagnostic.Descriptor.Id).Distinct());

    // What the dotnet toolchain does for Microsoft's images.
    private static ContainerInputs Inputs(string instruction, string e, string ea, string ac, string aca, string da, string baseEntrypoint)
    {
        var inputs = SampleInputs.Valid.Without("ContainerAppCommand")
            .WithWords("ContainerEntrypoint", e).WithWords("ContainerEntrypointArgs", ea)
            .WithWords("ContainerAppCommand", ac).WithWords("ContainerAppCommandArgs", aca).WithWords("ContainerDefaultArgs", da);
        if (instruction.Length > 0) inputs = inputs.With("ContainerAppCommandInstruction", instruction);
        return baseEntrypoint.EndsWith("dotnet", StringComparison.Ordinal) ? inputs.With("ContainerKeepBaseEntrypoint", "false") : inputs;
    }
}
