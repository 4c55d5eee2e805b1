namespace ContainerSdk.Testing;

/// <summary>
/// The SDK as a package in a feed of its own. <c>eng/test.sh</c> packs once for all and says so in the environment; a single test project packs by itself.
/// </summary>
public static class PackedSdk
{
    private static readonly Lazy<(string Version, string Feed)> Packed = new(Pack);

    /// <summary>A version that no package cache has seen before.</summary>
    public static string Version => Packed.Value.Version;

    /// <summary>The folder that holds the package.</summary>
    public static string Feed => Packed.Value.Feed;

    private static (string Version, string Feed) Pack()
    {
        if (Environment.GetEnvironmentVariable("CONTAINERSDK_TEST_VERSION") is { Length: > 0 } version
            && Environment.GetEnvironmentVariable("CONTAINERSDK_TEST_FEED") is { Length: > 0 } feed) return (version, feed);
        var made = $"1.0.0-test.{DateTime.UtcNow:yyyyMMddHHmmss}.{Environment.ProcessId}";
        var folder = Path.Combine(Path.GetTempPath(), "containersdk-feed", made);
        CommandLine.Run(RepositoryRoot.Path, "bash", "eng/pack.sh", made, folder).Expect();
        return (made, folder);
    }
}
