using ContainerSdk.Engines.Smoke;
using Xunit;

namespace ContainerSdk.Engines.Tests.Smoke;

public sealed class EngineAddressTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("unix:///var/run/docker.sock")]
    [InlineData("npipe:////./pipe/docker_engine")]
    [InlineData("fd://")]
    [InlineData("tcp://127.0.0.1:2375")]
    [InlineData("tcp://localhost:2376")]
    [InlineData("tcp://[::1]:2375")]
    [InlineData("tcp://")]
    [InlineData("no address")]
    public void SocketsAndLoopbackAreThisMachine(string? endpoint) => Assert.Equal(new EngineAddress("127.0.0.1", true), EngineAddress.Of(endpoint));

    [Theory]
    [InlineData("tcp://docker:2375", "docker")]
    [InlineData("tcp://10.0.0.7:2376", "10.0.0.7")]
    [InlineData("tcp://[2001:db8::7]:2376", "[2001:db8::7]")]
    [InlineData("ssh://me@build.example.com", "build.example.com")]
    [InlineData("ssh://core@build.example.com:2222/run/user/1000/podman/podman.sock", "build.example.com")]
    [InlineData(" https://build.example.com:2376\n", "build.example.com")]
    public void PortsOfARemoteEngineAreOnItsMachine(string endpoint, string expected) => Assert.Equal(new EngineAddress(expected, false), EngineAddress.Of(endpoint));
}
