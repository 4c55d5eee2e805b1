using System.Text.RegularExpressions;

namespace ContainerSdk.Images;

/// <summary>The names that an image configuration may hold.</summary>
public static partial class Names
{
    /// <summary>What an environment variable may be called, in words for a message.</summary>
    public const string EnvironmentVariableRule = "letters, digits and '_', not starting with a digit";

    /// <summary>What a label may be called, in words for a message.</summary>
    public const string LabelRule = "letters, digits, '.', '_', '-' and '/', starting with a letter or digit";

    /// <summary>What a cache may be called, in words for a message.</summary>
    public const string CacheRule = "letters, digits, '.', '_' and '-'";

    /// <summary>Whether <paramref name="text"/> can name an environment variable (POSIX portable names, either case).</summary>
    public static bool IsEnvironmentVariable(string text) => EnvironmentVariablePattern().IsMatch(text);

    /// <summary>Whether <paramref name="text"/> can name a label in a Dockerfile.</summary>
    public static bool IsLabel(string text) => LabelPattern().IsMatch(text);

    /// <summary>Whether <paramref name="text"/> can be the id of a cache mount.</summary>
    public static bool IsCache(string text) => CachePattern().IsMatch(text);

    /// <summary>Whether <paramref name="text"/> can name a layer; it becomes a folder's name.</summary>
    public static bool IsLayer(string text) => LayerPattern().IsMatch(text);

    /// <summary>Whether <paramref name="text"/> can name an OS package of apt, apk or tdnf.</summary>
    public static bool IsPackage(string text) => PackagePattern().IsMatch(text);

    /// <summary>Whether <paramref name="text"/> can be the version of an OS package.</summary>
    public static bool IsPackageVersion(string text) => PackageVersionPattern().IsMatch(text);

    /// <summary>BuildKit's rule SecretsUsedInArgOrEnv: a word such as TOKEN or PASSWORD between underscores or at an end; and the same words in PascalCase.</summary>
    public static bool LooksSecret(string text) => Words().Replace(text, "_") is var words && SecretPattern().IsMatch(words) && !PublicPattern().IsMatch(words);

    /// <summary>Whether <paramref name="value"/> is, or holds, an address with a password: <c>https://user:password@host</c>.</summary>
    public static bool HoldsPassword(string value) => PasswordPattern().IsMatch(value);

    [GeneratedRegex(@"://[^/\s:@]*:[^/\s@]+(?:@|%40)", RegexOptions.CultureInvariant)]
    private static partial Regex PasswordPattern();

    [GeneratedRegex(@"\A[a-zA-Z_][a-zA-Z0-9_]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex EnvironmentVariablePattern();

    [GeneratedRegex(@"\A[a-zA-Z0-9][a-zA-Z0-9._/-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex LabelPattern();

    [GeneratedRegex(@"\A[a-zA-Z0-9._-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex CachePattern();

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex LayerPattern();

    [GeneratedRegex(@"\A[a-zA-Z0-9][a-zA-Z0-9+._-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex PackagePattern();

    [GeneratedRegex(@"\A[a-zA-Z0-9][a-zA-Z0-9+._:~-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex PackageVersionPattern();

    [GeneratedRegex(@"(?:_|\A)(?:apikey|auth|credential|credentials|key|password|pword|passwd|secret|token)(?:_|\z)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretPattern();

    [GeneratedRegex(@"(?<=[a-z0-9])(?=[A-Z])", RegexOptions.CultureInvariant)]
    private static partial Regex Words();

    [GeneratedRegex(@"(?:_|\A)(?:public|file|version)(?:_|\z)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PublicPattern();
}
