using System.Collections.Immutable;
using ContainerSdk.Diagnostics;
using ContainerSdk.Dockerfiles;
using ContainerSdk.Engines;
using ContainerSdk.Engines.Embedded;
using ContainerSdk.Images;
using ContainerSdk.Inputs;
using ContainerSdk.Plan;
using ContainerSdk.Planning;
using ContainerSdk.Testing;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>One set of inputs, made into an image by docker, out of the plan's Dockerfile, and by the embedded engine, out of the plan.</summary>
internal sealed class PlannedImage : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("containersdk-planned");
    private readonly SortedDictionary<string, string> _properties;
    private readonly List<InputItem> _items = [];
    private readonly string _name;

    /// <param name="name">The repository that the images get, below one of the tests' own.</param>
    /// <param name="baseImage">An image that docker has, or scratch.</param>
    public PlannedImage(string name, string baseImage)
    {
        _name = $"e2e/planned-{name}";
        Directory.CreateDirectory(Path.Combine(Context, "app"));
        _properties = new(StringComparer.Ordinal)
        {
            ["ContainerBaseImage"] = baseImage,
            ["ContainerBuildMode"] = "Host",
            ["ContainerContextRoot"] = Context + "/",
            ["ContainerRepository"] = _name,
            ["ContainerToolchain"] = "dotnet",
            ["MSBuildProjectDirectory"] = Path.Combine(Context, "app"),
            ["MSBuildProjectName"] = "app",
        };
    }

    /// <summary>The build context's root.</summary>
    public string Context => Path.Combine(_folder.FullName, "context");

    private string State => Path.Combine(_folder.FullName, "state");

    /// <summary>Sets a property.</summary>
    public string this[string property]
    {
        set => _properties[property] = value;
    }

    /// <summary>Writes a file of the context.</summary>
    public void Write(string path, string text, string mode = "644")
    {
        var full = Path.Combine(Context, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        SetMode(path, mode);
    }

    /// <summary>Sets the mode of a file or folder of the context.</summary>
    public void SetMode(string path, string mode) => CommandLine.Run(Context, "chmod", mode, path).Expect();

    /// <summary>Adds an item.</summary>
    public void Add(string kind, string identity, params ReadOnlySpan<(string Name, string Value)> metadata)
    {
        var pairs = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in metadata) pairs.Add(name, value);
        _items.Add(new InputItem(kind, identity, pairs.ToImmutable()));
    }

    /// <summary>Adds a file or folder of the context, as the build's own task says it: a file with its mode, a folder with a slash.</summary>
    public void Copy(string source, string target, params ReadOnlySpan<(string Name, string Value)> metadata)
    {
        var full = Path.Combine(Context, source);
        var own = Directory.Exists(full) ? new[] { ("Source", full + "/") } : [("Source", full), ("SourceMode", "0644")];
        Add("ContainerFile", source, [.. own, ("TargetPath", target), .. metadata]);
    }

    /// <summary>Packs a folder of the context as a layer of the application, which lies in the image as it does in there.</summary>
    public async Task AddLayerAsync(string folder)
    {
        var archive = Path.Combine(Context, folder + ".tar");
        await using (var stream = File.Create(archive)) await LayerArchive.WriteAsync(Path.Combine(Context, folder), stream, CancellationToken.None);
        Add("ContainerHostLayer", archive, ("TargetPath", "/"));
    }

    /// <summary>Makes both images, and fails where they differ.</summary>
    public async Task AssertSameAsync()
    {
        var (docker, embedded) = ($"{_name}:docker", $"{_name}:embedded");
        var request = Write(Plan("docker"));
        CommandLine.Run(Context, "docker", "buildx", "build", "--load", "--provenance=false", "--platform", request.Plan.Platforms[0].ToString(), "--tag", docker, "--file", request.DockerfilePath, Context).Expect();
        if (_properties["ContainerBaseImage"] is var name and not "scratch")
        {
            this["ContainerBaseImagePath"] = Path.Combine(_folder.FullName, "base.tar");
            Docker.Run("save", "--output", Path.Combine(_folder.FullName, "base.tar"), name);
        }

        request = Write(Plan("embedded"));
        var engine = new EmbeddedEngine(new EmbeddedHost(Path.Combine(_folder.FullName, "cache"), State, Context, Environment.GetEnvironmentVariable, TimeProvider.System) { LocalEngines = ["docker"] });
        var image = await engine.BuildAsync(request, new Reporter(), CancellationToken.None);
        await engine.TagAsync(request, image!, new Reporter(), CancellationToken.None);
        ImageComparison.AssertSame(docker, embedded);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private BuildPlan Plan(string engine)
    {
        this["ContainerEngine"] = engine;
        this["ContainerImageTags"] = engine;
        var result = BuildPlanner.Plan(new ContainerInputs { Properties = _properties.ToImmutableSortedDictionary(StringComparer.Ordinal), Items = [.. _items] });
        return result.Plan ?? throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
    }

    private BuildRequest Write(BuildPlan plan)
    {
        var path = Path.Combine(Directory.CreateDirectory(State).FullName, "Dockerfile");
        var diagnostics = new DiagnosticBag();
        File.WriteAllText(path, DockerfileRenderer.Render(DockerfileLowering.Lower(plan, DockerfileDialect.Portable), diagnostics));
        if (diagnostics.HasErrors) throw new InvalidOperationException(string.Join('\n', diagnostics.ToSorted()));
        File.WriteAllText(path + ".dockerignore", DockerIgnoreRenderer.Render(plan));
        return new BuildRequest { Plan = plan, DockerfilePath = path, ContextPath = Context, MetadataPath = Path.Combine(State, "metadata.json") };
    }

    private sealed class Reporter : IBuildReporter
    {
        public void Step(string text)
        {
        }

        public void Output(string text)
        {
        }

        public bool CompilerMessage(CompilerMessage message) => false;

        public void Report(Diagnostic diagnostic) => throw new InvalidOperationException(diagnostic.ToString());
    }
}
