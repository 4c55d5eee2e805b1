using System.Collections.Immutable;

namespace ContainerSdk.Images.Bom;

/// <summary>What package managers wrote down as installed, read while it is asked for. What is not of their form is left out.</summary>
public static class PackageDatabases
{
    private const int RpmFields = 10;

    private static readonly ImmutableHashSet<string> DpkgFields = ["Package", "Status", "Version", "Architecture"];
    private static readonly ImmutableHashSet<string> ApkFields = ["P", "V", "A", "L"];

    /// <summary>
    /// The installed packages of Debian's <c>status</c>, or of one file of <c>status.d</c>, which has no need to say that what it names is installed
    /// (https://manpages.debian.org/dpkg-query#db:Status-Status).
    /// </summary>
    public static IEnumerable<InstalledPackage> OfDpkg(string text) => PackageParagraphs.Read(text, DpkgFields)
        .Where(package => package.GetValueOrDefault("Status") is not { } status || status.EndsWith(" installed", StringComparison.Ordinal))
        .Select(package => Of(package, "Package", "Version", "Architecture", "License")).OfType<InstalledPackage>();

    /// <summary>The packages of Alpine's <c>installed</c> (https://wiki.alpinelinux.org/wiki/Apk_spec#Installed_Database_V2).</summary>
    public static IEnumerable<InstalledPackage> OfApk(string text) =>
        PackageParagraphs.Read(text, ApkFields).Select(package => Of(package, "P", "V", "A", "L")).OfType<InstalledPackage>();

    /// <summary>
    /// The packages of the list that Azure Linux leaves in images without a package manager: one a line, of the fields name, version and release, times of installation and
    /// build, vendor, epoch, size, architecture, epoch again and source, with tabs in between.
    /// </summary>
    public static IEnumerable<InstalledPackage> OfRpmManifest(string text)
    {
        using var lines = new StringReader(text);
        while (lines.ReadLine() is { } line)
            if (OfRpm(line.Split('\t', RpmFields)) is { } package) yield return package;
    }

    private static InstalledPackage? OfRpm(string[] fields)
    {
        if (fields is not [{ Length: > 0 } name, { Length: > 0 } version, ..]) return null;
        var epoch = fields.ElementAtOrDefault(5) is { Length: > 0 and < 10 } number && number.All(char.IsAsciiDigit) && number.Trim('0').Length > 0 ? number + ":" : "";
        return new InstalledPackage(name, epoch + version, fields.ElementAtOrDefault(7) is { Length: > 0 } architecture && architecture != "(none)" ? architecture : null);
    }

    private static InstalledPackage? Of(ImmutableDictionary<string, string> fields, string name, string version, string architecture, string license) =>
        fields.GetValueOrDefault(name) is { Length: > 0 } called && fields.GetValueOrDefault(version) is { Length: > 0 } stands
            ? new InstalledPackage(called, stands, TextOf(fields, architecture), TextOf(fields, license))
            : null;

    private static string? TextOf(ImmutableDictionary<string, string> fields, string name) => fields.GetValueOrDefault(name) is { Length: > 0 } text ? text : null;
}
