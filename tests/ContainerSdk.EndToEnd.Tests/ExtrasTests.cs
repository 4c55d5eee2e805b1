using System.Text.Json;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>Packages, commands, files, volumes, health and system files in images that run, on each family of bases (stand-ins of this machine's).</summary>
public sealed class ExtrasTests
{
    private const string Chiseled = "mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled";

    [DockerTheory]
    [InlineData("debian:bookworm-slim", "debian")]
    [InlineData("alpine:3.22", "alpine")]
    [InlineData(Chiseled, "chiseled")]
    [InlineData("scratch", "scratch")]
    public void AnUnprivilegedProcessCanWriteToItsVolumes(string baseImage, string name)
    {
        using var workspace = App("""
            <ItemGroup>
              <ContainerVolume Include="/data;/app/uploads;/var/lib/deep/orders" />
              <ContainerVolume Include="/others" Owner="1700:1700" />
              <ContainerBuilderRun Include="mkdir -p /out/uploads; echo seed &gt; /out/uploads/seed" After="Build" />
            </ItemGroup>
            """);
        var image = Publish(workspace, $"extras-volume-{name}", baseImage);

        var folders = ImageContent.Of(image).Layers.SelectMany(layer => layer).ToArray();
        Assert.Equal("755 1654:1654 /app/uploads/", folders.Last(entry => entry.EndsWith(" /app/uploads/", StringComparison.Ordinal)));
        Assert.Contains("755 1654:1654 /data/", folders);
        Assert.Contains("755 0:0 /var/lib/deep/", folders);
        Assert.Contains("755 1654:1654 /var/lib/deep/orders/", folders);
        Assert.Contains("755 1700:1700 /others/", folders);
        Assert.Equal(
            """{"/app/uploads":{},"/data":{},"/others":{},"/var/lib/deep/orders":{}}""",
            Docker.Run("image", "inspect", "--format", "{{json .Config.Volumes}}", image).Trim());

        string[] run = ["run", "--rm", "--cap-drop", "ALL", "--security-opt", "no-new-privileges"];
        string[] paths = ["/data", "/app/uploads", "/var/lib/deep/orders", "/others"];
        Assert.Equal(
            """
            /data written by 1654
            /app/uploads written by 1654, beside seed
            /var/lib/deep/orders written by 1654
            /others refused: permission denied
            """,
            Docker.Run([.. run, "--read-only", image, "write", .. paths]).Trim());
        workspace.Passed = true;
    }

    [DockerTheory]
    [InlineData("debian:bookworm-slim", "debian", "tini\n/root 0\n", "tini version 0.19.0")]
    [InlineData("alpine:3.22", "alpine", "tzdata\n/root 0\n", "tzdata")]
    public void PackagesCommandsAndFilesAreThereInTheOrderAsked(string baseImage, string name, string said, string installed)
    {
        using var workspace = App("""
            <ItemGroup>
              <ContainerPackage Include="tini" Manager="apt" />
              <ContainerPackage Include="tzdata" Manager="apk" />
              <ContainerRun Include="packages" After="Packages" Value="command -v tini >/dev/null &amp;&amp; echo tini > /said || apk info tzdata > /said" />
              <ContainerRun Include="default"><Value>
                set -e
                # several lines, a "quote", it's $HOME
                echo "$HOME %24(id -u)" >> /said
                test -f /etc/orders/limits.conf
                test ! -f /app/app
              </Value></ContainerRun>
              <ContainerRun Include="ls /app > /listed" After="App" />
              <ContainerFile Include="conf/limits.conf" TargetPath="/etc/orders/" Owner="0:1654" Mode="0640" />
              <ContainerFile Include="conf/*.json" TargetPath="/etc/orders/json/" />
              <ContainerFile Include="conf/deep" TargetPath="/srv/deep" Owner="1654:1654" />
              <ContainerFile Include="run me.sh" TargetPath="/usr/bin/run me" />
              <ContainerFile Include="/out/app" From="builder" TargetPath="/usr/bin/again" Mode="0500" />
              <ContainerFile Include="/etc/alpine-release" From="alpine:3.22" TargetPath="/etc/other/" />
            </ItemGroup>
            """);
        CommandLine.Run(workspace.Root, "chmod", "600", workspace.Write("app/conf/limits.conf", "limit"), workspace.Write("app/conf/a.json", "{}"), workspace.Write("app/conf/b.json", "{}")).Expect();
        CommandLine.Run(workspace.Root, "chmod", "644", workspace.Write("app/conf/deep/er/file", "deep")).Expect();
        CommandLine.Run(workspace.Root, "chmod", "700", workspace.Write("app/run me.sh", "#!/bin/sh\necho ran\n")).Expect();

        var image = Publish(workspace, $"extras-{name}", baseImage);

        Assert.Equal(said + "app\n3.22.0\nran", InShell(image, "cat /said /listed /etc/other/alpine-release; '/usr/bin/run me'"));
        Assert.Equal(installed, InShell(image, "tini --version 2>/dev/null | cut -d' ' -f1-3 || true; apk info tzdata 2>/dev/null || true"));
        Assert.Equal(
            """
            640 0:1654 /etc/orders/limits.conf
            644 0:0 /etc/orders/json/a.json
            644 0:0 /etc/orders/json/b.json
            755 0:0 /srv
            755 1654:1654 /srv/deep
            644 1654:1654 /srv/deep/er/file
            755 0:0 /usr/bin/run me
            500 0:0 /usr/bin/again
            755 0:0 /app
            755 0:0 /app/app
            """,
            InShell(image, "stat -c '%a %u:%g %n' /etc/orders/limits.conf /etc/orders/json/* /srv /srv/deep /srv/deep/er/file '/usr/bin/run me' /usr/bin/again /app /app/app"));
        Assert.Equal("1654:1654", Docker.Run("image", "inspect", "--format", "{{.Config.User}}", image).Trim());
        workspace.Passed = true;
    }

    [DockerTheory]
    [InlineData("debian:bookworm-slim", "debian")]
    [InlineData("alpine:3.22", "alpine")]
    [InlineData(Chiseled, "chiseled")]
    [InlineData("scratch", "scratch")]
    public void CaRootsAndTimeZonesAreFoundOnEveryBase(string baseImage, string name)
    {
        using var workspace = App("""
            <PropertyGroup>
              <ContainerCaCertificates>true</ContainerCaCertificates>
              <ContainerTimeZoneData>true</ContainerTimeZoneData>
            </PropertyGroup>
            """);

        var image = Publish(workspace, $"extras-system-{name}", baseImage);

        Assert.Equal("2026-07-01T14:00:00+02:00\nroots: true", Docker.Run("run", "--rm", "--read-only", "--cap-drop", "ALL", image, "system", "Europe/Berlin").Trim());
        Assert.DoesNotContain("SSL_CERT", Docker.Run("image", "inspect", "--format", "{{json .Config.Env}}", image), StringComparison.Ordinal);
        workspace.Passed = true;
    }

    [DockerFact]
    public void DotNetFindsATimeZoneOnChiseled()
    {
        using var workspace = new Workspace();
        workspace.Write("zone/zone.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk;ContainerSdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <RuntimeIdentifier>linux-x64</RuntimeIdentifier>
                <SelfContained>true</SelfContained>
                <InvariantGlobalization>true</InvariantGlobalization>
                <ContainerBaseImage>{Chiseled}</ContainerBaseImage>
                <ContainerTimeZoneData>true</ContainerTimeZoneData>
                <ContainerCaCertificates>true</ContainerCaCertificates>
              </PropertyGroup>
            </Project>
            """);
        workspace.Write("zone/Program.cs", """
            System.Console.WriteLine(System.TimeZoneInfo.ConvertTimeBySystemTimeZoneId(new System.DateTimeOffset(2026, 7, 1, 12, 0, 0, default), "Europe/Berlin").Offset);
            using var roots = new System.Security.Cryptography.X509Certificates.X509Store(System.Security.Cryptography.X509Certificates.StoreName.Root, System.Security.Cryptography.X509Certificates.StoreLocation.LocalMachine);
            roots.Open(System.Security.Cryptography.X509Certificates.OpenFlags.ReadOnly);
            System.Console.WriteLine(roots.Certificates.Count > 0);
            """);

        workspace.DotNet("zone", "publish", "-warnaserror", "-p:ContainerRepository=extras-zone").Expect();

        Assert.Equal("02:00:00\nTrue", Docker.Run("run", "--rm", "--read-only", "--tmpfs", "/tmp", "--cap-drop", "ALL", "extras-zone").Trim());
        workspace.Passed = true;
    }

    [DockerTheory]
    [InlineData("scratch")]
    [InlineData("debian:bookworm-slim")]
    public void HealthCheckAndStopSignalAreWhatTheEngineReads(string baseImage)
    {
        using var workspace = App("""
            <PropertyGroup>
              <ContainerHealthCommand>/app/app health "two words" $HOME</ContainerHealthCommand>
              <ContainerHealthInterval>500ms</ContainerHealthInterval>
              <ContainerHealthTimeout>00:00:10</ContainerHealthTimeout>
              <ContainerHealthStartPeriod>1m30s</ContainerHealthStartPeriod>
              <ContainerHealthRetries>4</ContainerHealthRetries>
              <ContainerStopSignal>sigrtmin+3</ContainerStopSignal>
            </PropertyGroup>
            """);

        var image = Publish(workspace, "extras-health", baseImage);

        Assert.Equal(
            """{"Test":["CMD","/app/app","health","two words","$HOME"],"Interval":500000000,"Timeout":10000000000,"StartPeriod":90000000000,"Retries":4} SIGRTMIN+3""",
            Docker.Run("image", "inspect", "--format", "{{json .Config.Healthcheck}} {{.Config.StopSignal}}", image).Trim());
        var container = Docker.Run("run", "--detach", image, "serve").Trim();
        try
        {
            Assert.Equal(("healthy", "[two words $HOME]"), Health(container));
            Docker.Run("stop", "--time", "30", container);
            Assert.Equal("37", Docker.Run("inspect", "--format", "{{.State.ExitCode}}", container).Trim());
        }
        finally
        {
            Docker.Run("rm", "--force", "--volumes", container);
        }

        workspace.Passed = true;
    }

    [DockerFact]
    public void TheHealthCheckOfTheBaseIsSwitchedOff()
    {
        using var workspace = App("<PropertyGroup><ContainerHealthCommand>none</ContainerHealthCommand></PropertyGroup>");

        var image = Publish(workspace, "extras-unhealthy", "scratch");

        Assert.Equal("""{"Test":["NONE"]}""", Docker.Run("image", "inspect", "--format", "{{json .Config.Healthcheck}}", image).Trim());
        workspace.Passed = true;
    }

    // The engine's first look comes after the interval.
    private static (string Status, string Output) Health(string container)
    {
        var until = DateTime.UtcNow.AddMinutes(1);
        while (true)
        {
            using var state = JsonDocument.Parse(Docker.Run("inspect", "--format", "{{json .State.Health}}", container));
            var status = state.RootElement.GetProperty("Status").GetString()!;
            if (status != "starting" || DateTime.UtcNow > until)
                return (status, state.RootElement.GetProperty("Log").EnumerateArray().Select(entry => entry.GetProperty("Output").GetString()!.Trim()).Last());
        }
    }

    private static string InShell(string image, string text) => Docker.Run("run", "--rm", "--user", "0", "--entrypoint", "/bin/sh", image, "-c", text).Trim();

    private static string Publish(Workspace workspace, string repository, string baseImage)
    {
        workspace.DotNet("app", "publish", "-t:PublishContainer", "-warnaserror", $"-p:ContainerRepository={repository}", $"-p:ContainerBaseImage={baseImage}").Expect();
        return repository;
    }

    private static Workspace App(string body)
    {
        var workspace = new Workspace();
        workspace.Write("app/go.mod", "module app\n\ngo 1.25\n");
        workspace.Write("app/main.go", File.ReadAllText(Path.Combine(RepositoryRoot.Path, "tests/ContainerSdk.EndToEnd.Tests/extras.go")));
        workspace.Write("app/app.containerproj", $"""
            <Project Sdk="ContainerSdk">
              {body}
            </Project>
            """);
        return workspace;
    }
}
