namespace ContainerSdk.Images;

/// <summary>Makes a repository name out of a project's name, by the rule of the .NET SDK's own container publishing.</summary>
public static class RepositoryName
{
    /// <summary>
    /// A valid name stays as it is; otherwise it is lower-cased and what a repository cannot hold becomes '-'. Null when nothing usable is left.
    /// </summary>
    public static string? Normalize(string text)
    {
        if (ImageReference.IsRepository(text)) return text;
        if (text.Length == 0 || !char.IsAsciiLetterOrDigit(text[0])) return null;
        var name = string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' ? char.ToLowerInvariant(c) : '-'));
        return ImageReference.IsRepository(name) ? name : null;
    }
}
