using System.Text.RegularExpressions;
using ContainerSdk.Testing;

namespace ContainerSdk.Sdk.Tests;

/// <summary>Takes out of a generated Dockerfile what differs from machine to machine: the packed version, the feeds, the .NET SDK's version.</summary>
internal static partial class Dockerfiles
{
    public static string Neutral(string text) => SdkVersion().Replace(Feed().Replace(text.Replace(PackedSdk.Version, "VERSION", StringComparison.Ordinal), ""), "LABEL net.dot.sdk.version=\"SDK\"");

    [GeneratedRegex(""", "--source=[^"]*"(?=[,\]])""")]
    private static partial Regex Feed();

    [GeneratedRegex("""(?m)^LABEL net\.dot\.sdk\.version=.*$""")]
    private static partial Regex SdkVersion();
}
