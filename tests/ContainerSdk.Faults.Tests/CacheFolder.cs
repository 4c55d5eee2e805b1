using System.Security.Cryptography;
using Xunit;

namespace ContainerSdk.Faults.Tests;

/// <summary>What is true of a cache at any time.</summary>
internal static class CacheFolder
{
    /// <summary>Every blob is what its name says.</summary>
    public static void IsSound(string cache)
    {
        foreach (var blob in Files(cache, "blobs/sha256")) Assert.Equal(Path.GetFileName(blob), Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(blob))));
    }

    /// <summary>The same, and nothing lies there that is not finished.</summary>
    public static void IsSoundAndTidy(string cache)
    {
        IsSound(cache);
        Assert.Empty(Files(cache, "unfinished"));
    }

    public static string[] Files(string cache, string folder) => Directory.Exists(Path.Combine(cache, folder)) ? Directory.GetFiles(Path.Combine(cache, folder)) : [];

    /// <summary>As if what lies there unfinished had been left yesterday.</summary>
    public static void Age(string cache)
    {
        foreach (var file in Files(cache, "unfinished")) File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddDays(-1));
    }
}
