using System.Globalization;
using ContainerSdk.Diagnostics;
using ContainerSdk.Images.Layers;

namespace ContainerSdk.Images.Verification;

/// <summary>What must be in the image because it was asked for, and what must not, in any layer above the base's: also not below another that removes it.</summary>
internal static class ContentRules
{
    private const int Named = 3;

    // Where OpenSSL, Go and .NET look: Debian and Alpine; Fedora and Azure Linux; SUSE; Alpine's link.
    private static readonly string[] Roots = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"];

    public static void Check(ImageFacts image, Findings findings)
    {
        var asked = image.Plan.Verification;
        if (asked.NeedsCertificates && !Roots.Any(path => image.At(path) is { Entry.Size: > 0 })) findings.Add(Descriptors.CertificatesNotThere, string.Join(" or ", Roots.Take(2).Select(path => $"'{path}'")));
        if (asked.NeedsTimeZones && image.At("/usr/share/zoneinfo/UTC") is null) findings.Add(Descriptors.TimeZonesNotThere);
        CheckSize(image, findings);
        var own = image.OwnNames.ToArray();
        foreach (var (path, entry, isThere) in own)
            if (entry.Facts?.Secret is { } secret && !UnwantedFiles.IsOfPackage(path)) findings.AddAt(path, Descriptors.SecretInside, path, secret, isThere ? "" : ", though a later layer removes it");
        Report(own, findings, Descriptors.BuildToolsInside, name => UnwantedFiles.Tool(name.Path, name.Entry));
        Report(own, findings, Descriptors.SourceInside, name => UnwantedFiles.Leftover(name.Path, name.Entry));
        if (asked.IsStripped) Report(own, findings, Descriptors.SymbolsInside, name => UnwantedFiles.IsSymbols(name.Path) ? "" : null);
    }

    // One message for a rule: whoever ships one source file ships a hundred.
    private static void Report(IEnumerable<(string Path, TreeEntry Entry, bool IsThere)> own, Findings findings, DiagnosticDescriptor rule, Func<(string Path, TreeEntry Entry), string?> judge)
    {
        var found = own.Where(name => name.Entry.Kind != LayerEntryKind.Folder && !findings.IsExempt(name.Path, rule))
            .Select(name => (name.Path, name.IsThere, What: judge((name.Path, name.Entry)))).Where(name => name.What is not null).DistinctBy(name => name.Path).ToArray();
        if (found is not [var first, .. var others]) return;
        var more = AccessRules.Others(others.Length) + (first.IsThere ? "" : ", though a later layer removes it,");
        if (rule == Descriptors.SymbolsInside) findings.Add(rule, first.Path, more);
        else findings.Add(rule, first.Path, more, first.What!);
    }

    private static void CheckSize(ImageFacts image, Findings findings)
    {
        if (image.Plan.Verification.MaxSize is not { } limit) return;
        var files = image.Image.Layers.SelectMany(layer => layer.Names).ToArray();
        var size = files.Sum(name => name.Entry.Size);
        if (size <= limit) return;
        var largest = files.OrderByDescending(name => name.Entry.Size).ThenBy(name => name.Path, StringComparer.Ordinal).Take(Named).Select(name => $"'/{name.Path}' ({Megabytes(name.Entry.Size)})");
        findings.Add(Descriptors.ImageTooLarge, Megabytes(size), Megabytes(limit), string.Join(", ", largest));
    }

    private static string Megabytes(long bytes) => bytes < 100_000 ? string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes") : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");
}
