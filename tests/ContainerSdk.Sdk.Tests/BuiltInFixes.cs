using System.Globalization;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.Sdk.Tests;

/// <summary>
/// Behaviours of the .NET SDK's own publishing (10.0.401) that are otherwise here on purpose, numbered as in docs/migration.md, as far as a plan and its
/// Dockerfile show them. What only a finished image shows is tested on an engine.
/// </summary>
public sealed class BuiltInFixes
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static readonly Dictionary<string, PlanRow> Rows = new()
    {
        ["default"] = new("net10.0"),
        ["another base"] = new("net10.0", "<ContainerBaseImage>example.com/base:1.0</ContainerBaseImage>"),
        ["user and APP_UID"] = new("net10.0", "<ContainerUser>app</ContainerUser>", """<ContainerEnvironmentVariable Include="APP_UID" Value="0" />"""),
        ["user and group"] = new("net10.0", "<ContainerUser>1234:1234</ContainerUser>"),
        ["working directory"] = new("net10.0", "<ContainerWorkingDirectory>/App</ContainerWorkingDirectory>"),
        ["values"] = new("net10.0", "<ContainerGenerateLabels>false</ContainerGenerateLabels>", """
            <ContainerLabel Include="a.url" Value="https://example.com:8443/x?y=1;z=2,3" /><ContainerLabel Include="a.time" Value="2026-11-21T02:03:04Z" />
            <ContainerEnvironmentVariable Include="ASPNETCORE_URLS" Value="http://+:8080;https://+:8443" />
            """),
        ["tags"] = new("net10.0", "<ContainerImageTags>1.0;1.0.3;latest</ContainerImageTags><ContainerRegistry>registry.example.com</ContainerRegistry><ContainerRuntimeIdentifier>linux-arm64</ContainerRuntimeIdentifier>"),
        ["native"] = new("net9.0", "<PublishAot>true</PublishAot>") { IsPublishing = false },
        ["pinned base"] = new("net10.0", $"<ContainerBaseImage>mcr.microsoft.com/dotnet/runtime:10.0@{Digest}</ContainerBaseImage>"),
        ["base on localhost"] = new("net10.0", "<ContainerBaseImage>localhost/just-built:dev</ContainerBaseImage>"),
        ["base of the engine"] = new("net10.0", "<ContainerBaseImage>just-built</ContainerBaseImage>"),
        ["bad variable"] = new("net10.0", "", """<ContainerEnvironmentVariable Include="not-a-name" Value="x" />"""),
        ["no labels but mine"] = new("net10.0", "<ContainerGenerateLabels>false</ContainerGenerateLabels>", """<ContainerLabel Include="com.example.team" Value="orders" />"""),
        ["my authors"] = new("net10.0", "<ContainerAuthors>Generated</ContainerAuthors>", """<ContainerLabel Include="org.opencontainers.image.authors" Value="Mine" />"""),
    };

    private static readonly string[] Names = [.. Rows.Keys];

    private static readonly PlanTable Table = new([.. Rows.Values]);

    [Theory]
    [InlineData("default", "1654:1654")]
    [InlineData("another base", "1654:1654")]
    [InlineData("user and APP_UID", "app")]
    public void Fix01_TheUserIsUnprivilegedByDefaultAndContainerUserWins(string row, string user) => Assert.Equal(user, (string?)Of(row).Runtime["user"]);

    [Fact]
    public void Fix02_NothingThatTheBaseImageDeclaresIsTakenAway() => Assert.Equal(
        ["FROM example.com/base:1.0 AS runtime", """COPY --from=build --chown=0:0 ["/out/app/", "/"]""", "WORKDIR /app", "USER 1654:1654", """ENTRYPOINT ["dotnet", "/app/app.dll"]"""],
        Of("another base").RuntimeLines.Where(line => !line.StartsWith("LABEL ", StringComparison.Ordinal)));

    [Fact]
    public void Fix03_FilesAreRootsAndUserAndGroupAreKept()
    {
        Assert.Equal("1234:1234", (string?)Of("user and group").Runtime["user"]);
        Assert.All(Of("user and group").RuntimeLines.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal)), line => Assert.Contains(" --chown=0:0 ", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Fix06_AWorkingDirectoryWithoutATrailingSlashIsJoinedWithOne() => Assert.Equal("dotnet /App/app.dll", Of("working directory").Words("runtime", "entrypoint"));

    [Fact]
    public void Fix07_LabelsAndVariablesKeepTheirColonsAndSemicolons() => Assert.Equal(
        ["ENV ASPNETCORE_URLS=\"http://+:8080;https://+:8443\"", "LABEL a.time=\"2026-11-21T02:03:04Z\"", "LABEL a.url=\"https://example.com:8443/x?y=1;z=2,3\""],
        Of("values").RuntimeLines.Where(line => line.StartsWith("LABEL ", StringComparison.Ordinal) || line.StartsWith("ENV ", StringComparison.Ordinal)));

    [Fact]
    public void Fix07_AVariableWithoutAProperNameIsNotDroppedSilently()
    {
        Assert.Null(Of("bad variable").Plan);
        Assert.Equal(["error CSDK1006: 'not-a-name' is not a valid name for ContainerEnvironmentVariable; use letters, digits and '_', not starting with a digit"], Of("bad variable").Said);
    }

    [Fact]
    public void Fix08_TheSameCommitMakesTheSameDockerfile()
    {
        using var workspace = new Workspace();
        workspace.Write("app/app.csproj", Rows["default"].Project);
        Git(workspace, "init", "-q", ".");
        Git(workspace, "commit", "-q", "--allow-empty", "-m", "x");
        var time = CommandLine.Run(workspace.Root, new Dictionary<string, string> { ["TZ"] = "UTC" }, "git", "log", "-1", "--format=%cd", "--date=format-local:%Y-%m-%dT%H:%M:%SZ").Output.Trim();

        var first = Dockerfile(workspace, new Dictionary<string, string>());
        var second = Dockerfile(workspace, new Dictionary<string, string>());
        var given = Dockerfile(workspace, new Dictionary<string, string> { ["SOURCE_DATE_EPOCH"] = "1636374896" });

        Assert.Equal(first, second);
        Assert.Equal([$"LABEL org.opencontainers.artifact.created=\"{time}\"", $"LABEL org.opencontainers.image.created=\"{time}\""], Created(first));
        Assert.Equal(["LABEL org.opencontainers.artifact.created=\"2021-11-08T12:34:56Z\"", "LABEL org.opencontainers.image.created=\"2021-11-08T12:34:56Z\""], Created(given));
        workspace.Passed = true;
    }

    [Fact]
    public void Fix09_AnImageHasTheTagsThatWereAskedForAndNoOthers() => Assert.Equal(
        ["registry.example.com/app:1.0", "registry.example.com/app:1.0.3", "registry.example.com/app:latest"],
        Of("tags").Existing["destinations"]!.AsArray().Select(name => (string)name!));

    [Fact]
    public void Fix10_NativeAotOutsideAPublishHasOnePlatformAndACommand()
    {
        Assert.Single(Of("native").Existing["platforms"]!.AsArray());
        Assert.Equal("/app/app", Of("native").Words("runtime", "entrypoint"));
    }

    [Theory]
    [InlineData("pinned base", "mcr.microsoft.com/dotnet/runtime:10.0@" + Digest)]
    [InlineData("base on localhost", "localhost/just-built:dev")]
    [InlineData("base of the engine", "docker.io/library/just-built")]
    public void Fix11_ABaseImageIsResolvedByTheEngineLocalOnesToo(string row, string image) => Assert.Equal($"FROM {image} AS runtime", Of(row).RuntimeLines[0]);

    [Fact]
    public void Fix12_AGeneratedTagHasAnHourOfTheDay()
    {
        var before = DateTime.UtcNow;
        var planned = new PlanTable([new PlanRow("net10.0", "<AutoGenerateImageTag>true</AutoGenerateImageTag>")])[0];
        var tag = ((string)planned.Existing["destinations"]![0]!).Split(':')[^1];

        var time = DateTime.ParseExact(tag, "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
        Assert.InRange(time, before.AddSeconds(-1), DateTime.UtcNow);
    }

    [Fact]
    public void Fix13_LabelsOfTheProjectsOwnAreThereWithoutGeneratedOnes() => Assert.Equal(new() { ["com.example.team"] = "orders" }, Of("no labels but mine").Labels);

    [Fact]
    public void Fix13_ALabelOfTheProjectsOwnWinsOverAGeneratedOne() => Assert.Equal("Mine", Of("my authors").Labels["org.opencontainers.image.authors"]);

    private static PlannedRow Of(string row) => Table[Array.IndexOf(Names, row)];

    private static string Dockerfile(Workspace workspace, Dictionary<string, string> environment)
    {
        workspace.DotNet("app", environment, "msbuild", "-t:ContainerDockerfile", "-p:Configuration=Release", "-nologo", "-warnaserror").Expect();
        return workspace.Read("app/obj/Release/net10.0/container/Dockerfile");
    }

    private static IEnumerable<string> Created(string dockerfile) => dockerfile.Split('\n').Where(line => line.Contains(".created=", StringComparison.Ordinal));

    private static void Git(Workspace workspace, params string[] arguments) =>
        CommandLine.Run(workspace.Root, new Dictionary<string, string> { ["TZ"] = "UTC" }, "git",
            ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false", .. arguments]).Expect();
}
