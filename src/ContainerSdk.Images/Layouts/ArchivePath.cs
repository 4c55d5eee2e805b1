namespace ContainerSdk.Images.Layouts;

/// <summary>The names in an archive.</summary>
internal static class ArchivePath
{
    /// <summary>The path below the root that <paramref name="name"/> stands for, in its shortest form; null if '..' leads out of the root.</summary>
    public static string? BelowRoot(string name)
    {
        var parts = new List<string>();
        foreach (var part in name.Split('/').Where(part => part is not ("" or ".")))
        {
            if (part != "..") parts.Add(part);
            else if (parts.Count > 0) parts.RemoveAt(parts.Count - 1);
            else return null;
        }

        return string.Join('/', parts);
    }
}
