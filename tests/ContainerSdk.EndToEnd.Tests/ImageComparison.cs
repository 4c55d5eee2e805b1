using System.Formats.Tar;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>What two images must have in common to be the same image: their files as a container has them, and how they are run.</summary>
internal static class ImageComparison
{
    private const int Permissions = 0xfff;

    // BuildKit says it of every CMD; only Windows reads it.
    private const string ForWindows = "ArgsEscaped";

    /// <summary>Fails with every difference, a line each. Times, and how files are spread over layers, may differ.</summary>
    /// <param name="expected">The image of an engine.</param>
    /// <param name="actual">The one that should be the same.</param>
    /// <param name="compiled">Files whose bytes depend on where they were compiled; all else about them has to be the same.</param>
    public static void AssertSame(string expected, string actual, params string[] compiled)
    {
        string[] differences = [.. Differences(Files(expected, compiled), Files(actual, compiled)), .. Differences(Configuration(expected), Configuration(actual))];
        Assert.True(differences.Length == 0, $"{expected} / {actual}:\n{string.Join('\n', differences)}");
        Assert.All([expected, actual], AssertNamed);
    }

    // Each layer has its line in the history.
    private static void AssertNamed(string image)
    {
        var configuration = ImageContent.Of(image).Configuration;
        var named = configuration.GetProperty("history").EnumerateArray().Count(entry => !(entry.TryGetProperty("empty_layer", out var empty) && empty.GetBoolean()));
        Assert.Equal(configuration.GetProperty("rootfs").GetProperty("diff_ids").GetArrayLength(), named);
    }

    /// <summary>Every file of the image as a container has it: kind, mode, owner, and content or target. A second name of a file is a file of the same content.</summary>
    private static SortedDictionary<string, string> Files(string image, string[] compiled)
    {
        // A name of its own, because the engine prints more than an id for an image of another platform.
        var (name, tar) = ($"containersdk-{Guid.NewGuid():n}", Path.GetTempFileName());
        Docker.Run("create", "--name", name, image, "command");
        try
        {
            Docker.Run("export", "--output", tar, name);
            var (files, contents) = (new SortedDictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));
            using var stream = File.OpenRead(tar);
            using var reader = new TarReader(stream);
            while (reader.GetNextEntry() is { } entry)
            {
                var path = "/" + entry.Name.TrimEnd('/');
                contents[path] = entry.EntryType == TarEntryType.HardLink ? contents["/" + entry.LinkName] : Content(entry, compiled.Contains(path));
                files[path] = $"{KindOf(entry.EntryType)} {Convert.ToString((int)entry.Mode & Permissions, 8)} {entry.Uid}:{entry.Gid} {contents[path]}";
            }

            return files;
        }
        finally
        {
            Docker.Run("rm", "--volumes", name);
            File.Delete(tar);
        }
    }

    private static string Content(TarEntry entry, bool isCompiled) =>
        isCompiled ? "compiled"
        : entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile ? Convert.ToHexStringLower(SHA256.HashData(entry.DataStream ?? Stream.Null))
        : entry.LinkName;

    private static TarEntryType KindOf(TarEntryType type) => type is TarEntryType.HardLink or TarEntryType.V7RegularFile ? TarEntryType.RegularFile : type;

    // What docker knows of an image beside its files, apart from its name, its size and when it was made.
    private static SortedDictionary<string, string> Configuration(string image)
    {
        using var document = JsonDocument.Parse(Docker.Run("image", "inspect", "--format", """{"Config":{{json .Config}},"Platform":"{{.Os}}/{{.Architecture}}/{{.Variant}}","Author":{{json .Author}}}""", image));
        var members = document.RootElement.EnumerateObject().SelectMany(member => member.Value.ValueKind == JsonValueKind.Object ? member.Value.EnumerateObject().AsEnumerable() : [member]);
        return new(members.Where(member => !IsUnset(member.Value) && member.Name != ForWindows).ToDictionary(member => member.Name, member => Text(member.Value)), StringComparer.Ordinal);
    }

    // The order of names has no meaning, that of words has.
    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.Object
        ? "{" + string.Join(',', value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => $"\"{member.Name}\":{Text(member.Value)}")) + "}"
        : value.GetRawText();

    // The engine shows what is not set as null, as false or as nothing, depending on who wrote the image.
    private static bool IsUnset(JsonElement value) => value.ValueKind is JsonValueKind.Null or JsonValueKind.False || value.ToString().Length == 0;

    private static string[] Differences(SortedDictionary<string, string> first, SortedDictionary<string, string> second) =>
        [.. first.Keys.Union(second.Keys).Order(StringComparer.Ordinal).Where(key => first.GetValueOrDefault(key) != second.GetValueOrDefault(key)).Select(key => string.Create(CultureInfo.InvariantCulture, $"{key}: {first.GetValueOrDefault(key) ?? "-"} / {second.GetValueOrDefault(key) ?? "-"}"))];
}
