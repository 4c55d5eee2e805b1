using Xunit;

namespace ContainerSdk.Sdk.Tests;

/// <summary>
/// What the .NET SDK's tests say of its inference (dotnet/sdk, TargetsTests), asked of our plans: which base image comes out of which .NET SDK,
/// target framework, runtime identifier and kind of publish.
/// </summary>
public sealed class BuiltInInferenceTests
{
    private const string Musl = "linux-musl-x64";
    private const string Glibc = "linux-x64";

    private static readonly (string Sdk, string Framework, string Family, string Tag)[] Tags =
    [
        ("7.0.100", "net7.0", "", "7.0"),
        ("7.0.100-preview.7", "net7.0", "", "7.0"),
        ("7.0.100-rc.1", "net7.0", "", "7.0"),
        ("8.0.100", "net8.0", "", "8.0"),
        ("8.0.100", "net7.0", "", "7.0"),
        ("8.0.100-preview.7", "net8.0", "", "8.0.0-preview.7"),
        ("8.0.100-rc.1", "net8.0", "", "8.0.0-rc.1"),
        ("8.0.100-rc.1", "net7.0", "", "7.0"),
        ("8.0.200", "net8.0", "", "8.0"),
        ("8.0.200", "net7.0", "", "7.0"),
        ("8.0.200-preview3", "net7.0", "", "7.0"),
        ("8.0.200-preview3", "net8.0", "", "8.0"),
        ("6.0.100", "net6.0", "", "6.0"),
        ("6.0.100-preview.1", "net6.0", "", "6.0"),
        ("8.0.100-dev", "net8.0", "", "8.0-preview"),
        ("8.0.100-ci", "net8.0", "", "8.0-preview"),
        ("8.0.100-rtm.23502.3", "net8.0", "", "8.0"),
        ("8.0.100-servicing.23502.3", "net8.0", "", "8.0"),
        ("8.0.100-alpha.12345", "net8.0", "", "8.0-preview"),
        ("9.0.100-alpha.12345", "net9.0", "", "9.0-preview"),
        ("8.0.100-preview.2", "net8.0", "", "8.0.0-preview.2"),
        ("8.0.100-preview.2", "net8.0", "jammy", "8.0.0-preview.2-jammy"),
        ("8.0.100-preview.2", "net8.0", "jammy-chiseled", "8.0.0-preview.2-jammy-chiseled"),
        ("8.0.100-rc.2", "net8.0", "jammy-chiseled", "8.0.0-rc.2-jammy-chiseled"),
        ("8.0.100", "net8.0", "jammy-chiseled", "8.0-jammy-chiseled-extra"),
        ("8.0.200", "net8.0", "jammy-chiseled", "8.0-jammy-chiseled-extra"),
        ("8.0.300", "net8.0", "jammy-chiseled", "8.0-jammy-chiseled-extra"),
        ("8.0.300", "net8.0", "noble-chiseled", "8.0-noble-chiseled-extra"),
    ];

    private static readonly PlanTable TagTable = new([.. Tags.Select(row => new PlanRow(row.Framework, $"<ContainerFamily>{row.Family}</ContainerFamily>") { Host = Version(row.Sdk) })]);

    private static readonly (string Sdk, string Framework, string Rid, string Publish, bool Invariant, string Base)[] Shapes =
    [
        ("8.0.100", "net6.0", Musl, "", true, "runtime:6.0-alpine"),
        ("8.0.100", "net6.0", Glibc, "", true, "runtime:6.0"),
        ("8.0.100", "net7.0", Musl, "", true, "runtime:7.0-alpine"),
        ("8.0.100", "net7.0", Glibc, "", true, "runtime:7.0"),
        ("8.0.100", "net8.0", Musl, "", true, "runtime:8.0-alpine"),
        ("8.0.100", "net8.0", Glibc, "", true, "runtime:8.0"),
        ("8.0.100", "net8.0", Musl, "PublishAot", true, "runtime-deps:8.0-alpine"),
        ("8.0.100", "net8.0", Glibc, "PublishAot", true, "runtime-deps:8.0-jammy-chiseled"),
        ("8.0.300", "net8.0", Musl, "PublishAot", false, "runtime-deps:8.0-alpine-extra"),
        ("8.0.300", "net8.0", Glibc, "PublishAot", false, "runtime-deps:8.0-noble-chiseled-extra"),
        ("8.0.300", "net8.0", Musl, "PublishAot", true, "runtime-deps:8.0-alpine"),
        ("8.0.300", "net8.0", Glibc, "PublishAot", true, "runtime-deps:8.0-noble-chiseled"),
        ("8.0.300", "net8.0", Musl, "PublishTrimmed", false, "runtime-deps:8.0-alpine-extra"),
        ("8.0.300", "net8.0", Glibc, "PublishTrimmed", false, "runtime-deps:8.0-noble-chiseled-extra"),
        ("8.0.300", "net8.0", Musl, "PublishTrimmed", true, "runtime-deps:8.0-alpine"),
        ("8.0.300", "net8.0", Glibc, "PublishTrimmed", true, "runtime-deps:8.0-noble-chiseled"),
        ("8.0.200", "net8.0", Glibc, "PublishAot", false, "runtime-deps:8.0-jammy-chiseled-extra"),
        ("7.0.100", "net7.0", Musl, "PublishAot", true, "runtime-deps:7.0-alpine"),
        ("7.0.100", "net7.0", Glibc, "PublishAot", true, "runtime-deps:7.0"),
        ("7.0.100", "net7.0", Musl, "PublishAot", false, "runtime-deps:7.0-alpine"),
        ("7.0.100", "net7.0", Glibc, "PublishAot", false, "runtime-deps:7.0"),
    ];

    // Before 8.0 NativeAOT was self-contained only because the targets test it was asked of said so.
    private static readonly PlanTable ShapeTable = new([.. Shapes.Select(row => new PlanRow(row.Framework,
        $"<RuntimeIdentifier>{row.Rid}</RuntimeIdentifier><SelfContained>{(row.Publish.Length > 0 ? "true" : "false")}</SelfContained><InvariantGlobalization>{row.Invariant}</InvariantGlobalization>"
        + (row.Publish.Length > 0 ? $"<{row.Publish}>true</{row.Publish}>" : "")) { Host = Version(row.Sdk) })]);

    private static readonly (string Sdk, string Framework, string Family, string Base)[] Chiseled =
    [
        ("Microsoft.NET.Sdk", "net8.0", "jammy-chiseled", "runtime:8.0-jammy-chiseled-extra"),
        ("Microsoft.NET.Sdk", "net9.0", "noble-chiseled", "runtime:9.0-noble-chiseled-extra"),
        ("Microsoft.NET.Sdk", "net10.0", "noble-chiseled", "runtime:10.0-noble-chiseled-extra"),
        ("Microsoft.NET.Sdk.Web", "net8.0", "jammy-chiseled", "aspnet:8.0-jammy-chiseled-extra"),
        ("Microsoft.NET.Sdk.Web", "net9.0", "noble-chiseled", "aspnet:9.0-noble-chiseled-extra"),
        ("Microsoft.NET.Sdk.Web", "net10.0", "noble-chiseled", "aspnet:10.0-noble-chiseled-extra"),
        ("Microsoft.NET.Sdk.Web", "net8.0", "", "aspnet:8.0"),
    ];

    private static readonly PlanTable ChiseledTable = new([.. Chiseled.Select(row => new PlanRow(row.Framework, $"<ContainerFamily>{row.Family}</ContainerFamily>") { Sdk = row.Sdk })]);

    private static readonly PlanTable Lists = new(
    [
        new PlanRow("net8.0", "<ContainerRuntimeIdentifiers>linux-musl-x64;linux-musl-arm64</ContainerRuntimeIdentifiers><InvariantGlobalization>true</InvariantGlobalization>"),
        new PlanRow("net8.0", "<ContainerRuntimeIdentifiers>linux-x64;linux-arm64</ContainerRuntimeIdentifiers>"),
        new PlanRow("net8.0", "<ContainerRuntimeIdentifiers>linux-musl-x64;linux-arm64</ContainerRuntimeIdentifiers>"),
    ]);

    public static TheoryData<int> TagRows => [.. Enumerable.Range(0, Tags.Length)];

    public static TheoryData<int> ShapeRows => [.. Enumerable.Range(0, Shapes.Length)];

    public static TheoryData<int> ChiseledRows => [.. Enumerable.Range(0, Chiseled.Length)];

    [Theory, MemberData(nameof(TagRows))]
    public void TheTagFollowsTheSdkAndTheFramework(int row) => Assert.Equal("runtime:" + Tags[row].Tag, TagTable[row].Base);

    [Theory, MemberData(nameof(ShapeRows))]
    public void TheImageFollowsTheKindOfPublish(int row) => Assert.Equal(Shapes[row].Base, ShapeTable[row].Base);

    [Theory, MemberData(nameof(ChiseledRows))]
    public void AChiseledFamilyBringsCultureDataUnlessTheProjectIsInvariant(int row) => Assert.Equal(Chiseled[row].Base, ChiseledTable[row].Base);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void SeveralPlatformsAreAllMuslOrNone(int row, bool refused) =>
        Assert.Equal(refused, Lists[row].Said.Any(line => line.StartsWith("error CSDK1042: ", StringComparison.Ordinal)));

    private static string Version(string sdk) => $"<NETCoreSdkVersion>{sdk}</NETCoreSdkVersion>";
}
