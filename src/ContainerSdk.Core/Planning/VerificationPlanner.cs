using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using ContainerSdk.Diagnostics;
using ContainerSdk.Images;
using ContainerSdk.Inputs;
using ContainerSdk.Plan;

namespace ContainerSdk.Planning;

/// <summary>What the finished image is asked for.</summary>
internal static partial class VerificationPlanner
{
    private const string Ignored = "ContainerVerifyIgnore";

    // The rules that a path can be exempt from.
    private static readonly ImmutableArray<DiagnosticDescriptor> OfPaths =
    [
        Descriptors.ProgramMissing, Descriptors.ProgramNotUsable, Descriptors.WrongMachine, Descriptors.LoaderMissing, Descriptors.ProgramLibraryMissing, Descriptors.InterpreterMissing,
        Descriptors.WorkingDirectoryNotUsable, Descriptors.VolumeNotUsable, Descriptors.WritableApplication, Descriptors.SetUserId, Descriptors.FrameworkNotThere, Descriptors.NativeLibraryMissing,
        Descriptors.BuildToolsInside, Descriptors.SourceInside, Descriptors.SymbolsInside, Descriptors.SecretInside,
    ];

    public static Verification Plan(InputReader reader, ImmutableArray<Port> ports) => new()
    {
        Level = reader.Choice("ContainerVerify", VerificationLevel.Error),
        MaxSize = Size(reader, "ContainerMaxImageSize"),
        NeedsCertificates = reader.Boolean("ContainerCaCertificates", false),
        NeedsTimeZones = reader.Boolean("ContainerTimeZoneData", false),
        IsStripped = reader.Boolean("ContainerStripSymbols", false),
        Exemptions = [.. reader.Items(Ignored).Select(item => Exemption(reader, item)).OfType<VerificationExemption>().OrderBy(exemption => exemption.Path, StringComparer.Ordinal)],
        StructureTests = StructureTests(reader) is { IsEmpty: false } tests ? tests : null,
        Smoke = SmokePlanner.Plan(reader, ports),
    };

    /// <summary>A number of bytes; null if the property is unset.</summary>
    public static long? Size(InputReader reader, string name)
    {
        if (reader.Text(name) is not { } text) return null;
        var match = Sizes().Match(text.Trim());
        if (match.Success && decimal.TryParse(match.Groups["number"].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number * Unit(match.Groups["unit"].Value) is var bytes and >= 1 and <= long.MaxValue) return (long)bytes;
        reader.Diagnostics.Add(Descriptors.InvalidSize, name, text);
        return null;
    }

    private static ImmutableArray<StructureTestSource> StructureTests(InputReader reader)
    {
        var tests = ImmutableArray.CreateBuilder<StructureTestSource>();
        foreach (var item in reader.Items("ContainerStructureTest"))
        {
            if (item.Metadata.GetValueOrDefault("FileHash") is { Length: > 0 } hash) tests.Add(new StructureTestSource(item.Identity, hash));
            else reader.Diagnostics.Add(Descriptors.FileNotFound, "ContainerStructureTest", item.Identity);
        }

        return tests.ToImmutable();
    }

    private static VerificationExemption? Exemption(InputReader reader, InputItem item)
    {
        // A pattern is metadata where MSBuild would look for files of this machine.
        var path = (item.Metadata.GetValueOrDefault("Path") is { Length: > 0 } named ? named : item.Identity).Trim();
        var code = item.Metadata.GetValueOrDefault("Code")?.Trim() is { Length: > 0 } text ? text.ToUpperInvariant() : null;
        var isKnown = code is null || OfPaths.Any(descriptor => descriptor.Id == code);
        if (path.StartsWith('/') && isKnown) return new VerificationExemption(path, code);
        reader.Diagnostics.Add(Descriptors.InvalidExemption, item.Identity, isKnown ? "names no absolute path in the image" : $"has Code '{code}', which is no rule about paths");
        return null;
    }

    private static decimal Unit(string name) => name.ToUpperInvariant() switch
    {
        "KB" => 1e3m,
        "MB" => 1e6m,
        "GB" => 1e9m,
        "KIB" => 1024m,
        "MIB" => 1024m * 1024,
        "GIB" => 1024m * 1024 * 1024,
        _ => 1,
    };

    [GeneratedRegex(@"\A(?<number>[0-9]{1,12}(?:\.[0-9]{1,3})?)\s*(?<unit>[kmg]i?b|b|)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Sizes();
}
