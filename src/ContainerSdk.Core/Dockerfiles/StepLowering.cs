using System.Collections.Immutable;
using ContainerSdk.Images;
using ContainerSdk.Plan;

namespace ContainerSdk.Dockerfiles;

/// <summary>
/// The steps around the application's layers as instructions, and the stages that they copy from. Folders need no shell: WORKDIR makes them in a
/// stage of their own, and a COPY gives them to their owner. No COPY is linked: a target such as /bin may lead through a link of the base image.
/// </summary>
internal sealed class StepLowering
{
    private const string Folders = "folders";
    private const string Empty = "/empty";

    private static readonly ImageUser Root = new("0", "0");

    // Of the Filesystem Hierarchy Standard, in every image of a distribution.
    private static readonly string[] Standard =
        ["/etc", "/home", "/opt", "/srv", "/tmp", "/usr/bin", "/usr/lib", "/usr/local/bin", "/usr/share", "/var/cache", "/var/lib", "/var/log", "/var/tmp"];

    private readonly HashSet<string> _there = new(StringComparer.Ordinal) { "" };
    private readonly ImmutableArray<RuntimeStep.Folder> _folders;
    private readonly ImmutableArray<ImageReference> _images;
    private bool _needsEmpty;

    public StepLowering(RuntimeStage stage)
    {
        var steps = stage.Preparation.AddRange(stage.Completion);
        NeedsRoot = steps.Any(step => step is RuntimeStep.Install or RuntimeStep.Shell);
        _folders = [.. steps.OfType<RuntimeStep.Folder>()];
        _images = [.. steps.OfType<RuntimeStep.Copy>().Select(copy => copy.From).OfType<FileSource.Image>().Select(image => image.Reference).Distinct()];
        if (BaseFamily.ManagerOf(stage.Image) is not null) Array.ForEach(Standard, AddWithParents);
        Preparation = Lower(stage.Preparation);
        AddWithParents(stage.WorkingDirectory.Value);
        Completion = Lower(stage.Completion);
    }

    /// <summary>Whether a process runs, which the base image's own user might not be allowed to.</summary>
    public bool NeedsRoot { get; }

    public ImmutableArray<Instruction> Preparation { get; }

    public ImmutableArray<Instruction> Completion { get; }

    /// <summary>The stages that the instructions name, beside the builder.</summary>
    public ImmutableArray<DockerfileStage> Stages
    {
        get
        {
            var images = _images.Select((image, i) => new DockerfileStage(new StageBase.Image(image), ImageStage(i), []));
            var folders = _folders.Select((folder, i) => $"/{i + 1}/{Name(folder)}").Concat(_needsEmpty ? [Empty] : [])
                .Select(Instruction (folder) => new Instruction.Workdir(ContainerPath.Create(folder))).ToImmutableArray();
            return folders.IsEmpty ? [.. images] : [.. images, new DockerfileStage(new StageBase.Scratch(), Folders, folders)];
        }
    }

    private ImmutableArray<Instruction> Lower(ImmutableArray<RuntimeStep> steps)
    {
        var instructions = new List<Instruction>();
        foreach (var step in steps)
        {
            switch (step)
            {
                case RuntimeStep.Install install:
                    instructions.Add(new Instruction.RunShell(PackageCommand.Text(new PackageInstallation(install.Manager, install.Packages), null)));
                    break;
                case RuntimeStep.Shell shell:
                    instructions.Add(ShellCommand.Run(shell.Text));
                    break;
                case RuntimeStep.Copy copy:
                    AddCopy(instructions, new Instruction.Copy(StageOf(copy.From), [PathOf(copy.From)], copy.Target, CopyOptions.None) { Owner = copy.Owner, Mode = copy.Mode });
                    break;
                case RuntimeStep.Folder folder:
                    // The folder lies in the copied one, because engines leave the owner of a target that is there already.
                    AddCopy(instructions, new Instruction.Copy(Folders, [$"/{_folders.IndexOf(folder) + 1}/"], Parent(folder.Path.Value) + "/", CopyOptions.None) { Owner = folder.Owner });
                    AddWithParents(folder.Path.Value);
                    break;
            }
        }

        return [.. instructions];
    }

    // Files of one owner and mode share a COPY into their folder.
    private void AddCopy(List<Instruction> instructions, Instruction.Copy copy)
    {
        if (instructions.LastOrDefault() is Instruction.Copy last && copy.Target.EndsWith('/') && last with { Sources = copy.Sources } == copy && copy.From != Folders)
        {
            instructions[^1] = last with { Sources = [.. last.Sources, .. copy.Sources] };
            return;
        }

        var folder = Parent(copy.Target);
        var above = copy.Target.EndsWith('/') && copy.From != Folders ? Parent(folder) : folder;
        if (copy.Owner is not { User: "0" or "root", Group: null or "0" or "root" } && !_there.Contains(above))
        {
            // Engines give the folders that they make on the way to the owner of what is copied.
            _needsEmpty = true;
            instructions.Add(new Instruction.Copy(Folders, [Empty + "/"], above + "/", CopyOptions.None) { Owner = Root });
        }

        instructions.Add(copy);
        AddWithParents(folder);
    }

    private void AddWithParents(string folder)
    {
        while (_there.Add(folder.TrimEnd('/'))) folder = Parent(folder);
    }

    private string? StageOf(FileSource source) => source switch
    {
        FileSource.Builder => DockerfileLowering.Build,
        FileSource.Image image => ImageStage(_images.IndexOf(image.Reference)),
        _ => null,
    };

    private static string PathOf(FileSource source) => source switch
    {
        FileSource.Context context => context.Path,
        FileSource.Builder builder => builder.Path.Value,
        FileSource.Image image => image.Path.Value,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string ImageStage(int index) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"image-{index + 1}");

    private static string Parent(string path) => path[..Math.Max(path.LastIndexOf('/'), 0)];

    private static string Name(RuntimeStep.Folder folder) => folder.Path.Value[(folder.Path.Value.LastIndexOf('/') + 1)..];
}
