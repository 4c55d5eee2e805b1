using System.Globalization;
using System.Text.RegularExpressions;

namespace ContainerSdk.Planning;

/// <summary>Reads a length of time as Docker writes it (<c>1m30s</c>), as .NET does (<c>00:01:30</c>), or in seconds (<c>90</c>).</summary>
internal static partial class Durations
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(1);

    public static bool TryParse(string text, out TimeSpan duration)
    {
        var match = Pattern().Match(text);
        duration = Part(3600, "h") + Part(60, "m") + Part(1, "s") + Part(0.001m, "ms");
        return match.Success && duration >= Least;

        TimeSpan Part(decimal seconds, string unit) => match.Groups[unit] is { Success: true } group
            ? TimeSpan.FromTicks((long)(decimal.Parse(group.Value, CultureInfo.InvariantCulture) * seconds * TimeSpan.TicksPerSecond))
            : TimeSpan.Zero;
    }

    // The numbers of digits keep every sum within a TimeSpan, and within the engines' nanoseconds.
    [GeneratedRegex(
        @"\A(?:(?:(?<h>[0-9]{1,4})h)?(?:(?<m>[0-9]{1,6})m)?(?:(?<s>[0-9]{1,8}(?:\.[0-9]{1,3})?)s)?(?:(?<ms>[0-9]{1,9})ms)?|(?<h>[0-9]{1,4}):(?<m>[0-5][0-9]):(?<s>[0-5][0-9](?:\.[0-9]{1,3})?)|(?<s>[0-9]{1,8}(?:\.[0-9]{1,3})?))\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
