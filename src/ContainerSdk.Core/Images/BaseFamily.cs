using System.Text.RegularExpressions;
using ContainerSdk.Plan;

namespace ContainerSdk.Images;

/// <summary>What the name of a base image says about its inside. An unknown name is taken for a descendant of Debian, as most are.</summary>
public static partial class BaseFamily
{
    /// <summary>The package manager; null where there is neither one nor a shell: <c>scratch</c> (no image at all), chiseled and distroless images.</summary>
    public static PackageManager? ManagerOf(ImageReference? image)
    {
        if (image is null) return null;
        var name = $"{image.Repository}:{image.Tag}";
        return ShellLess().IsMatch(name) ? null
            : name.Contains("alpine", StringComparison.Ordinal) ? PackageManager.Apk
            : name.Contains("azurelinux", StringComparison.Ordinal) ? PackageManager.Tdnf
            : PackageManager.Apt;
    }

    /// <summary>Whether the image is known to have that user and a group of the same name. An unknown image may have it all the same.</summary>
    public static bool HasAccount(ImageReference? image, string name) => image is not null && name switch
    {
        "root" => true,
        "app" => image.Repository.StartsWith("dotnet/", StringComparison.Ordinal) || image.Repository.Contains("/dotnet/", StringComparison.Ordinal),
        "nonroot" => image.Repository.Contains("distroless/", StringComparison.Ordinal),
        _ => false,
    };

    /// <summary>The nearest image that has a shell and a package manager, in words for a message.</summary>
    public static string WithShell(ImageReference? image)
    {
        if (image?.Tag is { } tag && Variant().Match(tag) is { Success: true } match)
            return $"'{image.Registry}/{image.Repository}:{match.Groups["full"].Value}', which is ContainerFamily '{match.Groups["family"].Value}'";
        return image is not null && Debian().Match(image.Repository) is { Success: true } debian
            ? $"'docker.io/library/debian:{debian.Groups["release"].Value}-slim'"
            : "'docker.io/library/debian:bookworm-slim' or 'docker.io/library/alpine:3.22'";
    }

    [GeneratedRegex("chiseled|distroless", RegexOptions.CultureInvariant)]
    private static partial Regex ShellLess();

    // 10.0-noble-chiseled-extra, 10.0-azurelinux3.0-distroless: what follows the word are variants that only such images have.
    [GeneratedRegex(@"\A(?<full>[0-9][^-]*-(?<family>.+?))-(?:chiseled|distroless)", RegexOptions.CultureInvariant)]
    private static partial Regex Variant();

    // gcr.io/distroless/static-debian12
    [GeneratedRegex(@"-debian(?<release>[0-9]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Debian();
}
