using Xunit;

namespace ContainerSdk.Sdk.Tests;

/// <summary>Which images a .NET project is built in and shipped on, when it names none.</summary>
public sealed class InferenceTests
{
    private const string Web = "Microsoft.NET.Sdk.Web";
    private const string Console = "Microsoft.NET.Sdk";
    private const string Musl = "<RuntimeIdentifier>linux-musl-x64</RuntimeIdentifier>";
    private const string Aot = "<PublishAot>true</PublishAot>";
    private const string Trimmed = "<PublishTrimmed>true</PublishTrimmed>";
    private const string SelfContained = "<SelfContained>true</SelfContained>";
    private const string Dependent = "<SelfContained>false</SelfContained>";
    private const string Invariant = "<InvariantGlobalization>true</InvariantGlobalization>";
    private const string Arm64 = "<RuntimeIdentifier>linux-arm64</RuntimeIdentifier>";
    private const string AptLinker = "apt clang zlib1g-dev";
    private const string ApkLinker = "apk build-base clang zlib-dev";

    private static readonly (string Sdk, string Framework, string Properties, string Builder, string Runtime, string Packages)[] Rows =
    [
        (Console, "net10.0", "", "sdk:10.0", "runtime:10.0", ""),
        (Web, "net10.0", "", "sdk:10.0", "aspnet:10.0", ""),
        (Console, "net9.0", "", "sdk:9.0", "runtime:9.0", ""),
        (Web, "net8.0", "", "sdk:8.0", "aspnet:8.0", ""),
        (Web, "net7.0", "", "sdk:7.0", "aspnet:7.0", ""),
        (Console, "net6.0", Musl + Dependent + Invariant, "sdk:6.0-alpine", "runtime:6.0-alpine", ""),
        (Console, "net10.0", SelfContained, "sdk:10.0", "runtime-deps:10.0", ""),
        (Web, "net10.0", SelfContained, "sdk:10.0", "runtime-deps:10.0", ""),
        (Web, "net7.0", SelfContained, "sdk:7.0", "runtime-deps:7.0", ""),
        (Console, "net10.0", "<PublishSingleFile>true</PublishSingleFile>", "sdk:10.0", "runtime-deps:10.0", ""),
        (Console, "net10.0", Trimmed, "sdk:10.0", "runtime-deps:10.0-noble-chiseled-extra", ""),
        (Console, "net10.0", Trimmed + Invariant, "sdk:10.0", "runtime-deps:10.0-noble-chiseled", ""),
        (Console, "net10.0", Aot, "sdk:10.0-noble-aot", "runtime-deps:10.0-noble-chiseled-extra", ""),
        (Console, "net10.0", Aot + Invariant, "sdk:10.0-noble-aot", "runtime-deps:10.0-noble-chiseled", ""),
        (Web, "net9.0", Aot, "sdk:9.0", "runtime-deps:9.0-noble-chiseled-extra", AptLinker),
        (Console, "net8.0", Aot + Invariant, "sdk:8.0", "runtime-deps:8.0-noble-chiseled", AptLinker),
        (Console, "net10.0", Musl + Dependent + Invariant, "sdk:10.0-alpine", "runtime:10.0-alpine", ""),
        (Web, "net10.0", Musl + Dependent + Invariant, "sdk:10.0-alpine", "aspnet:10.0-alpine", ""),
        (Console, "net10.0", Musl + SelfContained + Invariant, "sdk:10.0-alpine", "runtime-deps:10.0-alpine", ""),
        (Console, "net10.0", Musl + Aot, "sdk:10.0-alpine-aot", "runtime-deps:10.0-alpine-extra", ""),
        (Console, "net10.0", Musl + Aot + Invariant, "sdk:10.0-alpine-aot", "runtime-deps:10.0-alpine", ""),
        (Console, "net10.0", Musl + Trimmed, "sdk:10.0-alpine", "runtime-deps:10.0-alpine-extra", ""),
        (Console, "net9.0", Musl + Aot, "sdk:9.0-alpine", "runtime-deps:9.0-alpine-extra", ApkLinker),
        (Console, "net10.0", Arm64 + Aot, "sdk:10.0-noble-aot", "runtime-deps:10.0-noble-chiseled-extra", ""),
        (Console, "net9.0", Arm64 + Aot + Invariant, "sdk:9.0", "runtime-deps:9.0-noble-chiseled", AptLinker),
        (Console, "net10.0", Family("noble-chiseled"), "sdk:10.0", "runtime:10.0-noble-chiseled-extra", ""),
        (Web, "net10.0", Family("noble-chiseled") + Invariant, "sdk:10.0", "aspnet:10.0-noble-chiseled", ""),
        (Web, "net10.0", Family("noble"), "sdk:10.0", "aspnet:10.0-noble", ""),
        (Web, "net10.0", Family("azurelinux3.0"), "sdk:10.0", "aspnet:10.0-azurelinux3.0", ""),
        (Web, "net10.0", Family("resolute-chiseled"), "sdk:10.0", "aspnet:10.0-resolute-chiseled-extra", ""),
        (Web, "net10.0", Family("noble-chiseled-composite") + Invariant, "sdk:10.0", "aspnet:10.0-noble-chiseled-composite", ""),
        (Web, "net8.0", Family("jammy-chiseled"), "sdk:8.0", "aspnet:8.0-jammy-chiseled-extra", ""),
        (Console, "net9.0", Family("bookworm-slim"), "sdk:9.0", "runtime:9.0-bookworm-slim", ""),
        (Console, "net10.0", Aot + Family("azurelinux3.0-distroless") + Invariant, "sdk:10.0-azurelinux3.0-aot", "runtime-deps:10.0-azurelinux3.0-distroless", ""),
        (Console, "net10.0", Aot + Family("resolute-chiseled") + Invariant, "sdk:10.0-resolute-aot", "runtime-deps:10.0-resolute-chiseled", ""),

        // Beyond the .NET SDK's inference.
        (Web, "net10.0", Family("azurelinux3.0-distroless"), "sdk:10.0", "aspnet:10.0-azurelinux3.0-distroless-extra", ""),
        (Web, "net10.0", Family("azurelinux3.0-distroless") + Invariant, "sdk:10.0", "aspnet:10.0-azurelinux3.0-distroless", ""),
        (Web, "net10.0", Family("noble-chiseled-composite"), "sdk:10.0", "aspnet:10.0-noble-chiseled-composite-extra", ""),
        (Web, "net10.0", Family("alpine") + Invariant, "sdk:10.0-alpine", "aspnet:10.0-alpine", ""),
        (Web, "net10.0", Family("alpine3.23") + Invariant, "sdk:10.0-alpine", "aspnet:10.0-alpine3.23", ""),
        (Console, "net10.0", Aot + Family("alpine") + Invariant, "sdk:10.0-alpine-aot", "runtime-deps:10.0-alpine", ""),
        (Console, "net10.0", "<ContainerBaseImage>mcr.microsoft.com/dotnet/runtime:10.0-alpine3.23</ContainerBaseImage>", "sdk:10.0-alpine", "runtime:10.0-alpine3.23", ""),
    ];

    private static readonly PlanTable Table = new([.. Rows.Select(row => new PlanRow(row.Framework, row.Properties) { Sdk = row.Sdk })]);

    private static readonly (string Host, string Properties, bool IsPublishing, string Platform)[] Hosts =
    [
        ("linux-x64", "", true, "linux/amd64"),
        ("linux-arm64", "", true, "linux/arm64"),
        ("win-x64", "", true, "linux/amd64"),
        ("win-arm64", "", true, "linux/arm64"),
        ("osx-arm64", "", true, "linux/arm64"),
        ("linux-musl-arm64", "", true, "linux/arm64"),
        ("linux-arm64", Family("alpine") + Invariant, true, "linux/arm64"),
        ("linux-arm64", Aot, true, "linux/arm64"),
        ("linux-arm64", Aot, false, "linux/arm64"),
        ("linux-arm64", SelfContained, false, "linux/arm64"),
        ("linux-arm64", "<PublishSingleFile>true</PublishSingleFile>", false, "linux/arm64"),
        ("linux-arm64", "<RuntimeIdentifiers>linux-x64</RuntimeIdentifiers>", true, "linux/amd64"),
        ("linux-arm64", "<ContainerRuntimeIdentifier>linux-x64</ContainerRuntimeIdentifier>" + Aot, true, "linux/amd64"),
    ];

    private static readonly PlanTable HostTable = new([.. Hosts.Select(row => new PlanRow("net9.0", row.Properties)
    {
        Host = $"<NETCoreSdkPortableRuntimeIdentifier>{row.Host}</NETCoreSdkPortableRuntimeIdentifier>",
        IsPublishing = row.IsPublishing,
    })]);

    public static TheoryData<int, string> Projects => Named(Rows.Select(row => $"{row.Framework} {row.Sdk[13..]} {row.Properties}"));

    public static TheoryData<int, string> Machines => Named(Hosts.Select(row => $"{row.Host} {row.Properties} {row.IsPublishing}"));

    [Theory, MemberData(nameof(Projects))]
    public void ImagesFollowTheProject(int row, string project)
    {
        var (planned, expected) = (Table[row], Rows[row]);
        var packages = planned.Existing["builders"]![0]!["packages"] is { } node ? $"{node["manager"]} {string.Join(' ', node["packages"]!.AsArray().Select(package => package!["name"]))}" : "";
        Assert.Equal((expected.Builder, expected.Runtime, expected.Packages), (planned.Builder, planned.Base, packages));
        Assert.Equal([], planned.Said);
        Assert.NotEmpty(project);
    }

    [Theory, MemberData(nameof(Machines))]
    public void AnImageIsForLinuxOnThisMachinesProcessorUnlessTheProjectNamesAnother(int row, string machine)
    {
        Assert.Equal(Hosts[row].Platform, HostTable[row].Existing["platforms"]!.AsArray().Select(platform => (string)platform!).Single());
        Assert.Equal([], HostTable[row].Said);
        Assert.NotEmpty(machine);
    }

    private static string Family(string name) => $"<ContainerFamily>{name}</ContainerFamily>";

    private static TheoryData<int, string> Named(IEnumerable<string> rows)
    {
        var data = new TheoryData<int, string>();
        foreach (var (i, row) in rows.Index()) data.Add(i, row);
        return data;
    }
}
