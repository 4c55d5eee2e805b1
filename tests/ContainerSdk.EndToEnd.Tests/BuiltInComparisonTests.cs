using System.Globalization;
using System.Text.Json;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>The same project published by the .NET SDK alone and by ContainerSdk: what a container of each is configured as.</summary>
public sealed class BuiltInComparisonTests
{
    private const string Base = $"{Registry.Open}/dotnet/aspnet:10.0-noble";

    [RegistryFact]
    public void ASampleOfTheBuiltInsPropertiesMovesWithTheListedFixesAlone()
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample("from-builtin");
        Docker.Run("tag", "mcr.microsoft.com/dotnet/aspnet:10.0-noble", Base);
        Docker.Run("push", "--quiet", Base);

        var ours = Publish(workspace, folder, "ours");
        var project = workspace.Read("from-builtin/from-builtin.csproj");
        workspace.Write("from-builtin/from-builtin.csproj", project.Replace(";ContainerSdk", "", StringComparison.Ordinal));
        var builtIn = Publish(workspace, folder, "built-in");

        var differences = Differences(builtIn, ours);
        Console.WriteLine($"from-builtin, {builtIn.Count} entries of the configuration; the .NET SDK's own (-), ContainerSdk's (+):\n  {string.Join("\n  ", differences)}");
        Assert.InRange(builtIn.Count, 25, 60);
        // BuildKit marks commands of the exec form, which means something on Windows alone. The slash is fix 6.
        Assert.Equal(["+ ArgsEscaped = True", "- WorkingDir = /srv/catalog/", "+ WorkingDir = /srv/catalog"], differences);
        workspace.Passed = true;
    }

    // The names by which either would find the base image are compared where no registry is needed.
    [RegistryFact]
    public void BothChooseTheSameBaseImage()
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample("from-builtin");
        string[] arguments = ["build", "-t:ComputeContainerBaseImage", "-getProperty:ContainerBaseImage", "--no-restore"];

        var ours = workspace.DotNet(folder, arguments).Expect().Output;
        workspace.Write("from-builtin/from-builtin.csproj", workspace.Read("from-builtin/from-builtin.csproj").Replace(";ContainerSdk", "", StringComparison.Ordinal));
        var builtIn = workspace.DotNet(folder, arguments).Expect().Output;

        Assert.Equal(("mcr.microsoft.com/dotnet/aspnet:10.0-noble", ours), (builtIn, ours));
        workspace.Passed = true;
    }

    // The .NET SDK's own publishing writes the configuration anew, without the health check and the shell, and runs no ONBUILD instruction.
    [DockerFact]
    public void Fix02_03_WhatTheBaseImageDeclaresIsThereAndItsTriggersHaveRun()
    {
        using var workspace = new Workspace();
        workspace.Write("base/Dockerfile", """
            FROM debian:bookworm-slim
            HEALTHCHECK --interval=7s CMD ["/bin/true"]
            SHELL ["/bin/bash", "-c"]
            VOLUME /data
            STOPSIGNAL SIGQUIT
            ENV GREETING=hello
            EXPOSE 9999
            LABEL com.example.base=yes
            ONBUILD LABEL com.example.trigger=ran
            """);
        Docker.Run("buildx", "build", "--load", "--tag", "localhost/e2e/declares:1", Path.Combine(workspace.Root, "base"));
        var folder = workspace.CopySample("hello-go");

        workspace.DotNet(folder, "publish", "-t:PublishContainer", "-p:ContainerBaseImage=localhost/e2e/declares:1", "-p:ContainerRepository=e2e/declared", "-p:ContainerUser=1234:4321", "-p:ContainerGenerateLabels=false").Expect();

        Assert.Equal(
            """{"Test":["CMD","/bin/true"],"Interval":7000000000} ["/bin/bash","-c"] {"/data":{}} SIGQUIT {"8080/tcp":{},"9999/tcp":{}} yes ran 1234:4321""",
            Docker.Run("image", "inspect", "--format", "{{json .Config.Healthcheck}} {{json .Config.Shell}} {{json .Config.Volumes}} {{.Config.StopSignal}} {{json .Config.ExposedPorts}} {{index .Config.Labels \"com.example.base\"}} {{index .Config.Labels \"com.example.trigger\"}} {{.Config.User}}", "e2e/declared").Trim());
        Assert.Contains("GREETING=hello", Docker.Run("image", "inspect", "--format", "{{json .Config.Env}}", "e2e/declared"), StringComparison.Ordinal);
        using (var container = new RunningContainer("e2e/declared")) Assert.Equal("1234:4321", container.ProcessIds());
        Assert.Equal(["755 0:0 /app/hello-go"], ImageContent.Of("e2e/declared").Layers[^2].Where(entry => !entry.EndsWith('/')));
        workspace.Passed = true;
    }

    private static SortedDictionary<string, string> Publish(Workspace workspace, string folder, string tag)
    {
        workspace.DotNet(
            folder,
            new Dictionary<string, string> { ["DOTNET_CONTAINER_INSECURE_REGISTRIES"] = Registry.Open },
            ["publish", "-t:PublishContainer", "--nologo", $"-p:ContainerBaseImage={Base}", "-p:ContainerRepository=e2e/from-builtin", $"-p:ContainerImageTags={tag}"]).Expect();
        using var document = JsonDocument.Parse(Docker.Run("image", "inspect", "--format", "{\"Architecture\":{{json .Architecture}},\"Os\":{{json .Os}},\"Config\":{{json .Config}}}", $"e2e/from-builtin:{tag}"));
        var entries = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Flatten("", document.RootElement, entries);
        return entries;
    }

    // Lists of variables have no order that means anything; lists of words have.
    private static void Flatten(string path, JsonElement element, SortedDictionary<string, string> entries)
    {
        if (element.ValueKind == JsonValueKind.Object && element.EnumerateObject().Any())
        {
            foreach (var member in element.EnumerateObject()) Flatten(member.Name is "Config" ? path : path.Length == 0 ? member.Name : $"{path}.{member.Name}", member.Value, entries);
        }
        else if (path == "Env")
        {
            foreach (var variable in element.EnumerateArray().Select(item => item.GetString()!.Split('=', 2))) entries.Add($"Env.{variable[0]}", variable[1]);
        }
        else if (!IsEmpty(element))
        {
            entries.Add(path, element.ValueKind == JsonValueKind.String ? element.GetString()! : string.Create(CultureInfo.InvariantCulture, $"{element}"));
        }
    }

    // The engine shows what is not set as null, as false or as nothing, depending on who wrote the image.
    private static bool IsEmpty(JsonElement element) =>
        element.ValueKind is JsonValueKind.Null or JsonValueKind.False || (element.ValueKind == JsonValueKind.String && element.GetString()!.Length == 0)
        || (element.ValueKind == JsonValueKind.Array && element.GetArrayLength() == 0);

    private static string[] Differences(SortedDictionary<string, string> before, SortedDictionary<string, string> after) =>
    [
        .. before.Keys.Union(after.Keys).Order(StringComparer.Ordinal).SelectMany(key => (before.GetValueOrDefault(key), after.GetValueOrDefault(key)) switch
        {
            var (was, becomes) when was == becomes => Array.Empty<string>(),
            (null, var becomes) => [$"+ {key} = {becomes}"],
            (var was, null) => [$"- {key} = {was}"],
            var (was, becomes) => [$"- {key} = {was}", $"+ {key} = {becomes}"],
        }),
    ];
}
