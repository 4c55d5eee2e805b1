namespace ContainerSdk.Images.Bom;

/// <summary>A package that the package manager of an image's system wrote down as installed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version in the manager's own form; one of RPM may begin with an epoch and a colon.</param>
/// <param name="Architecture">In the manager's own word, for example <c>amd64</c>; null if it is not said.</param>
/// <param name="License">As the package says it; null if it is not said.</param>
public sealed record InstalledPackage(string Name, string Version, string? Architecture = null, string? License = null);
