using ContainerSdk.Diagnostics;
using ContainerSdk.Dockerfiles;
using ContainerSdk.Inputs;
using ContainerSdk.Plan;
using ContainerSdk.Planning;
using ContainerSdk.Testing;

namespace ContainerSdk.Core.Tests.Golden;

/// <summary>A folder of <c>tests/golden/cases</c>: inputs, and every file that must come out of them.</summary>
internal sealed record GoldenCase(string Name)
{
    private const string Inputs = "inputs.json";
    private const string BuildKit = "Dockerfile.buildkit";

    private static readonly string Cases = Path.Combine(RepositoryRoot.Path, "tests", "golden", "cases");

    public static IEnumerable<string> Names => Directory.GetDirectories(Cases).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal);

    public string Folder => Path.Combine(Cases, Name);

    /// <summary>The files that lie in the folder beside the inputs.</summary>
    public SortedDictionary<string, string> Stored => new(
        Directory.GetFiles(Folder).Where(path => Path.GetFileName(path) != Inputs).ToDictionary(path => Path.GetFileName(path), File.ReadAllText), StringComparer.Ordinal);

    /// <summary>The files that should lie there. The richer dialect is shown where a file for it exists.</summary>
    public SortedDictionary<string, string> Made()
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var result = BuildPlanner.Plan(ContainerInputs.FromJson(File.ReadAllText(Path.Combine(Folder, Inputs))));
        if (result.Plan is { } plan)
        {
            files["plan.json"] = PlanJson.Write(plan);
            files["Dockerfile.dockerignore"] = DockerIgnoreRenderer.Render(plan);
            files["Dockerfile"] = Render(plan, DockerfileDialect.Portable);
            if (File.Exists(Path.Combine(Folder, BuildKit))) files[BuildKit] = Render(plan, DockerfileDialect.BuildKit);
        }

        if (!result.Diagnostics.IsEmpty) files["diagnostics.txt"] = string.Concat(result.Diagnostics.Select(diagnostic => diagnostic + "\n"));
        return files;
    }

    /// <summary>Replaces what is stored by <paramref name="files"/>.</summary>
    public void Store(SortedDictionary<string, string> files)
    {
        foreach (var name in Stored.Keys.Except(files.Keys)) File.Delete(Path.Combine(Folder, name));
        foreach (var (name, text) in files) File.WriteAllText(Path.Combine(Folder, name), text);
    }

    // No case holds a value that is too long for a line.
    private static string Render(BuildPlan plan, DockerfileDialect dialect)
    {
        var diagnostics = new DiagnosticBag();
        var text = DockerfileRenderer.Render(DockerfileLowering.Lower(plan, dialect), diagnostics);
        return diagnostics.HasErrors ? throw new InvalidOperationException(string.Join('\n', diagnostics.ToSorted())) : text;
    }
}
