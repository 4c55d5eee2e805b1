namespace ContainerSdk.Images.Tests.Verification;

/// <summary>What looks like a secret and is none. Put together here, so that no scanner of this repository takes it for one.</summary>
internal static class Secrets
{
    public static readonly string PrivateKey = $"-----BEGIN {"PRIVATE"} KEY-----\n{string.Concat(Enumerable.Repeat(new string('A', 64) + "\n", 4))}-----END {"PRIVATE"} KEY-----\n";

    public static readonly string GitHubToken = "ghp" + "_" + new string('x', 36);
}
