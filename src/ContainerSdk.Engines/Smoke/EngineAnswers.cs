using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using ContainerSdk.Engines.Processes;

namespace ContainerSdk.Engines.Smoke;

/// <summary>Reads the lines that docker and podman print.</summary>
internal static partial class EngineAnswers
{
    // Docker counts in powers of 2, podman in those of 10, and each says so.
    private static readonly FrozenDictionary<string, double> Units = new Dictionary<string, double>
    {
        ["B"] = 1, ["KB"] = 1e3, ["MB"] = 1e6, ["GB"] = 1e9, ["TB"] = 1e12,
        ["KIB"] = 1L << 10, ["MIB"] = 1L << 20, ["GIB"] = 1L << 30, ["TIB"] = 1L << 40,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The bytes in <c>21.5MiB / 512MiB</c>; null if it says nothing.</summary>
    public static long? Memory(string answer) =>
        Usage().Match(answer) is { Success: true } usage
        && double.TryParse(usage.Groups["number"].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && Units.TryGetValue(usage.Groups["unit"].Value, out var unit)
        && number * unit is >= 1 and < long.MaxValue and var bytes
            ? (long)bytes
            : null;

    /// <summary>The port in <c>127.0.0.1:49153</c>, of which there may be a line for each kind of address; null if there is none.</summary>
    public static int? Port(string answer) =>
        Published().Match(answer) is { Success: true } published && int.TryParse(published.Groups["port"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535
            ? port
            : null;

    /// <summary>Why an engine refused, without what it says of its own options.</summary>
    public static string Reason(string command, ProcessResult result) => result.ExitCode is null
        ? $"no '{command}' command was found on PATH"
        : LogText.Clean(result.Tail.LastOrDefault(line => line.Contains("Error", StringComparison.Ordinal))
            ?? result.Tail.LastOrDefault(line => line.Trim().Length > 0 && !line.StartsWith("See '", StringComparison.Ordinal) && !line.StartsWith("Run '", StringComparison.Ordinal))
            ?? "no output");

    [GeneratedRegex(@"^\s*(?<number>[0-9]{1,20}(?:\.[0-9]{1,20})?) ?(?<unit>[A-Za-z]{1,3}) /", RegexOptions.CultureInvariant)]
    private static partial Regex Usage();

    [GeneratedRegex(@"^\S*:(?<port>[0-9]{1,5})\s*$", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Published();
}
