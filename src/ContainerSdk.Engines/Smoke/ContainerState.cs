using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace ContainerSdk.Engines.Smoke;

/// <summary>What an engine says of a container.</summary>
/// <param name="IsRunning">Whether its process runs.</param>
/// <param name="ExitCode">How it ended, if it did.</param>
/// <param name="IsOutOfMemory">Whether the kernel killed it for its memory.</param>
/// <param name="StopSignal">The name or number of the signal that asks it to end.</param>
/// <param name="Health">What docker's health checks say; null where there are none.</param>
internal sealed record ContainerState(bool IsRunning, int ExitCode, bool IsOutOfMemory, string StopSignal, ContainerHealth? Health)
{
    private const string Default = "SIGTERM";
    private const int SignalBase = 128;

    /// <summary>That of a process that was not asked.</summary>
    public const int KilledExitCode = SignalBase + 9;

    // signal(7), as Linux numbers them on x86 and ARM; those that a program is asked to end with.
    private static readonly FrozenDictionary<string, int> Signals = new Dictionary<string, int>
    {
        ["HUP"] = 1, ["INT"] = 2, ["QUIT"] = 3, ["ABRT"] = 6, ["KILL"] = 9, ["USR1"] = 10, ["USR2"] = 12, ["ALRM"] = 14, ["TERM"] = 15, ["WINCH"] = 28, ["PWR"] = 30,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether it ended as one ends that is asked to: with 0, or by SIGTERM or its own stop signal.</summary>
    public bool IsCleanExit => ExitCode is 0 or SignalBase + 15 || (Signal is { } signal && ExitCode == SignalBase + signal);

    private int? Signal =>
        int.TryParse(StopSignal, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : Signals.TryGetValue(StopSignal.StartsWith("SIG", StringComparison.OrdinalIgnoreCase) ? StopSignal[3..] : StopSignal, out number) ? number
        : null;

    /// <summary>Reads what <c>container inspect</c> prints; null if that is not what it should be.</summary>
    public static ContainerState? Read(string answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            var container = document.RootElement[0];
            var state = container.GetProperty("State");
            return new ContainerState(
                state.GetProperty("Running").GetBoolean(),
                state.GetProperty(nameof(ExitCode)).GetInt32(),
                state.TryGetProperty("OOMKilled", out var killed) && killed.ValueKind == JsonValueKind.True,
                StopSignalOf(container),
                state.TryGetProperty(nameof(Health), out var health) && health.ValueKind == JsonValueKind.Object ? ContainerHealth.Read(health) : null);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException or FormatException)
        {
            return null;
        }
    }

    // Docker has the image's word, podman a number.
    private static string StopSignalOf(JsonElement container) =>
        !container.TryGetProperty("Config", out var config) || !config.TryGetProperty(nameof(StopSignal), out var signal) ? Default
        : signal.ValueKind == JsonValueKind.Number ? signal.GetInt32() is 15 ? Default : signal.GetRawText()
        : signal.ValueKind == JsonValueKind.String && signal.GetString() is { Length: > 0 } name ? name
        : Default;
}

/// <summary>What docker's health checks say.</summary>
/// <param name="Status"><c>starting</c>, <c>healthy</c> or <c>unhealthy</c>.</param>
/// <param name="Last">What the last check said; null if there was none yet.</param>
internal sealed record ContainerHealth(string Status, string? Last)
{
    /// <summary>Reads <c>State.Health</c>.</summary>
    public static ContainerHealth Read(JsonElement health) => new(
        health.GetProperty(nameof(Status)).GetString() ?? "",
        health.TryGetProperty("Log", out var log) && log.ValueKind == JsonValueKind.Array && log.EnumerateArray().LastOrDefault() is { ValueKind: JsonValueKind.Object } last ? Words(last) : null);

    private static string Words(JsonElement check)
    {
        var output = LogText.Last(check.GetProperty("Output").GetString() ?? "");
        return string.Create(CultureInfo.InvariantCulture, $"its health command ended with exit code {check.GetProperty("ExitCode").GetInt32()}{(output.Length > 0 ? $" ({output})" : "")}");
    }
}
