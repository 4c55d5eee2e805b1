using Microsoft.Build.Execution;

namespace ContainerSdk.Tasks.Closure;

/// <summary>What the last restore left for a project: its <c>project.assets.json</c>.</summary>
internal static class RestoredPackages
{
    /// <summary>
    /// Whether a project can be compiled for a platform out of what is restored. One that others refer to, and that is the same for every platform, is compiled
    /// for none. Packages that a project asks for on some platforms only are not known before a restore for that platform.
    /// </summary>
    public static bool Serve(ProjectInstance project, Territory territory, string runtimeIdentifier, bool isPublished)
    {
        var assets = project.GetPropertyValue("ProjectAssetsFile");
        if (assets.Length == 0 || !File.Exists(assets)) return false;
        if (project.GetPropertyValue("RuntimeIdentifier") == runtimeIdentifier) return File.ReadAllText(assets).Contains($"/{runtimeIdentifier}\"", StringComparison.Ordinal);
        var asksForPlatform = project.ImportPaths.Prepend(project.FullPath).Where(path => territory.Holds(PathText.Of(path))).Any(path => File.ReadAllText(path).Contains("$(RuntimeIdentifier)", StringComparison.OrdinalIgnoreCase));
        return !asksForPlatform && ((!isPublished && project.GetPropertyValue("IsRidAgnostic") == "true") || File.ReadAllText(assets).Contains($"/{runtimeIdentifier}\"", StringComparison.Ordinal));
    }
}
