using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using ContainerSdk.Images.Layers;
using ContainerSdk.Images.Oci;

namespace ContainerSdk.Images.Bom;

/// <summary>What the system of an image says of itself: its name, and the packages that are installed.</summary>
internal sealed partial class SystemFiles
{
    private const string StatusFolder = "var/lib/dpkg/status.d/";
    private const int MaxHardLinks = 8;

    private static readonly ImmutableArray<string> ReleaseFiles = ["etc/os-release", "usr/lib/os-release"];
    private static readonly ImmutableArray<string> ApkFiles = ["lib/apk/db/installed", "usr/lib/apk/db/installed"];

    private readonly FileTree _files;

    public SystemFiles(FileTree files)
    {
        _files = files;
        Release = ReleaseFiles.Select(TextOf).OfType<string>().Select(SystemRelease.Parse).FirstOrDefault(release => release is not null);
        Packages = Dpkg().Concat(Apk()).Concat(Rpm());
    }

    /// <summary>Which system it is; null if it does not say so.</summary>
    public SystemRelease? Release { get; }

    /// <summary>Its packages, read while they are asked for.</summary>
    public IEnumerable<BomComponent> Packages { get; }

    private string? Distribution => Release is null ? null : Release.Version is null ? Release.Id : $"{Release.Id}-{Release.Version}";

    private IEnumerable<BomComponent> Dpkg()
    {
        var parts = _files.All.Where(file => file.Path.StartsWith(StatusFolder, StringComparison.Ordinal) && !file.Path.EndsWith(".md5sums", StringComparison.Ordinal)).Select(file => file.Path);
        return parts.Prepend("var/lib/dpkg/status").SelectMany(path => TextOf(path) is { } text ? PackageDatabases.OfDpkg(text).Select(package => Component(package, "deb", "debian", path)) : []);
    }

    private IEnumerable<BomComponent> Apk() => ApkFiles.DistinctBy(Resolve)
        .SelectMany(path => TextOf(path) is { } text ? PackageDatabases.OfApk(text).Select(package => Component(package, "apk", "alpine", path)) : []);

    private IEnumerable<BomComponent> Rpm()
    {
        const string Path = "var/lib/rpmmanifest/container-manifest-2";
        return TextOf(Path) is { } text ? PackageDatabases.OfRpmManifest(text).Select(package => Component(package, "rpm", "azurelinux", Path)) : [];
    }

    private BomComponent Component(InstalledPackage package, string type, string vendor, string path)
    {
        // A purl of RPM has its epoch elsewhere.
        var epoch = type == "rpm" ? package.Version.IndexOf(':', StringComparison.Ordinal) : -1;
        var version = package.Version[(epoch + 1)..];
        var name = $"{Release?.Id ?? vendor}/{(type == "rpm" ? package.Name : package.Name.ToLowerInvariant())}";
        return new BomComponent
        {
            Kind = BomComponentKind.Library,
            Name = package.Name,
            Version = package.Version,
            Purl = PackageUrl.Of(type, name, version, ("arch", package.Architecture), ("distro", Distribution), ("epoch", epoch > 0 ? package.Version[..epoch] : null)),
            License = package.License is { } license && Expression().IsMatch(license) ? license : null,
            Files = [path],
        };
    }

    private string? TextOf(string path)
    {
        var found = Resolve(path) is { } resolved ? _files.Find(resolved) : null;
        for (var links = 0; found is { Kind: LayerEntryKind.HardLink } && links < MaxHardLinks; links++) found = _files.Find(found.Target);
        return found?.Content is { } content ? Encoding.UTF8.GetString(content.Span) : null;
    }

    private string? Resolve(string path)
    {
        try
        {
            return _files.Resolve(path);
        }
        catch (InvalidImageException)
        {
            // Links in a circle lead nowhere.
            return null;
        }
    }

    // https://spdx.github.io/spdx-spec/v3.0.1/annexes/spdx-license-expressions/
    [GeneratedRegex(@"\A\(*[A-Za-z0-9.-]+\+?\)*(?: (?:AND|OR|WITH) \(*[A-Za-z0-9.-]+\+?\)*)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Expression();
}
