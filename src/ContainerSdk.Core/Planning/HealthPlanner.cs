using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ContainerSdk.Diagnostics;
using ContainerSdk.Images;
using ContainerSdk.Plan;

namespace ContainerSdk.Planning;

/// <summary>The health check: the command as a property or as items, and its times.</summary>
internal static class HealthPlanner
{
    private const string Command = "ContainerHealthCommand";
    private const string None = "none";
    private const string Time = "a time from 1ms, such as 30s, 1m30s, 00:01:30, or a number of seconds";

    private static readonly string[] Options = ["ContainerHealthInterval", "ContainerHealthTimeout", "ContainerHealthStartPeriod", "ContainerHealthRetries"];

    /// <param name="reader">The inputs.</param>
    /// <param name="ports">The ports that the image names.</param>
    public static HealthCheck? Plan(InputReader reader, ImmutableArray<Port> ports)
    {
        var (text, items) = (reader.Text(Command)?.Trim(), reader.Words(Command));
        if (text is { Length: > 0 } && !items.IsEmpty)
            reader.Diagnostics.Add(Descriptors.CommandConflict, $"@({Command})", $"the property {Command}", "keep one of them");
        var isOff = items.IsEmpty && text?.Equals(None, StringComparison.OrdinalIgnoreCase) == true;
        var words = !items.IsEmpty ? items : isOff || text is null ? [] : Words(reader, text);
        if (!words.IsEmpty)
        {
            if (ports.IsEmpty && !reader.Items("ContainerPort").Any() && Asked(words) is { } address) reader.Diagnostics.Add(Descriptors.HealthWithoutPort, address.OriginalString, address.Port.ToString(CultureInfo.InvariantCulture));
            return new HealthCheck
            {
                Command = words,
                Interval = Duration(reader, Options[0]),
                Timeout = Duration(reader, Options[1]),
                StartPeriod = Duration(reader, Options[2]),
                Retries = Retries(reader, Options[3]),
            };
        }

        // Without a command they would mean nothing, and go unnoticed.
        foreach (var option in Options.Where(option => reader.Text(option) is not null))
            reader.Diagnostics.Add(Descriptors.InvalidHealthCheck, option, reader.Text(option)!, $"{Command} beside it");
        return isOff ? new HealthCheck { Command = [] } : null;
    }

    // What the check asks of the container itself, if that is anything; a script is one word.
    private static Uri? Asked(ImmutableArray<string> words) =>
        words.SelectMany(word => word.Split([' ', '\t', '\'', '"', ';'], StringSplitOptions.RemoveEmptyEntries))
            .Select(text => Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : null)
            .FirstOrDefault(address => address is { Scheme: "http" or "https", IsLoopback: true });

    // Blanks separate words, but not between double quotes. There are no escapes: other words are items.
    private static ImmutableArray<string> Words(InputReader reader, string text)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        var (word, isQuoted) = ((StringBuilder?)null, false);
        foreach (var c in text)
        {
            if (c == '"')
            {
                isQuoted = !isQuoted;
                word ??= new StringBuilder();
            }
            else if (isQuoted || !char.IsWhiteSpace(c))
            {
                word = (word ?? new StringBuilder()).Append(c);
            }
            else if (word is not null)
            {
                words.Add(reader.Checked(Command, word.ToString()));
                word = null;
            }
        }

        if (word is not null) words.Add(reader.Checked(Command, word.ToString()));
        if (isQuoted) reader.Diagnostics.Add(Descriptors.InvalidHealthCheck, Command, text, "a closing '\"' for every opening one");
        return words.ToImmutable();
    }

    private static TimeSpan? Duration(InputReader reader, string name)
    {
        if (reader.Text(name) is not { } text) return null;
        if (Durations.TryParse(text.Trim(), out var duration)) return duration;
        reader.Diagnostics.Add(Descriptors.InvalidHealthCheck, name, text, Time);
        return null;
    }

    private static int? Retries(InputReader reader, string name)
    {
        if (reader.Text(name) is not { } text) return null;
        if (int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0) return number;
        reader.Diagnostics.Add(Descriptors.InvalidHealthCheck, name, text, "a whole number from 1");
        return null;
    }
}
