using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ContainerSdk.Images;

/// <summary>A port that the container listens on (OCI image configuration, <c>ExposedPorts</c>).</summary>
/// <param name="Number">1 to 65535.</param>
/// <param name="Protocol"><c>tcp</c>, <c>udp</c> or <c>sctp</c>.</param>
public sealed record Port(int Number, string Protocol)
{
    /// <summary>Reads <c>8080</c>, <c>8080/udp</c>, or a number with the protocol beside it.</summary>
    public static bool TryParse(string text, string? protocol, [NotNullWhen(true)] out Port? port)
    {
        port = null;
        var parts = text.Split('/');
        if (parts.Length > 2 || (parts.Length == 2 && protocol is not null)) return false;
        var name = (parts.Length == 2 ? parts[1] : protocol ?? "tcp").ToLowerInvariant();
        if (name is not ("tcp" or "udp" or "sctp")) return false;
        if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 65535) return false;
        port = new Port(number, name);
        return true;
    }

    /// <summary>As EXPOSE and the image configuration write it: <c>8080/tcp</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Protocol}");
}
