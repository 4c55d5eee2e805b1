using System.Collections.Immutable;
using System.Globalization;

namespace ContainerSdk.Images.Elf;

/// <summary>
/// What a .NET application loads by name while it runs, which no binary names (https://learn.microsoft.com/dotnet/core/install/linux-debian#dependencies):
/// OpenSSL for all cryptography, and ICU unless globalization is invariant.
/// </summary>
public sealed class DotnetLibraries(ImmutableArray<string> searched)
{
    private const string Cryptography = "libSystem.Security.Cryptography.Native.OpenSsl.so";
    private const string GlobalizationLibrary = "libSystem.Globalization.Native.so";

    private static readonly ImmutableArray<string> OpenSsl = ["libcrypto.so", "libssl.so"];
    private static readonly ImmutableArray<string> Icu = ["libicudata.so", "libicui18n.so", "libicuuc.so"];

    /// <summary>The names, in the newest version that this machine has; where it has none, the name without one.</summary>
    /// <param name="own">The full paths of the application's files.</param>
    /// <param name="shape">Whether its parts are files.</param>
    /// <param name="globalization">What its configuration says about ICU.</param>
    public IEnumerable<string> Names(IReadOnlyCollection<string> own, PublishShape shape, Globalization globalization)
    {
        var names = own.Select(path => Path.GetFileName(path)).ToHashSet(StringComparer.Ordinal);
        var libraries = (Has(Cryptography) ? OpenSsl : []).AddRange(Has(GlobalizationLibrary) && globalization == Elf.Globalization.Icu ? Icu : []);
        return libraries.Select(library => searched.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, library + ".*"))
            .Select(path => Path.GetFileName(path)).Where(name => VersionOf(name, library) >= 0).MaxBy(name => VersionOf(name, library)) ?? library);

        bool Has(string library) => shape == PublishShape.OnePiece || names.Contains(library);
    }

    // libssl.so.3 and libicuuc.so.72: the name that is loaded ends in one number.
    private static int VersionOf(string name, string library) =>
        name.Length > library.Length && int.TryParse(name.AsSpan(library.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;
}

/// <summary>How an application knows cultures.</summary>
public enum Globalization
{
    /// <summary>By ICU.</summary>
    Icu,

    /// <summary>Not at all.</summary>
    Invariant,
}

/// <summary>How an application is published.</summary>
public enum PublishShape
{
    /// <summary>.NET's own libraries are files beside it.</summary>
    Files,

    /// <summary>They are part of its one binary.</summary>
    OnePiece,
}
