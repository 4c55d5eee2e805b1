using System.Collections.Immutable;
using ContainerSdk.Diagnostics;

namespace ContainerSdk.Planning;

/// <summary>
/// ENTRYPOINT and CMD out of the .NET SDK's own items, with its meaning: <c>ContainerAppCommandInstruction</c> says where the
/// application's command goes (https://learn.microsoft.com/dotnet/core/containers/publish-configuration).
/// </summary>
internal static class CommandPlanner
{
    private enum Instruction
    {
        Entrypoint,
        DefaultArgs,
        None,
    }

    public static (ImmutableArray<string> Entrypoint, ImmutableArray<string> Command, bool DropsBaseEntrypoint) Plan(InputReader reader)
    {
        var (entrypoint, command) = Words(reader);
        return (entrypoint, command, !reader.Boolean("ContainerKeepBaseEntrypoint", true) && entrypoint.IsEmpty);
    }

    private static (ImmutableArray<string> Entrypoint, ImmutableArray<string> Command) Words(InputReader reader)
    {
        var (entrypoint, entrypointArgs) = (reader.Words("ContainerEntrypoint"), reader.Words("ContainerEntrypointArgs"));
        var (app, appArgs) = (reader.Words("ContainerAppCommand"), reader.Words("ContainerAppCommandArgs"));
        var defaults = reader.Words("ContainerDefaultArgs");
        if (IsOldForm()) return (app, entrypointArgs);
        var otherwise = entrypoint.IsEmpty ? Instruction.Entrypoint : Instruction.DefaultArgs;
        var instruction = reader.Choice("ContainerAppCommandInstruction", otherwise);

        Check(reader, instruction == Instruction.Entrypoint && !entrypoint.IsEmpty, "ContainerEntrypoint",
            "ContainerAppCommandInstruction=Entrypoint", "remove ContainerEntrypoint, or use DefaultArgs to make the app command its arguments");
        Check(reader, instruction == Instruction.None && !(app.IsEmpty && appArgs.IsEmpty), "ContainerAppCommand",
            "ContainerAppCommandInstruction=None", "remove the app command, or the instruction");
        Check(reader, entrypoint.IsEmpty && !entrypointArgs.IsEmpty, "ContainerEntrypointArgs",
            "an empty ContainerEntrypoint", "use ContainerAppCommandArgs, or ContainerDefaultArgs for what a user of the image may override");
        Check(reader, app.IsEmpty && !appArgs.IsEmpty && instruction != Instruction.None, "ContainerAppCommandArgs",
            "an empty ContainerAppCommand", "set ContainerAppCommand");

        return instruction switch
        {
            Instruction.Entrypoint => ([.. app, .. appArgs], defaults),
            Instruction.DefaultArgs => ([.. entrypoint, .. entrypointArgs], [.. app, .. appArgs, .. defaults]),
            _ => ([.. entrypoint, .. entrypointArgs], defaults),
        };

        // Before ContainerDefaultArgs existed, ContainerEntrypointArgs alone was what a user of the image may override.
        bool IsOldForm() => reader.Text("ContainerAppCommandInstruction") is null && entrypoint.IsEmpty && !entrypointArgs.IsEmpty
            && !app.IsEmpty && appArgs.IsEmpty && defaults.IsEmpty;
    }

    private static void Check(InputReader reader, bool conflict, string first, string second, string remedy)
    {
        if (conflict) reader.Diagnostics.Add(Descriptors.CommandConflict, first, second, remedy);
    }
}
