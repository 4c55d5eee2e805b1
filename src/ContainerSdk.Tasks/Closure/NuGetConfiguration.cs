using System.Collections.Immutable;
using System.Xml;
using System.Xml.Linq;

namespace ContainerSdk.Tasks.Closure;

/// <summary>What matters here of a nuget.config (https://learn.microsoft.com/nuget/reference/nuget-config-file).</summary>
internal sealed record NuGetConfiguration(string Path, bool HoldsCredentials, ImmutableArray<string> Folders)
{
    // On a file system that tells letters apart NuGet takes the first of these.
    private static readonly ImmutableArray<string> Names = ["nuget.config", "NuGet.config", "NuGet.Config"];

    private static readonly ImmutableArray<string> CredentialSections = ["packageSourceCredentials", "apikeys"];

    /// <summary>The configurations that apply in a folder, the nearest first.</summary>
    public static IEnumerable<string> Above(string folder, FolderListings listings) =>
        PathText.Upwards(folder).Select(above => Names.Select(name => above + name).FirstOrDefault(listings.HasFile)).OfType<string>();

    /// <summary>Reads a file. What is no XML might hold anything, and NuGet says what is wrong with it.</summary>
    public static NuGetConfiguration Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var root = XDocument.Load(stream).Root;
            return root is null ? new NuGetConfiguration(path, false, []) : new NuGetConfiguration(path, HasCredentials(root), FoldersOf(root, PathText.FolderOf(path)));
        }
        catch (XmlException)
        {
            return new NuGetConfiguration(path, true, []);
        }
    }

    private static bool HasCredentials(XElement root) =>
        root.Elements().Any(section => CredentialSections.Contains(section.Name.LocalName, StringComparer.OrdinalIgnoreCase) && section.HasElements)
        || root.Descendants("add").Any(add => Value(add, "key").EndsWith("password", StringComparison.OrdinalIgnoreCase) || (Uri.TryCreate(Value(add, "value"), UriKind.Absolute, out var address) && address.UserInfo.Length > 0))
        || root.Descendants().Any(element => element.Attributes().Any(attribute => attribute.Name.LocalName is "password" or "clearTextPassword"));

    private static ImmutableArray<string> FoldersOf(XElement root, string folder)
    {
        var disabled = root.Elements("disabledPackageSources").Elements("add").Where(add => Value(add, "value") == "true").Select(add => Value(add, "key")).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. root.Elements("packageSources").Elements("add").Where(add => !disabled.Contains(Value(add, "key"))).Select(add => Value(add, "value").Replace('\\', '/'))
                .Where(value => value.Length > 0 && !value.Contains("://", StringComparison.Ordinal)).Select(value => PathText.OfFolder(System.IO.Path.GetFullPath(value, folder))),
        ];
    }

    private static string Value(XElement element, string attribute) => (string?)element.Attribute(attribute) ?? "";
}
