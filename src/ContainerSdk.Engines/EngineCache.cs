using ContainerSdk.Images.Inspection;
using ContainerSdk.Images.Store;

namespace ContainerSdk.Engines;

/// <summary>What all publishes of a user share.</summary>
/// <param name="Folder">Where it is; it need not exist.</param>
/// <param name="Clock">The machine's clock, for forgetting; no image shows it.</param>
public sealed record EngineCache(string Folder, TimeProvider Clock)
{
    /// <summary>
    /// This user's: <c>containersdk</c> below <c>XDG_CACHE_HOME</c>, which is <c>~/.cache</c> by default
    /// (https://specifications.freedesktop.org/basedir-spec/latest/), or on Windows below the local application data.
    /// </summary>
    public static EngineCache Current { get; } = new(Path.Combine(Caches(), "containersdk"), TimeProvider.System);

    /// <summary>What is known of layers.</summary>
    public FactsCache Facts => new(Path.Combine(Folder, "facts"), new BlobStore(Folder, Clock), Clock);

    /// <summary>The folder for files that are deleted at the end.</summary>
    public string Temporary
    {
        get
        {
            try
            {
                return Directory.CreateDirectory(Path.Combine(Folder, BlobStore.Unfinished)).FullName;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return Path.GetTempPath();
            }
        }
    }

    private static string Caches() =>
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } named && Path.IsPathRooted(named) ? named
        : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
}
