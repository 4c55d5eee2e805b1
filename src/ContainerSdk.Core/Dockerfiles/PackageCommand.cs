using ContainerSdk.Images;
using ContainerSdk.Plan;

namespace ContainerSdk.Dockerfiles;

/// <summary>The shell text that installs OS packages and leaves no package lists behind. Names and versions were checked by the planner.</summary>
internal static class PackageCommand
{
    /// <param name="installation">What is installed.</param>
    /// <param name="certificates">A bundle to trust; apt has an option for it, the others read a variable.</param>
    public static string Text(PackageInstallation installation, ContainerPath? certificates)
    {
        var apt = certificates is null ? "apt-get" : $"apt-get -o Acquire::https::CAInfo={DockerfileSyntax.ShellWord(certificates.Value)}";
        var names = string.Join(' ', installation.Packages.Select(package => package.Version is null ? package.Name : $"{package.Name}={package.Version}"));
        return installation.Manager switch
        {
            PackageManager.Apt => $"{apt} update && DEBIAN_FRONTEND=noninteractive {apt} install -y --no-install-recommends {names} && rm -rf /var/lib/apt/lists/*",
            PackageManager.Apk => $"apk add --no-cache {names}",
            PackageManager.Tdnf => $"tdnf install -y {names.Replace('=', '-')} && tdnf clean all",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
