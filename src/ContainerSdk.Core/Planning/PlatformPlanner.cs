using System.Collections.Immutable;
using ContainerSdk.Diagnostics;
using ContainerSdk.Images;

namespace ContainerSdk.Planning;

/// <summary>A platform, and the runtime identifier that it was asked for by.</summary>
internal sealed record PlannedPlatform(string RuntimeIdentifier, Platform Platform);

/// <summary>What the image runs on: <c>ContainerRuntimeIdentifier</c>, or a list of them in <c>ContainerRuntimeIdentifiers</c>.</summary>
internal static class PlatformPlanner
{
    private static readonly Platform Unknown = new("linux", "amd64");

    public static ImmutableArray<PlannedPlatform> Plan(InputReader reader)
    {
        var (name, text) = reader.Text("ContainerRuntimeIdentifier") is { } one ? ("ContainerRuntimeIdentifier", one)
            : ("ContainerRuntimeIdentifiers", reader.Text("ContainerRuntimeIdentifiers") ?? "linux-x64");
        var rids = name.EndsWith('s') ? text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [text];
        var platforms = ImmutableArray.CreateBuilder<PlannedPlatform>();
        foreach (var rid in rids)
        {
            if (Platform.TryFromRuntimeIdentifier(rid, out var platform)) platforms.Add(new PlannedPlatform(rid, platform));
            else reader.Diagnostics.Add(Descriptors.UnsupportedRuntimeIdentifier, name, rid, "linux-x64, linux-arm64, linux-arm or linux-musl-x64");
        }

        return platforms.Count == 0 ? [new PlannedPlatform("linux-x64", Unknown)] : [.. platforms.DistinctBy(planned => planned.Platform)];
    }
}
