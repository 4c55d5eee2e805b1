using System.Text.RegularExpressions;

namespace ContainerSdk.Engines.Docker;

/// <summary>The digests that a build's progress mentions, for builders whose metadata file does not say which image they made.</summary>
internal sealed partial class BuildDigests
{
    private readonly List<string> _found = [];

    /// <summary>Takes the next line of plain progress.</summary>
    public void Take(string line)
    {
        if (Written().Match(line) is { Success: true } match && !_found.Contains(match.Groups["digest"].Value)) _found.Add(match.Groups["digest"].Value);
    }

    /// <summary>The digests under which the local store may know the image, the likeliest first: those of the metadata file before those of the progress.</summary>
    public IEnumerable<string> Likeliest(string metadataPath) => BuildMetadata.ReadDigests(metadataPath).Concat(_found).Distinct(StringComparer.Ordinal);

    [GeneratedRegex(@"^#\d+ (?:writing image|exporting config|exporting manifest) (?<digest>sha256:[a-f0-9]{64})(?: |\z)", RegexOptions.CultureInvariant)]
    private static partial Regex Written();
}
