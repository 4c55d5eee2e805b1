using System.Globalization;
using ContainerSdk.Plan;

namespace ContainerSdk.Dockerfiles;

/// <summary>What follows HEALTHCHECK: options, and the command in exec form.</summary>
internal static class HealthCheckText
{
    public static string Of(HealthCheck check) => check.Command.IsEmpty
        ? "NONE"
        : Option("interval", check.Interval) + Option("timeout", check.Timeout) + Option("start-period", check.StartPeriod)
            + (check.Retries is { } retries ? string.Create(CultureInfo.InvariantCulture, $"--retries={retries} ") : "")
            + $"CMD {DockerfileSyntax.ExecArray(check.Command)}";

    // Go's duration, in the largest unit that needs no fraction: 90s, 1500ms.
    private static string Option(string name, TimeSpan? time) =>
        time is not { } span ? ""
        : span.Ticks % TimeSpan.TicksPerSecond == 0 ? string.Create(CultureInfo.InvariantCulture, $"--{name}={span.Ticks / TimeSpan.TicksPerSecond}s ")
        : string.Create(CultureInfo.InvariantCulture, $"--{name}={span.Ticks / TimeSpan.TicksPerMillisecond}ms ");
}
