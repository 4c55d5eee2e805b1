using ContainerSdk.Diagnostics;
using ContainerSdk.Dockerfiles;
using ContainerSdk.Inputs;
using Xunit;

namespace ContainerSdk.Core.Tests.Parity;

/// <summary>
/// What the .NET SDK's tests say of an image's configuration (dotnet/sdk, ImageBuilderTests), as far as a Dockerfile expresses it: an engine adds what
/// stands there to what the base image has, and a new value wins over the base's.
/// </summary>
public sealed class BuiltInImageTests
{
    [Fact]
    public void LabelsAreAdded() => Assert.Equal(
        ["LABEL testLabel1=\"v1\"", "LABEL testLabel2=\"v2\""],
        Lines("LABEL", Inputs.WithItem("ContainerLabel", "testLabel1", ("Value", "v1")).WithItem("ContainerLabel", "testLabel2", ("Value", "v2"))));

    /// <summary>The user's, made after a generated one of the same name.</summary>
    [Fact]
    public void ANewLabelWins() => Assert.Equal(
        ["LABEL existing=\"new\""],
        Lines("LABEL", Inputs.WithItem("ContainerLabel", "existing", ("Value", "old")).WithItem("ContainerLabel", "existing", ("Value", "new"))));

    [Fact]
    public void PortsAreAddedAndABareOneIsTcp() => Assert.Equal(
        ["EXPOSE 6000/tcp", "EXPOSE 6010/udp", "EXPOSE 6200/tcp"],
        Lines("EXPOSE", Inputs.WithItem("ContainerPort", "6000", ("Type", "tcp")).WithItem("ContainerPort", "6010", ("Type", "udp")).WithItem("ContainerPort", "6200")));

    [Fact]
    public void TheUserIsTheOneNamed() => Assert.Equal(["USER 1646"], Lines("USER", Inputs.With("ContainerUser", "1646").WithVariable("APP_UID", "12345")));

    [Theory]
    [InlineData("URLS", "https://*:12345;http://+:1234;http://localhost:123;http://1.2.3.4:12", "EXPOSE 12/tcp,EXPOSE 123/tcp,EXPOSE 1234/tcp,EXPOSE 12345/tcp")]
    [InlineData("HTTP_PORTS", "999;666", "EXPOSE 666/tcp,EXPOSE 999/tcp")]
    [InlineData("HTTPS_PORTS", "456;789", "EXPOSE 456/tcp,EXPOSE 789/tcp")]
    public void PortsComeFromAVariable(string name, string value, string expected) =>
        Assert.Equal(expected, string.Join(',', Lines("EXPOSE", Server.WithVariable(name, value))));

    [Fact]
    public void OfSeveralVariablesTheAddressesAloneAreUsed() =>
        Assert.Equal(["EXPOSE 12345/tcp"], Lines("EXPOSE", Server.WithVariable("URLS", "https://*:12345").WithVariable("HTTPS_PORTS", "456")));

    /// <summary>What the base image has is not repeated, and so not lost: no instruction takes anything away.</summary>
    [Fact]
    public void WhatTheBaseImageHasStays() => Assert.Equal(
        ["FROM example.com/base:1.0 AS runtime", "COPY --from=build --chown=0:0 [\"/out/\", \"/app/\"]", "WORKDIR /app", "USER 1654:1654", "ENTRYPOINT [\"/app/run\"]"],
        Text(Inputs).Split("\n\n")[^1].Split('\n', StringSplitOptions.RemoveEmptyEntries));

    private static ContainerInputs Inputs => SampleInputs.Valid;

    private static ContainerInputs Server => Inputs
        .WithItem("ContainerPortVariable", "URLS", ("Format", "Addresses")).WithItem("ContainerPortVariable", "HTTP_PORTS").WithItem("ContainerPortVariable", "HTTPS_PORTS");

    private static string[] Lines(string instruction, ContainerInputs inputs) => [.. Text(inputs).Split('\n').Where(line => line.StartsWith(instruction + " ", StringComparison.Ordinal))];

    private static string Text(ContainerInputs inputs) =>
        DockerfileRenderer.Render(DockerfileLowering.Lower(inputs.Planned(), DockerfileDialect.Portable), new DiagnosticBag());
}
