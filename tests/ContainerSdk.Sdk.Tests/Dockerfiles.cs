using System.Text.RegularExpressions;
using ContainerSdk.Testing;

namespace ContainerSdk.Sdk.Tests;

/// <summary>Takes out of a generated Dockerfile what differs from machine to machine: the packed version, and the feeds.</summary>
internal static partial class Dockerfiles
{
    public static string Neutral(string text) => Feed().Replace(text.Replace(PackedSdk.Version, "VERSION", StringComparison.Ordinal), "");

    [GeneratedRegex(""", "--source=[^"]*"(?=[,\]])""")]
    private static partial Regex Feed();
}
