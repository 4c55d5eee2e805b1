using ContainerSdk.Plan;

namespace ContainerSdk.Dockerfiles;

/// <summary>The shell text that installs OS packages and leaves no package lists behind. Names and versions were checked by the planner.</summary>
internal static class PackageCommand
{
    public static string Text(PackageInstallation installation)
    {
        var names = string.Join(' ', installation.Packages.Select(package => package.Version is null ? package.Name : $"{package.Name}={package.Version}"));
        return installation.Manager switch
        {
            PackageManager.Apt => $"apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends {names} && rm -rf /var/lib/apt/lists/*",
            PackageManager.Apk => $"apk add --no-cache {names}",
            PackageManager.Tdnf => $"tdnf install -y {names.Replace('=', '-')} && tdnf clean all",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
