using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using ContainerSdk.Images.Inspection;
using ContainerSdk.Images.Layers;
using ContainerSdk.Images.Oci;

namespace ContainerSdk.Images.Reports;

/// <summary>Reads out of files and configuration who may do what.</summary>
internal static class SecurityReader
{
    private const int MaxPaths = 50;
    private const int MaxName = 100;
    private const int MaxPrivileged = 1023;
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private static readonly string[] Folders = ["bin", "sbin", "usr/bin", "usr/sbin", "usr/local/bin", "usr/local/sbin"];
    private static readonly string[] ShellNames = ["ash", "bash", "dash", "fish", "ksh", "mksh", "pwsh", "sh", "tcsh", "zsh"];
    private static readonly string[] ManagerNames = ["apk", "apt", "apt-get", "dnf", "dnf5", "dpkg", "microdnf", "opkg", "pacman", "rpm", "tdnf", "yum", "zypper"];

    // Engines mount their own file systems over the last three.
    private static readonly string[] Temporary = ["tmp", "var/tmp", "dev", "proc", "sys"];

    public static SecurityTable Read(InspectedImage image, ImmutableArray<ReportedPackage> packages)
    {
        var run = image.Configuration.Run;
        var account = ImageAccount.Read(ConfigurationText.Of(run["User"]) ?? "", image.Files);
        var found = new Findings(account, [.. Temporary, .. Keys(run["Volumes"]).Take(MaxPaths).Select(path => path.Trim('/'))]);
        foreach (var (path, entry) in image.Files.All) found.Add(path, entry);
        ImmutableArray<ReportedPort> ports = [.. Keys(run["ExposedPorts"]).Select(port => new ReportedPort(ReportText.Clip(port, MaxName), IsPrivileged(port))).OrderBy(port => Number(port.Port)).ThenBy(port => port.Port, StringComparer.Ordinal)];
        return new SecurityTable
        {
            User = account.User,
            Shells = Programs(image.Files, ShellNames),
            PackageManagers = Programs(image.Files, ManagerNames),
            Packages = packages.IsDefault ? null : new PackageCount(packages.Count(package => package.IsOfBase), packages.Count(package => !package.IsOfBase)),
            SetIdFiles = found.SetId.ToPaths(),
            WorldWritable = found.WorldWritable.ToPaths(),
            StickyFolders = found.Sticky.ToPaths(),
            WritableByUser = account.User.IsRoot ? null : found.Writable.ToPaths(),
            Ports = ports.Length > MaxPaths ? [.. ports.Take(MaxPaths)] : ports,
            Capabilities = ports.Any(port => port.IsPrivileged) ? ["NET_BIND_SERVICE"] : [],
        };
    }

    private static IEnumerable<string> Keys(JsonNode? node)
    {
        try
        {
            return node is JsonObject keys ? [.. keys.Select(pair => pair.Key)] : [];
        }
        catch (InvalidOperationException)
        {
            return [];
        }
    }

    private static bool IsPrivileged(string port) => Number(port) is >= 1 and <= MaxPrivileged;

    private static int Number(string port) =>
        int.TryParse(string.Concat(port.TakeWhile(char.IsAsciiDigit).Take(6)), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static ImmutableArray<string> Programs(FileTree files, string[] names)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (folder, name) in Folders.SelectMany(folder => names.Select(name => (folder, name))))
        {
            // Where /bin is a link to /usr/bin, a program has one place.
            if (ImageAccount.TryResolve(files, folder) is not { } place || ImageAccount.TryResolve(files, $"{place}/{name}") is not { } target) continue;
            if (files.Find(target) is { Kind: not LayerEntryKind.Folder } program && (program.Mode & Executable) != 0) found.Add($"/{place}/{name}");
        }

        return [.. found];
    }

    private sealed class Findings(ImageAccount account, ImmutableArray<string> excepted)
    {
        public PathList SetId { get; } = new();

        public PathList WorldWritable { get; } = new();

        public PathList Sticky { get; } = new();

        public PathList Writable { get; } = new();

        public void Add(string path, TreeEntry entry)
        {
            if (entry.Kind == LayerEntryKind.SymbolicLink || IsBelow(path, "dev")) return;
            var isFolder = entry.Kind == LayerEntryKind.Folder;
            if (!isFolder && (entry.Mode & (UnixFileMode.SetUser | UnixFileMode.SetGroup)) != 0) SetId.Add(path);
            if ((entry.Mode & UnixFileMode.OtherWrite) != 0) (isFolder && (entry.Mode & UnixFileMode.StickyBit) != 0 ? Sticky : WorldWritable).Add(path);
            if (!isFolder && account.MayWrite(entry) && !excepted.Any(folder => IsBelow(path, folder))) Writable.Add(path);
        }

        private static bool IsBelow(string path, string folder) =>
            path.StartsWith(folder, StringComparison.Ordinal) && (path.Length == folder.Length || folder.Length == 0 || path[folder.Length] == '/');
    }

    private sealed class PathList
    {
        private readonly ImmutableArray<string>.Builder _paths = ImmutableArray.CreateBuilder<string>();
        private int _count;

        public void Add(string path)
        {
            if (_count++ < MaxPaths) _paths.Add('/' + path);
        }

        public FoundPaths ToPaths() => new(_count, _paths.ToImmutable());
    }
}
