using System.Text;

namespace ContainerSdk.Tasks;

/// <summary>Writes generated text: only when it differs, and never half of it.</summary>
internal static class GeneratedFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static void Write(string path, string text)
    {
        if (File.Exists(path) && File.ReadAllText(path, Utf8) == text) return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = path + ".new";
        File.WriteAllText(temporary, text, Utf8);
        File.Move(temporary, path, overwrite: true);
    }
}
