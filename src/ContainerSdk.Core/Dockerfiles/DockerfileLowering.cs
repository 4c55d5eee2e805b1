using System.Collections.Immutable;
using ContainerSdk.Plan;

namespace ContainerSdk.Dockerfiles;

/// <summary>A plan as a two-stage Dockerfile: what changes rarely comes first, and the runtime stage runs nothing.</summary>
public static class DockerfileLowering
{
    private const string Build = "build";
    private const string Runtime = "runtime";

    /// <summary>The document for <paramref name="plan"/> in <paramref name="dialect"/>.</summary>
    public static DockerfileDocument Lower(BuildPlan plan, DockerfileDialect dialect) =>
        new([Builder(plan.Builder), RuntimeOf(plan.Runtime, dialect)]);

    private static DockerfileStage Builder(BuilderStage stage)
    {
        var instructions = ImmutableArray.CreateBuilder<Instruction>();
        if (stage.Packages is { } packages) instructions.Add(new Instruction.RunShell(PackageCommand.Text(packages)));
        instructions.AddRange(stage.Environment.Select(variable => new Instruction.Env(variable.Name, variable.Value)));
        instructions.Add(new Instruction.Workdir(stage.WorkingDirectory));
        instructions.AddRange(stage.Files.Select(file => new Instruction.Copy(null, [file.Source], file.Target, CopyOptions.None)));
        if (!stage.RestoreCommand.IsEmpty)
        {
            instructions.AddRange(Copies(stage, stage.RestoreInputs));
            instructions.Add(new Instruction.Run(stage.RestoreCommand, stage.Caches));
        }

        instructions.AddRange(Copies(stage, stage.Sources));
        instructions.Add(new Instruction.Run(stage.BuildCommand, stage.Caches));
        return new DockerfileStage(stage.Image, Build, instructions.ToImmutable());
    }

    private static DockerfileStage RuntimeOf(RuntimeStage stage, DockerfileDialect dialect)
    {
        var options = CopyOptions.RootOwned | (dialect == DockerfileDialect.BuildKit ? CopyOptions.Linked : CopyOptions.None);
        var instructions = ImmutableArray.CreateBuilder<Instruction>();
        instructions.AddRange(stage.Labels.Select(label => new Instruction.Label(label.Name, label.Value)));
        instructions.AddRange(stage.Environment.Select(variable => new Instruction.Env(variable.Name, variable.Value)));

        // Before USER: an engine creates the folder as the user in force, and the application must not be able to rewrite itself.
        instructions.Add(new Instruction.Workdir(stage.WorkingDirectory));
        instructions.AddRange(stage.Layers.Select(layer => new Instruction.Copy(Build, [layer.From.Combine("")], layer.To.Combine(""), options)));
        instructions.AddRange(stage.Ports.Select(port => new Instruction.Expose(port)));
        instructions.Add(new Instruction.User(stage.User));
        if (!stage.Entrypoint.IsEmpty) instructions.Add(new Instruction.Entrypoint(stage.Entrypoint));
        if (!stage.Command.IsEmpty) instructions.Add(new Instruction.Cmd(stage.Command));
        return new DockerfileStage(stage.Image, Runtime, instructions.ToImmutable());
    }

    // A folder's content goes to the folder of the same name; files of one folder share a COPY.
    private static IEnumerable<Instruction> Copies(BuilderStage stage, ImmutableArray<string> paths) =>
        paths.Where(path => !path.EndsWith('/'))
            .GroupBy(FolderOf, StringComparer.Ordinal)
            .Select(group => new Instruction.Copy(null, [.. group], stage.Root.Combine(group.Key), CopyOptions.None))
            .Concat(paths.Where(path => path.EndsWith('/')).Select(folder =>
                new Instruction.Copy(null, [folder], stage.Root.Combine(folder == "./" ? "" : folder), CopyOptions.None)));

    private static string FolderOf(string path) => path[..(path.LastIndexOf('/') + 1)];
}
