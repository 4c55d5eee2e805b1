using System.Text;

namespace ContainerSdk.Images.Bom;

/// <summary>Names of packages that are the same everywhere (ECMA-427, https://github.com/package-url/purl-spec/blob/main/docs/specification/how-to-build.md).</summary>
public static class PackageUrl
{
    /// <summary>The name of a package.</summary>
    /// <param name="type">For example <c>deb</c>.</param>
    /// <param name="path">What the name is in, and the name, divided by slashes; without what is empty.</param>
    /// <param name="version">Null leaves it open.</param>
    /// <param name="qualifiers">What else tells it from others; those without a value are left out.</param>
    public static string Of(string type, string path, string? version, params ReadOnlySpan<(string Key, string? Value)> qualifiers)
    {
        var url = new StringBuilder("pkg:").Append(type).Append('/').AppendJoin('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Escape));
        if (!string.IsNullOrEmpty(version)) url.Append('@').Append(Escape(version));
        var separator = '?';
        foreach (var (key, value) in qualifiers.ToArray().Where(qualifier => !string.IsNullOrEmpty(qualifier.Value)).OrderBy(qualifier => qualifier.Key, StringComparer.Ordinal))
        {
            url.Append(separator).Append(key).Append('=').Append(Escape(value!));
            separator = '&';
        }

        return url.ToString();
    }

    // Colons stay what they are.
    private static string Escape(string text) => Uri.EscapeDataString(text).Replace("%3A", ":", StringComparison.Ordinal);
}
