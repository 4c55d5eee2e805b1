using ContainerSdk.Dockerfiles;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>The receipt hashes the files that an ignore file admits; so its reader must admit what the engine gets.</summary>
public sealed class IgnoreFileTests
{
    private static readonly string[] Paths =
    [
        "a", "ab", "b/c.txt", "b/a/c", "app/Program.cs", "app/app.csproj", "app/x.user", "app/b/x.user", "app/obj/keep/x", "app/obj/lose/x", "app/object", "app/b/obj/c/d", "app/x.y", "app/xzy",
        "app/a*b", "app/axb", "app/.git/HEAD", "app/.gitignore", "app/b/x_test.go", "app/x", "app/y", "app/w", "!b", "#b", " lead/b", "trail ", "dir/deep/er/file", "dir/deep.txt", "$x", "[x]", "名前/é",
    ];

    [DockerTheory]
    [InlineData("**|!app/**|app/**/obj|app/**/.git|app/*.user|!app/obj/keep/**")]
    [InlineData("**|!app/**|app/**/*_test.go|app/?|app/[x-z]")]
    [InlineData("**|!app/**|app/[^x-z]|app/x.y|app/**/obj/**")]
    [InlineData("**|!**/*.cs|!a|!b/**")]
    [InlineData(@"**|!app/a\*b|![ ]lead/**|!trail[ ]|!!b|!#b|!$x|!\[x\]|!名前/**")]
    [InlineData("a|app|!app/Program.cs|dir/*|!dir/deep")]
    [InlineData(@"\!b|\#b|  b  ||/dir/|./app//obj")]
    [InlineData("**/*.txt|**/x*|!app/x.y")]
    [InlineData("**|!dir/**|dir/deep|!dir/deep/er/**")]
    [InlineData("app/**|!app/**/x*")]
    public void TheReaderAdmitsWhatTheEngineGets(string lines)
    {
        var text = lines.Replace('|', '\n') + "\n";
        var root = Directory.CreateTempSubdirectory("containersdk-ignore-").FullName;
        try
        {
            var context = Path.Combine(root, "context");
            foreach (var path in Paths)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(context, path))!);
                File.WriteAllText(Path.Combine(context, path), path);
            }

            File.WriteAllText(Path.Combine(root, "Dockerfile"), "FROM scratch\nCOPY . /\n");
            File.WriteAllText(Path.Combine(root, "Dockerfile.dockerignore"), text);
            Docker.Run("buildx", "build", "--quiet", "--file", Path.Combine(root, "Dockerfile"), "--output", $"type=local,dest={Path.Combine(root, "out")}", context);

            var file = DockerIgnoreFile.Parse(text);
            Assert.Equal(Files(Path.Combine(root, "out")), Files(context).Where(file.Admits));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static string[] Files(string root) => !Directory.Exists(root) ? [] :
        [.. Directory.EnumerateFiles(root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).Select(file => Path.GetRelativePath(root, file)).Order(StringComparer.Ordinal)];
}
