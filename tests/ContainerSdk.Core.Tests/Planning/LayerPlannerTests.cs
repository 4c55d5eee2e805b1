using ContainerSdk.Images;
using ContainerSdk.Inputs;
using ContainerSdk.Plan;
using Xunit;

namespace ContainerSdk.Core.Tests.Planning;

public sealed class LayerPlannerTests
{
    private static readonly ContainerInputs OnHost = SampleInputs.Valid.With("ContainerBuildMode", "host").Without("ContainerSource").Without("ContainerBuildCommand");

    [Fact]
    public void WithoutCutsTheOutputIsOneLayer() =>
        Assert.Equal([new AppLayer("/out", ContainerPath.Create("/app"))], SampleInputs.Valid.Planned().Runtime.Layers);

    [Fact]
    public void TheToolchainsCutsAreTakenInTheirOrder()
    {
        var plan = SampleInputs.Valid
            .WithItem("ContainerAppLayer", "packages", ("From", "/out/packages"), ("TargetPath", "/"))
            .WithItem("ContainerAppLayer", "app", ("From", "/out/app/"), ("TargetPath", "/")).Planned();
        Assert.Equal([new AppLayer("/out/packages", ContainerPath.Create("/")), new AppLayer("/out/app", ContainerPath.Create("/"))], plan.Runtime.Layers);
    }

    [Fact]
    public void WhatTheHostHasCompiledComesAsArchivesOfTheContextAndNothingElseDoes()
    {
        var plan = OnHost.WithItem("ContainerHostLayer", "/repo/app/obj/layers/app.tar", ("TargetPath", "/")).Planned();
        Assert.Equal([new AppLayer("obj/layers/app.tar", ContainerPath.Create("/"))], plan.Runtime.Layers);
        Assert.Equal((".", "obj/layers/app.tar", 0), (plan.Context.Root, string.Join(' ', plan.Context.Include), plan.Builders.Length));
    }

    [Fact]
    public void WhatTheHostHasCompiledForOneOfSeveralPlatformsIsThatOnesAlone()
    {
        var plan = OnHost.With("ContainerRuntimeIdentifiers", "linux-x64;linux-arm64;linux-musl-x64")
            .WithItem("ContainerHostLayer", "/repo/app/obj/layers/linux-x64/app.tar", ("TargetPath", "/"), ("RuntimeIdentifier", "linux-x64"))
            .WithItem("ContainerHostLayer", "/repo/app/obj/layers/linux-arm64/app.tar", ("TargetPath", "/"), ("RuntimeIdentifier", "linux-arm64"))
            .WithItem("ContainerHostLayer", "/repo/app/obj/layers/linux-musl-x64/app.tar", ("TargetPath", "/"), ("RuntimeIdentifier", "linux-musl-x64"))
            .WithItem("ContainerHostLayer", "/repo/app/data.tar", ("TargetPath", "/")).Planned();
        Assert.Equal(
            ["linux/amd64 obj/layers/linux-x64/app.tar", "linux/arm64 obj/layers/linux-arm64/app.tar", " data.tar"],
            plan.Runtime.Layers.Select(layer => $"{layer.Platform} {layer.From}"));
        Assert.Equal(["data.tar", "obj/layers/linux-arm64/app.tar", "obj/layers/linux-musl-x64/app.tar", "obj/layers/linux-x64/app.tar"], plan.Context.Include);
    }

    [Fact]
    public void AListOfOnePlatformIsThatPlatform() => Assert.Equal(
        [new AppLayer("app.tar", ContainerPath.Create("/app"))],
        OnHost.With("ContainerRuntimeIdentifiers", "linux-x64").WithItem("ContainerHostLayer", "/repo/app/app.tar", ("RuntimeIdentifier", "linux-x64")).Planned().Runtime.Layers);

    // An image without an application would look like success.
    [Fact]
    public void AToolchainThatHandsOverNothingCannotCompileOnTheHost() => Assert.Equal(
        "error CSDK1033: ContainerBuildMode is 'Host', but ContainerToolchain 'custom' compiles in a builder stage only; remove ContainerBuildMode", OnHost.Said());

    [Fact]
    public void EachPlatformHasABuilderWithWhatIsSaidForItAlone()
    {
        var plan = SampleInputs.Valid.With("ContainerRuntimeIdentifiers", "linux-x64;linux-arm64").With("ContainerBuilderMachine", "target")
            .WithItem("ContainerBuildCommand", "rid", ("Value", "x64"), ("RuntimeIdentifier", "linux-x64"))
            .WithItem("ContainerBuildCommand", "rid", ("Value", "arm64"), ("RuntimeIdentifier", "linux-arm64"))
            .WithItem("ContainerBuilderEnvironmentVariable", "GOARCH", ("Value", "arm64"), ("RuntimeIdentifier", "linux-arm64")).Planned();
        Assert.Equal(
            ["linux/amd64 Target make x64 ", "linux/arm64 Target make arm64 GOARCH=arm64"],
            plan.Builders.Select(builder => $"{builder.Platform} {builder.Machine} {string.Join(' ', builder.BuildCommand)} {string.Join(' ', builder.Environment.Select(variable => $"{variable.Name}={variable.Value}"))}"));
    }

    [Theory]
    [InlineData("Models", "Path", "is no name for a layer of one's own")]
    [InlineData("a/b", "Path", "is no name for a layer of one's own")]
    [InlineData("app", "Path", "is no name for a layer of one's own")]
    [InlineData("models", "Files", "takes no file")]
    public void ACutThatCannotBeMadeIsRefused(string name, string metadata, string problem) => Assert.Equal(
        $"error CSDK1046: ContainerLayer '{name}' {problem}; give it a name of lower-case letters, digits and '-', and metadata Path or Package, for example <ContainerLayer Include=\"models\" Path=\"models/**\" />",
        SampleInputs.Valid.WithItem("ContainerLayer", name, (metadata, "models/**")).Said());
}
