using System.Text;

namespace ContainerSdk.Tasks;

/// <summary>Reads and writes generated text: written only when it differs, and never half of it.</summary>
internal static class GeneratedFile
{
    private const string Name = "GeneratedFile";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The file that <paramref name="failure"/> is about, or null.</summary>
    public static string? Of(Exception failure) => failure.Data[Name] as string;

    public static async Task<string> ReadAsync(string path, CancellationToken cancellation)
    {
        try
        {
            return await File.ReadAllTextAsync(path, Utf8, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            e.Data[Name] = path;
            throw;
        }
    }

    public static void Write(string path, string text)
    {
        var folder = Path.GetDirectoryName(path) ?? throw new IOException($"'{path}' is a folder");
        var temporary = path + ".new";
        try
        {
            if (File.Exists(path) && File.ReadAllText(path, Utf8) == text) return;
            Directory.CreateDirectory(folder);
            File.WriteAllText(temporary, text, Utf8);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            e.Data[Name] = path;
            if (File.Exists(temporary)) File.Delete(temporary);
            throw;
        }
    }
}
