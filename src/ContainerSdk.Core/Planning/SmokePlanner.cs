using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using ContainerSdk.Diagnostics;
using ContainerSdk.Images;
using ContainerSdk.Plan;

namespace ContainerSdk.Planning;

/// <summary>How a container of the image is tried out.</summary>
internal static partial class SmokePlanner
{
    private const string Gate = "ContainerSmokeTest";
    private const string EndpointName = "ContainerHealthEndpoint";
    private const string TimeoutName = "ContainerSmokeTimeout";
    private const string MemoryName = "ContainerSmokeMemory";
    private const string Variable = "ContainerSmokeEnvironmentVariable";

    /// <summary>Null if nothing is said about it.</summary>
    /// <param name="reader">The inputs.</param>
    /// <param name="ports">The ports that the image names.</param>
    public static SmokeCheck? Plan(InputReader reader, ImmutableArray<Port> ports)
    {
        var check = new SmokeCheck
        {
            IsGate = reader.Boolean(Gate, false),
            Endpoint = Endpoint(reader, ports),
            Timeout = Timeout(reader),
            Memory = VerificationPlanner.Size(reader, MemoryName),
            Environment = Variables.Read(reader, Variable),
        };
        return check is { IsGate: false, Endpoint: null, Timeout: null, Memory: null, Environment.IsEmpty: true } ? null : check;
    }

    private static HealthEndpoint? Endpoint(InputReader reader, ImmutableArray<Port> ports)
    {
        if (reader.Text(EndpointName) is not { } text) return null;
        var match = Pattern().Match(text.Trim());
        var port = match.Groups["port"] is { Success: true } named ? int.Parse(named.ValueSpan, CultureInfo.InvariantCulture) : ports.FirstOrDefault(port => port.Protocol == "tcp")?.Number;
        if (match.Success && port is > 0 and <= 65535) return new HealthEndpoint(port.Value, match.Groups["path"].Value);
        reader.Diagnostics.Add(Descriptors.InvalidEndpoint, text, match.Success ? "names no port, and the image names none with ContainerPort" : "is no path");
        return null;
    }

    private static TimeSpan? Timeout(InputReader reader)
    {
        if (reader.Text(TimeoutName) is not { } text) return null;
        if (Durations.TryParse(text.Trim(), out var duration)) return duration;
        reader.Diagnostics.Add(Descriptors.InvalidHealthCheck, TimeoutName, text, "a time from 1ms, such as 30s, 1m30s, 00:01:30, or a number of seconds");
        return null;
    }

    // A path of RFC 3986 and its query, in characters that need no encoding.
    [GeneratedRegex(@"\A(?::(?<port>[0-9]{1,5}))?(?<path>/[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
