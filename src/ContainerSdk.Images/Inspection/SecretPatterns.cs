using System.Text.RegularExpressions;

namespace ContainerSdk.Images.Inspection;

/// <summary>
/// What a secret looks like that is of use to whoever finds it. Only forms that nothing else has: a name that sounds secret is none of them.
/// </summary>
internal static partial class SecretPatterns
{
    /// <summary>The kind of secret that <paramref name="text"/> holds; null if it holds none.</summary>
    public static string? Find(string text)
    {
        if (PrivateKey().IsMatch(text)) return "a private key";
        var match = Token().Match(text);
        return match.Success ? match.Groups.Cast<Group>().Skip(1).First(group => group.Success).Name.Replace('_', ' ') : null;
    }

    /// <summary>The kind of secret that a file of that name is; null if a name does not tell.</summary>
    public static string? FindInName(string path) => path[(path.LastIndexOf('/') + 1)..] switch
    {
        "id_rsa" or "id_ed25519" or "id_ecdsa" or "id_dsa" => "an SSH key",
        ".git-credentials" or ".netrc" => "a file of logins",
        _ => null,
    };

    // RFC 7468, with enough of a body that it is no example, and of OpenSSH and PGP, which have their own words.
    [GeneratedRegex(@"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----\s+(?:[A-Za-z-]+: [^\n]*\n\s*)*(?:[A-Za-z0-9+/=]{16,}\s+){2,}", RegexOptions.CultureInvariant)]
    private static partial Regex PrivateKey();

    // Each issuer's own prefix and length; not what an issuer itself publishes, as AWS its examples and Azurite its one key, nor keys that pages show to everybody:
    // https://docs.github.com/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
    // https://docs.gitlab.com/security/tokens/#token-prefixes
    [GeneratedRegex(
        @"\b(?:(?<a_GitHub_token>gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59})|(?<an_AWS_access_key>(?:AKIA|ASIA)(?![A-Z2-7]*EXAMPLE)[A-Z2-7]{16})|(?<a_GitLab_token>glpat-[A-Za-z0-9_-]{20})"
        + @"|(?<a_Slack_token>xox[abprs]-[0-9]{8,}-[A-Za-z0-9-]{10,})|(?<an_npm_token>npm_[A-Za-z0-9]{36})|(?<a_NuGet_key>oy2[a-z0-9]{43})|(?<a_Stripe_key>sk_live_[A-Za-z0-9]{24,})"
        + @"|(?<an_Azure_storage_key>AccountKey=(?!Eby8vdM02x)[A-Za-z0-9+/]{86}==))(?![A-Za-z0-9])",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Token();
}
