using ContainerSdk.Inputs;
using Xunit;

namespace ContainerSdk.Core.Tests.Planning;

/// <summary>The ports that variables of the process's environment tell a server to listen on, where a toolchain says which variables do.</summary>
public sealed class PortPlannerTests
{
    [Theory]
    [InlineData("8080", "8080/tcp")]
    [InlineData(" 8080 ; 8081 ;", "8080/tcp 8081/tcp")]
    [InlineData("8080;8080", "8080/tcp")]
    [InlineData("", "")]
    [InlineData("0;65536;-1;eight;80/udp;80 81", "")]
    public void NumbersAreReadFromAVariableThatHoldsThem(string value, string ports) => Assert.Equal(ports, Ports(Server().WithVariable("PORTS", value)));

    [Theory]
    [InlineData("http://+:8080", "8080/tcp")]
    [InlineData("https://*:443;http://0.0.0.0:80/path:9", "80/tcp 443/tcp")]
    [InlineData("http://[::]:8080;http://[::1]", "8080/tcp")]
    [InlineData("http://localhost", "")]
    [InlineData("http://localhost:0;http://localhost:;http://;://;8080;unix:/run/app.sock;http://unix:/run/app:1", "")]
    [InlineData("it's \"odd\" :80 $X", "")]
    public void PortsAreReadFromAVariableThatHoldsAddresses(string value, string ports) => Assert.Equal(ports, Ports(Server().WithVariable("URLS", value)));

    [Fact]
    public void AddressesWinOverNumbersEvenIfTheyNameNoPort()
    {
        Assert.Equal("1/tcp", Ports(Server().WithVariable("URLS", "http://*:1").WithVariable("PORTS", "2").WithVariable("MORE", "3")));
        Assert.Equal("", Ports(Server().WithVariable("URLS", "").WithVariable("PORTS", "2")));
        Assert.Equal("2/tcp 3/tcp", Ports(Server().WithVariable("PORTS", "2").WithVariable("MORE", "3")));
    }

    [Fact]
    public void TheLastValueOfAVariableCounts() => Assert.Equal("2/tcp", Ports(Server().WithVariable("PORTS", "1").WithVariable("PORTS", "2")));

    [Fact]
    public void AVariableOfTheBaseImageHasAValueUntilTheProjectSetsIt()
    {
        var server = SampleInputs.Valid.WithItem("ContainerPortVariable", "URLS", ("Format", "addresses")).WithItem("ContainerPortVariable", "PORTS", ("Default", "8080"));
        Assert.Equal("8080/tcp", Ports(server));
        Assert.Equal("9/tcp", Ports(server.WithVariable("PORTS", "9")));
        Assert.Equal("", Ports(server.WithVariable("PORTS", "")));
        Assert.Equal("7/tcp", Ports(server.WithVariable("URLS", "http://*:7")));
    }

    [Fact]
    public void NamedPortsAreThereInAnyCase() =>
        Assert.Equal("53/udp 80/tcp 8080/tcp", Ports(Server().WithVariable("URLS", "http://*:80").WithItem("ContainerPort", "53", ("Type", "udp")).WithItem("ContainerPort", "8080")));

    [Fact]
    public void AVariableThatNoToolchainNamesIsAVariable() => Assert.Equal("", Ports(SampleInputs.Valid.WithVariable("PORTS", "8080")));

    [Fact]
    public void AFormatThatIsNoneIsRefused() => Assert.Equal(
        "error CSDK1011: Format of ContainerPortVariable 'URLS' is 'Url'; expected one of: Ports, Addresses",
        SampleInputs.Valid.WithItem("ContainerPortVariable", "URLS", ("Format", "Url")).Said());

    private static ContainerInputs Server() => SampleInputs.Valid
        .WithItem("ContainerPortVariable", "URLS", ("Format", "Addresses")).WithItem("ContainerPortVariable", "PORTS", ("Format", "Ports")).WithItem("ContainerPortVariable", "MORE");

    private static string Ports(ContainerInputs inputs) => string.Join(' ', inputs.Planned().Runtime.Ports);
}
