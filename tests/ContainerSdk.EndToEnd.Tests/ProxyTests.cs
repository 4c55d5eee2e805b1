using ContainerSdk.EndToEnd.Tests.Secrets;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>A proxy's address often holds a password.</summary>
public sealed class ProxyTests
{
    [DockerFact]
    public void ProxiesOfTheEnvironmentReachTheBuildAndAreKeptNowhere()
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample("hello-go");
        var password = "pw" + Guid.NewGuid().ToString("n");
        var search = new SecretSearch(password);
        File.WriteAllText(Path.Combine(folder, "main.go"), $"package main\n\nconst id = \"{Guid.NewGuid()}\"\n\nfunc main() {{ println(id) }}\n");
        var project = Path.Combine(folder, "app.containerproj");

        // What the step sees goes into its output in a form that the search does not take for the password.
        File.WriteAllText(project, File.ReadAllText(project).Replace("</Project>", """
            <ItemGroup>
              <ContainerRestoreFile Include="$(MSBuildProjectDirectory)/show.sh" />
              <ContainerRestoreCommand Include="sh;show.sh" />
            </ItemGroup></Project>
            """, StringComparison.Ordinal));
        workspace.Write("hello-go/show.sh", $"# {Guid.NewGuid()}, because a step that comes from the cache shows nothing\n" + "for name in FTP_PROXY no_proxy; do eval \"value=\\$$name\"; echo \"$name is $(printf %s \"$value\" | rev)\"; done\n");
        workspace.Write("hello-go/vendor/modules.txt", "");
        var environment = new Dictionary<string, string> { ["FTP_PROXY"] = $"ftp://user:{password}@proxy.example:2121", ["no_proxy"] = "internal.example" };
        var log = Path.Combine(workspace.Root, "publish.binlog");

        var result = workspace.DotNet(folder, environment, "publish", "-p:ContainerRepository=proxied", "-v:diagnostic", $"-bl:{log}").Expect();

        Assert.Single(result.LinesWith("FTP_PROXY is " + new string([.. environment["FTP_PROXY"].Reverse()])));
        Assert.Single(result.LinesWith("no_proxy is elpmaxe.lanretni"));
        Assert.Empty(search.PlacesInImage("proxied"));
        Assert.Empty(search.FilesIn(Path.Combine(folder, "obj")));
        Assert.False(search.IsIn(result.Output));
        Assert.False(search.IsInFile(log));
        workspace.Passed = true;
    }
}
