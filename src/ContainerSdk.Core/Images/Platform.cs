using System.Diagnostics.CodeAnalysis;

namespace ContainerSdk.Images;

/// <summary>What an image runs on, in the words of the OCI image index: operating system, architecture, variant.</summary>
public sealed record Platform(string Os, string Architecture, string? Variant = null)
{
    /// <summary>The platform of a .NET runtime identifier; false for one that no Linux image serves.</summary>
    public static bool TryFromRuntimeIdentifier(string rid, [NotNullWhen(true)] out Platform? platform)
    {
        var cpu = rid.StartsWith("linux-musl-", StringComparison.Ordinal) ? rid["linux-musl-".Length..]
            : rid.StartsWith("linux-", StringComparison.Ordinal) ? rid["linux-".Length..]
            : "";
        platform = cpu switch
        {
            "x64" => new Platform("linux", "amd64"),
            "arm64" => new Platform("linux", "arm64"),
            "arm" => new Platform("linux", "arm", "v7"),
            "x86" => new Platform("linux", "386"),
            "ppc64le" => new Platform("linux", "ppc64le"),
            "s390x" => new Platform("linux", "s390x"),
            "riscv64" => new Platform("linux", "riscv64"),
            "loongarch64" => new Platform("linux", "loong64"),
            _ => null,
        };
        return platform is not null;
    }

    /// <summary>Reads <c>os/architecture[/variant]</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Platform? platform)
    {
        var parts = text.Split('/');
        platform = parts.Length is 2 or 3 && parts.All(part => part.Length > 0 && part.All(c => char.IsAsciiLetterOrDigit(c)))
            ? new Platform(parts[0], parts[1], parts.Length == 3 ? parts[2] : null)
            : null;
        return platform is not null;
    }

    /// <summary>As <c>--platform</c> takes it: <c>linux/arm/v7</c>.</summary>
    public override string ToString() => Variant is null ? $"{Os}/{Architecture}" : $"{Os}/{Architecture}/{Variant}";
}
