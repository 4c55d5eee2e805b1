using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>What the embedded engine makes of a base image's own words, of links on the way, and of another platform, is what docker makes of them.</summary>
public sealed class PlannedConfigurationTests
{
    private const string Base = "e2e/planned-base:1";
    private const string Debian = "debian:bookworm-slim";

    private static readonly Lazy<string> Outspoken = new(Import);

    [DockerTheory]
    [InlineData("kept", "", "", true)]
    [InlineData("entrypoint", "/app/App", "", true)]
    [InlineData("command", "", "serve it", true)]
    [InlineData("both", "/app/App --all", "serve it", true)]
    [InlineData("dropped", "", "", false)]
    [InlineData("dropped-command", "", "/app/App serve", false)]
    public async Task ABaseThatSaysEverythingIsChangedInTheSameWay(string name, string entrypoint, string command, bool keepsBase)
    {
        using var image = new PlannedImage($"said-{name}", Outspoken.Value);
        await AddApplicationAsync(image);
        image["ContainerAppCommandInstruction"] = "None";
        image["ContainerKeepBaseEntrypoint"] = keepsBase ? "true" : "false";
        image["ContainerHealthCommand"] = keepsBase ? "none" : "";
        foreach (var (i, word) in entrypoint.Split(' ', StringSplitOptions.RemoveEmptyEntries).Index()) image.Add(i == 0 ? "ContainerEntrypoint" : "ContainerEntrypointArgs", word);
        foreach (var word in command.Split(' ', StringSplitOptions.RemoveEmptyEntries)) image.Add("ContainerDefaultArgs", word);
        image.Add("ContainerEnvironmentVariable", "SECOND", ("Value", "ours"));
        image.Add("ContainerEnvironmentVariable", "THIRD", ("Value", "ours"));
        image.Add("ContainerLabel", "tier", ("Value", "ours"));
        image.Add("ContainerPort", "8080");
        image.Add("ContainerVolume", "/data");

        await image.AssertSameAsync();
    }

    [DockerTheory]
    [InlineData("root", "/")]
    [InlineData("existing", "/srv")]
    [InlineData("sticky", "/var/tmp")]
    [InlineData("new", "/a/b/c")]
    [InlineData("link", "/var/lock")]
    [InlineData("through-link", "/var/run/deep/work")]
    public async Task AWorkingDirectoryIsMadeUnlessItIsThere(string name, string folder)
    {
        using var image = new PlannedImage($"working-{name}", Debian);
        await AddApplicationAsync(image);
        image["ContainerWorkingDirectory"] = folder;
        image.Add("ContainerAppCommand", "/app/App");

        await image.AssertSameAsync();
    }

    [DockerFact]
    public async Task FoldersLieWhereTheLinksOfTheBaseLead()
    {
        using var image = new PlannedImage("links", Debian);
        await AddApplicationAsync(image);
        image.Write("note.txt", "note");
        image.Write("tree/deep/note.txt", "note");
        image.Copy("tree", "/lib");
        image.Copy("tree", "/var/run/tree/", ("Owner", "1700"));
        image.Copy("note.txt", "/var/lock");
        image.Copy("note.txt", "/var/lock/note/", ("Owner", "1700:1701"));
        image.Add("ContainerVolume", "/var/run/orders");
        image.Add("ContainerVolume", "/lib/orders/open", ("Owner", "1700:1701"));
        image.Add("ContainerAppCommand", "/app/App");

        await image.AssertSameAsync();
    }

    [DockerFact]
    public async Task AnotherPlatformNeedsNoMachineOfItsKind()
    {
        using var image = new PlannedImage("arm64", "scratch");
        await AddApplicationAsync(image);
        image["ContainerRuntimeIdentifier"] = "linux-arm64";
        image.Add("ContainerAppCommand", "/app/App");

        await image.AssertSameAsync();
    }

    private static async Task AddApplicationAsync(PlannedImage image)
    {
        image.Write("main/app/App", "binary", "755");
        await image.AddLayerAsync("main");
    }

    // Alpine's files, and a configuration that says all that an import can, but no PATH.
    private static string Import()
    {
        var (id, tar) = (Docker.Run("create", "alpine:3.22").Trim(), Path.GetTempFileName());
        Docker.Run("export", "--output", tar, id);
        Docker.Run("rm", id);
        string[] changes =
        [
            "ENV FIRST=theirs SECOND=theirs", "EXPOSE 9999/udp", "VOLUME /old", "HEALTHCHECK --interval=5s CMD [\"/bin/true\"]", "LABEL tier=theirs vendor=theirs",
            "USER 1234", "WORKDIR /home", "ENTRYPOINT [\"/bin/echo\", \"-n\"]", "CMD [\"theirs\"]",
        ];
        Docker.Run(["import", .. changes.SelectMany(change => new[] { "--change", change }), tar, Base]);
        File.Delete(tar);
        return Base;
    }
}
