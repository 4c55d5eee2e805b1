using System.Diagnostics;
using System.Security.Cryptography;
using ContainerSdk.Dockerfiles;
using ContainerSdk.Engines;
using ContainerSdk.Engines.Embedded;
using ContainerSdk.Images;
using ContainerSdk.Plan;

namespace ContainerSdk.Faults.Tests;

/// <summary>A project that is compiled and planned, in a folder of its own, with a cache of its own beside it.</summary>
internal sealed class TestProject : IDisposable
{
    private TestProject(string root, BuildPlan plan) => (Root, Plan) = (root, plan);

    public string Root { get; }

    public BuildPlan Plan { get; }

    public string this[string name] => Path.Combine(Root, name);

    public string Cache { get; init; } = "";

    public BuildRequest Request => new()
    {
        Plan = Plan,
        DockerfilePath = this["obj/container/Dockerfile"],
        ContextPath = Root,
        MetadataPath = this["obj/container/image.json.metadata"],
    };

    /// <summary>Makes one that holds <paramref name="size"/> bytes which no compression makes smaller.</summary>
    public static async Task<TestProject> CreateAsync(string? basis = null, Delivery? delivery = null, string destination = "registry.test/api:1", int size = 1000, string? basePath = null)
    {
        var root = Directory.CreateTempSubdirectory("containersdk-faults-").FullName;
        var app = Directory.CreateDirectory(Path.Combine(root, "publish/bin")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(app, "api"), Noise(size));
        Directory.CreateDirectory(Path.Combine(root, "layers"));
        await using (var archive = File.Create(Path.Combine(root, "layers/app.tar"))) await LayerArchive.WriteAsync(Path.Combine(root, "publish"), archive, CancellationToken.None);
        Directory.Delete(Path.Combine(root, "publish"), recursive: true);
        var plan = new BuildPlan
        {
            Name = "api",
            Platforms = [new Platform("linux", "amd64")],
            Context = new BuildContext { Root = ".", Include = ["layers/app.tar"], Exclude = [] },
            Builders = [],
            Runtime = new RuntimeStage
            {
                Image = basis is null ? null : Name(basis),
                ImagePath = basePath,
                // Not in the root, so that the base's files are read.
                Layers = [new AppLayer("layers/app.tar", ContainerPath.Create("/srv/app"))],
                WorkingDirectory = ContainerPath.Create("/srv/app"),
                Environment = [],
                Labels = [],
                Ports = [],
                User = ImageUser.Default,
                Entrypoint = ["/srv/app/bin/api"],
                Command = [],
            },
            Destinations = [Name(destination)],
            Delivery = delivery,
        };
        var project = new TestProject(root, plan) { Cache = Path.Combine(root, "caches/containersdk") };
        await project.WritePlanAsync();
        project.HideEngines();
        return project;
    }

    /// <summary>The same project elsewhere, as if it had never been published.</summary>
    public TestProject Copy(string? cache = null)
    {
        var root = Directory.CreateTempSubdirectory("containersdk-faults-").FullName;
        foreach (var name in new[] { "layers/app.tar", "obj/container/plan.json", "obj/container/Dockerfile", "obj/container/Dockerfile.dockerignore" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, name))!);
            File.Copy(this[name], Path.Combine(root, name));
        }

        var copy = new TestProject(root, Plan) { Cache = cache ?? Path.Combine(root, "caches/containersdk") };
        copy.HideEngines();
        return copy;
    }

    /// <summary>Writes a command that is found before any other of its name.</summary>
    public void WriteCommand(string name, string script)
    {
        Directory.CreateDirectory(this["path"]);
        File.WriteAllText(this[$"path/{name}"], $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(this[$"path/{name}"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>The engine in this process, which finds no other engine on the machine.</summary>
    public EmbeddedEngine Engine(HttpMessageHandler? network = null, string? cache = null, TimeProvider? clock = null)
    {
        var host = new EmbeddedHost(cache ?? Cache, this["obj/container"], Root, _ => null, clock ?? TimeProvider.System) { LocalEngines = [] };
        return new EmbeddedEngine(network is null ? host : host with { Network = network });
    }

    /// <summary>Starts a publish in a process of its own.</summary>
    public Process Start()
    {
        var info = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        info.ArgumentList.Add("exec");
        info.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "ContainerSdk.Publisher.dll"));
        info.ArgumentList.Add(Root);
        info.Environment["XDG_CACHE_HOME"] = Path.GetDirectoryName(Cache);
        info.Environment["PATH"] = this["path"] + Path.PathSeparator + info.Environment["PATH"];
        return Process.Start(info)!;
    }

    /// <summary>A whole publish in a process of its own; what it complained of.</summary>
    public async Task<string> PublishAsync()
    {
        using var process = Start();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : $"exit code {process.ExitCode}: {output}";
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    /// <summary>Bytes without any order, the same each time.</summary>
    public static byte[] Noise(int size)
    {
        var noise = new byte[size];
        using var aes = Aes.Create();
        aes.Key = new byte[16];
        aes.EncryptCbc(new byte[size], new byte[16]).AsSpan(0, size).CopyTo(noise);
        return noise;
    }

    // What this machine has must neither help nor be changed.
    private void HideEngines() => Array.ForEach(["docker", "podman"], name => WriteCommand(name, "exit 1"));

    private async Task WritePlanAsync()
    {
        Directory.CreateDirectory(this["obj/container"]);
        await File.WriteAllTextAsync(this["obj/container/plan.json"], PlanJson.Write(Plan));
        await File.WriteAllTextAsync(this["obj/container/Dockerfile"], DockerfileRenderer.Render(DockerfileLowering.Lower(Plan, DockerfileDialect.Portable), new Diagnostics.DiagnosticBag()));
        await File.WriteAllTextAsync(this["obj/container/Dockerfile.dockerignore"], DockerIgnoreRenderer.Render(Plan));
    }

    private static ImageReference Name(string text) => ImageReference.TryParse(text, out var image, out var problem) ? image : throw new ArgumentException(problem, nameof(text));
}
