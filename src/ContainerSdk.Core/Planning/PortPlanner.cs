using System.Collections.Immutable;
using ContainerSdk.Diagnostics;
using ContainerSdk.Images;
using ContainerSdk.Inputs;

namespace ContainerSdk.Planning;

/// <summary>
/// The ports of the image: those named, and those that variables of the process's environment tell it to listen on. Which variables do is the
/// toolchain's to say, as <c>ContainerPortVariable</c>; one that holds addresses wins over those that hold port numbers.
/// </summary>
internal static class PortPlanner
{
    private enum Format
    {
        Ports,
        Addresses,
    }

    public static ImmutableArray<Port> Plan(InputReader reader)
    {
        var ports = new HashSet<Port>();
        foreach (var item in reader.Items("ContainerPort"))
        {
            if (Port.TryParse(item.Identity, item["Type"], out var port)) ports.Add(port);
            else reader.Diagnostics.Add(Descriptors.InvalidPort, item["Type"] is { } type ? $"{item.Identity}/{type}" : item.Identity);
        }

        ports.UnionWith(FromVariables(reader));
        return [.. ports.OrderBy(port => port.Number).ThenBy(port => port.Protocol, StringComparer.Ordinal)];
    }

    // A value that names no port is the server's to complain about, when it starts.
    private static IEnumerable<Port> FromVariables(InputReader reader)
    {
        var set = reader.Items("ContainerPortVariable").Select(item => (Format: FormatOf(reader, item), Value: ValueOf(reader, item)))
            .Where(variable => variable.Value is not null).ToArray();
        var strongest = set.Select(variable => variable.Format).DefaultIfEmpty().Max();
        return set.Where(variable => variable.Format == strongest)
            .SelectMany(variable => variable.Value!.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Select(text => Port.TryParse(strongest == Format.Addresses ? PortOf(text) : text, "tcp", out var port) ? port : null).OfType<Port>();
    }

    private static string? ValueOf(InputReader reader, InputItem variable) =>
        reader.Items("ContainerEnvironmentVariable").LastOrDefault(item => item.Identity == variable.Identity) is { } named ? named["Value"] ?? "" : variable["Default"];

    private static Format FormatOf(InputReader reader, InputItem variable)
    {
        if (variable["Format"] is not { } text) return Format.Ports;
        if (Array.Find(Enum.GetNames<Format>(), name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } match) return Enum.Parse<Format>(match);
        reader.Diagnostics.Add(Descriptors.InvalidChoice, $"Format of ContainerPortVariable '{variable.Identity}'", text, string.Join(", ", Enum.GetNames<Format>()));
        return Format.Ports;
    }

    // http://+:8080/path, https://[::1]:443; an address without a port has the scheme's default one, which an unprivileged process seldom uses.
    private static string PortOf(string address)
    {
        var start = address.IndexOf("://", StringComparison.Ordinal);
        if (start < 0) return "";
        var authority = address[(start + 3)..].Split('/')[0];
        var colon = authority.LastIndexOf(':');
        return colon > authority.LastIndexOf(']') ? authority[(colon + 1)..] : "";
    }
}
