using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>What the embedded engine puts together is what docker makes of the plan's Dockerfile, on each family of bases (stand-ins of this machine's).</summary>
public sealed class PlannedImageTests
{
    private const string Debian = "mcr.microsoft.com/dotnet/aspnet:10.0";
    private const string Chiseled = "mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra";
    private const string Alpine = "alpine:3.22";

    [DockerTheory]
    [InlineData("debian", Debian, "svc")]
    [InlineData("chiseled", Chiseled, "1700:1701")]
    [InlineData("alpine", Alpine, "svc:web")]
    [InlineData("scratch", "scratch", "0")]
    public async Task EverythingAtOnceIsTheSame(string name, string baseImage, string user)
    {
        using var image = new PlannedImage(name, baseImage);
        await AddApplicationAsync(image);
        AddTree(image);
        AddFiles(image);
        AddConfiguration(image);
        image["ContainerUser"] = user;

        await image.AssertSameAsync();
    }

    private static async Task AddApplicationAsync(PlannedImage image)
    {
        image.Write("packages/app/Json.dll", "json");
        image.Write("main/app/App.dll", "app");
        image.Write("main/app/de/App.resources.dll", "german");
        image.Write("main/app/zh-Hans/App.resources.dll", "chinese");
        image.Write("main/app/App", "binary", "755");
        image.Write("main/app/wwwroot/a name/größe 名前.txt", "text");
        image.Write($"main/app/{new string('f', 90)}/{new string('g', 90)}/{new string('h', 90)}/{new string('i', 120)}.txt", "long");
        Directory.CreateDirectory(Path.Combine(image.Context, "main/app/empty"));
        File.CreateSymbolicLink(Path.Combine(image.Context, "main/app/current"), "App.dll");
        await image.AddLayerAsync("packages");
        await image.AddLayerAsync("main");
    }

    // A folder with everything that a folder can hold.
    private static void AddTree(PlannedImage image)
    {
        var root = Path.Combine(image.Context, "tree");
        image.Write("tree/plain", "plain");
        image.Write("tree/secret", "secret", "600");
        image.Write("tree/setuser", "run", "4755");
        image.Write("tree/a name/größe 名前", "unicode");
        image.Write($"tree/{new string('a', 99)}/{new string('b', 99)}/{new string('c', 99)}/{new string('d', 101)}", "long");
        Directory.CreateDirectory(Path.Combine(root, "empty"));
        Directory.CreateDirectory(Path.Combine(root, "sticky"));
        image.SetMode("tree/sticky", "1777");
        File.CreateSymbolicLink(Path.Combine(root, "link"), "plain");
        File.CreateSymbolicLink(Path.Combine(root, "nowhere"), "/not/there");
        File.CreateSymbolicLink(Path.Combine(root, "folder"), "a name");
        image.Copy("tree", "/srv/tree");
        image.Copy("tree", "/opt/deep/tree", ("Owner", "1700:1701"));
        image.Copy("tree/a name", "/opt/modes", ("Mode", "0750"));
    }

    private static void AddFiles(PlannedImage image)
    {
        image.Write("note.txt", "note");
        image.Write("os-release", "ours");
        image.Write("over/os-release", "over");
        image.Write("over/ssl/our.conf", "conf", "400");
        image.SetMode("over/ssl", "700");
        image.SetMode("over", "750");
        File.CreateSymbolicLink(Path.Combine(image.Context, "linked.txt"), "note.txt");
        image.Copy("over", "/etc", ("Owner", "1700"));
        image.Copy("over", "/etc/api");
        image.Copy("note.txt", "/etc/issue");
        image.Copy("note.txt", "/etc/localtime", ("Owner", "1700"));
        image.Copy("os-release", "/usr/lib/");
        image.Copy("note.txt", "/usr/local/bin/", ("Mode", "0755"));
        image.Copy("note.txt", "/usr/local/bin/renamed", ("Mode", "0700"), ("Owner", "0"));
        image.Copy("note.txt", "/tmp/");
        image.Copy("note.txt", "/tmp");
        image.Copy("note.txt", "/lib/note");
        image.Copy("note.txt", "/lib/deep/er/note");
        image.Copy("note.txt", "/var/run/app/note", ("Owner", "1700:0"));
        image.Copy("os-release", "/etc/os-release");
        image.Copy("linked.txt", "/srv/");
        image.Copy("note.txt", "/new/folders/on/the/way/", ("Owner", "1700:1701"));
    }

    private static void AddConfiguration(PlannedImage image)
    {
        foreach (var path in new[] { "/data", "/app/uploads", "/var/lib/deep/orders", "/srv", "/var/tmp" }) image.Add("ContainerVolume", path);
        image.Add("ContainerVolume", "/owned", ("Owner", "1800:1801"));
        image.Add("ContainerEnvironmentVariable", "PATH", ("Value", "/opt/bin:/usr/bin:/bin"));
        image.Add("ContainerEnvironmentVariable", "QUOTED", ("Value", """a "b" 'c' \ $d ${e} `f` # %g"""));
        image.Add("ContainerEnvironmentVariable", "EMPTY", ("Value", ""));
        image.Add("ContainerLabel", "org.containersdk.standin", ("Value", "overridden"));
        image.Add("ContainerLabel", "com.example.text", ("Value", """a "b" 'c' \ $d"""));
        image.Add("ContainerPort", "8080");
        image.Add("ContainerPort", "53", ("Type", "udp"));
        image["ContainerStopSignal"] = "SIGQUIT";
        image["ContainerHealthCommand"] = "/app/App --health \"a b\"";
        image["ContainerHealthInterval"] = "90s";
        image["ContainerHealthRetries"] = "5";
        image.Add("ContainerAppCommand", "/app/App");
        image.Add("ContainerAppCommandArgs", "--text=a \"b\" $c");
        image.Add("ContainerDefaultArgs", "serve it");
    }
}
