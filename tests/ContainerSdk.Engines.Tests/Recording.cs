namespace ContainerSdk.Engines.Tests;

/// <summary>What docker really printed once (20.10.24 with buildx 0.13.1).</summary>
internal static class Recording
{
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Recordings", name);

    public static string[] Lines(string name) => File.ReadAllLines(PathOf(name));
}
