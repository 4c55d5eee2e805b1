using System.Globalization;

namespace ContainerSdk.Images;

/// <summary>
/// The time that an image is said to be made at, so that the same sources make the same image: a count of seconds, as in <c>SOURCE_DATE_EPOCH</c>
/// (https://reproducible-builds.org/specs/source-date-epoch/) and as git prints a commit's time.
/// </summary>
public static class SourceDate
{
    /// <summary>The time in the form of RFC 3339; null if <paramref name="seconds"/> is not a plain decimal number within the calendar.</summary>
    public static string? Rfc3339(string seconds) =>
        long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(count).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : null;
}
