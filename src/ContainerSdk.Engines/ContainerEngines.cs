namespace ContainerSdk.Engines;

/// <summary>The names by which engines are chosen.</summary>
public static class ContainerEngines
{
    /// <summary>Whether <paramref name="name"/> names the engine that is none: images are put together in this process.</summary>
    public static bool IsEmbedded(string? name) => string.Equals(name?.Trim(), "embedded", StringComparison.OrdinalIgnoreCase);
}
