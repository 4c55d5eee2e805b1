using System.Collections.Immutable;
using System.Globalization;
using ContainerSdk.Images;
using ContainerSdk.Plan;

namespace ContainerSdk.Dockerfiles;

/// <summary>
/// An account as lines of <c>/etc/passwd</c> and <c>/etc/group</c>. Their format is the same on every distribution, the programs that add to them are not, and a shell's
/// own words do. Where the base image has no shell, a stage of the builder's image adds the lines to the base's files.
/// </summary>
internal sealed class AccountLowering
{
    private const string Stage = "account";
    private const string BaseStage = "account-base";
    private const string Folder = "/account";

    private AccountLowering(ImmutableArray<Instruction> instructions, ImmutableArray<DockerfileStage> stages, bool needsRoot) =>
        (Instructions, Stages, NeedsRoot) = (instructions, stages, needsRoot);

    /// <summary>What the runtime stage does.</summary>
    public ImmutableArray<Instruction> Instructions { get; }

    /// <summary>The stages that it copies from.</summary>
    public ImmutableArray<DockerfileStage> Stages { get; }

    /// <summary>Whether the runtime stage runs a process for it.</summary>
    public bool NeedsRoot { get; }

    public static AccountLowering Lower(BuildPlan plan)
    {
        if (plan.Runtime.Account is not { } account) return new AccountLowering([], [], needsRoot: false);
        if (BaseFamily.ManagerOf(plan.Runtime.Image) is not null) return new AccountLowering([ShellCommand.Run(Script(account, "/etc"))], [], needsRoot: true);
        var copy = new Instruction.Copy(Stage, [Folder + "/"], "/etc/", CopyOptions.RootOwned);
        return new AccountLowering([copy], StagesOf(plan, account), needsRoot: false);
    }

    private static ImmutableArray<DockerfileStage> StagesOf(BuildPlan plan, Account account)
    {
        var builder = new StageBase.BuildMachineImage(plan.Builders[0].Image);
        if (plan.Runtime.Image is not { } image)
            return [new DockerfileStage(builder, Stage, [ShellCommand.Run($"mkdir {Folder}\necho root:x:0:0:root:/:/sbin/nologin > {Folder}/passwd\necho root:x:0: > {Folder}/group\n{Script(account, Folder)}")])];
        return
        [
            new DockerfileStage(new StageBase.Image(image), BaseStage, []),
            new DockerfileStage(builder, Stage, [new Instruction.Copy(BaseStage, ["/etc/passwd", "/etc/group"], Folder + "/", CopyOptions.None), ShellCommand.Run(Script(account, Folder))]),
        ];
    }

    // find FILE COLUMN TEXT: the first line whose column (1 the name, 2 the number) has that text, as $name and $id.
    private static string Script(Account account, string folder) => $$"""
        set -e
        find() { while IFS=: read -r name _ id _; do if [ "$2" = 1 ]; then [ "$name" != "$3" ] || return 0; else [ "$id" != "$3" ] || return 0; fi; done < "$1"; return 1; }
        {{Number("group", account.Group, account.GroupId, folder)}}
        group=$number
        [ -n "$found" ] || echo "{{account.Group}}:x:$group:" >> {{folder}}/group
        {{Number("passwd", account.User, account.UserId, folder)}}
        [ -n "$found" ] || echo "{{account.User}}:x:$number:$group:{{account.User}}:/:/sbin/nologin" >> {{folder}}/passwd
        TZ=UTC touch -t 198001010000 {{folder}}/group {{folder}}/passwd
        """;

    // Sets $number, and $found if the name is there.
    private static string Number(string file, string name, uint? id, string folder)
    {
        var first = (id ?? uint.Parse(ImageUser.Default.User, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture);
        var otherwise = id is null
            ? $"found= number={first}; while find {folder}/{file} 2 $number; do number=$((number + 1)); done"
            : $"found= number={first}; if find {folder}/{file} 2 $number; then echo \"The base image gives the number {first} of '{name}' to '$name' in /etc/{file}: choose another.\" >&2; exit 1; fi";
        var check = id is null ? "" : $" [ $id = {first} ] || {{ echo \"The base image has '{name}' with the number $id in /etc/{file}, not {first}: use that number.\" >&2; exit 1; }};";
        return $"if find {folder}/{file} 1 {name}; then found=1 number=$id;{check} else {otherwise}; fi";
    }
}
