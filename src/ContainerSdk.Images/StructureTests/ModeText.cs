using ContainerSdk.Images.Layers;

namespace ContainerSdk.Images.StructureTests;

/// <summary>Kind and mode as text.</summary>
internal static class ModeText
{
    /// <summary>As Go writes it (https://pkg.go.dev/io/fs#FileMode.String), and so container-structure-test: a letter for each thing that is special, and then nine.</summary>
    public static string Go(TreeEntry entry)
    {
        var special = (entry.Kind switch { LayerEntryKind.Folder => "d", LayerEntryKind.SymbolicLink => "L", _ => "" })
            + (entry.Mode.HasFlag(UnixFileMode.SetUser) ? "u" : "") + (entry.Mode.HasFlag(UnixFileMode.SetGroup) ? "g" : "") + (entry.Mode.HasFlag(UnixFileMode.StickyBit) ? "t" : "");
        return (special.Length > 0 ? special : "-") + Triples(entry.Mode, UnixFileMode.None);
    }

    /// <summary>As <c>ls -l</c> writes it.</summary>
    public static string List(TreeEntry entry) => entry.Kind switch { LayerEntryKind.Folder => "d", LayerEntryKind.SymbolicLink => "l", _ => "-" } + Triples(entry.Mode, entry.Mode);

    private static string Triples(UnixFileMode mode, UnixFileMode special) =>
        Triple(mode, UnixFileMode.UserRead, UnixFileMode.UserWrite, UnixFileMode.UserExecute, special.HasFlag(UnixFileMode.SetUser) ? 's' : ' ')
        + Triple(mode, UnixFileMode.GroupRead, UnixFileMode.GroupWrite, UnixFileMode.GroupExecute, special.HasFlag(UnixFileMode.SetGroup) ? 's' : ' ')
        + Triple(mode, UnixFileMode.OtherRead, UnixFileMode.OtherWrite, UnixFileMode.OtherExecute, special.HasFlag(UnixFileMode.StickyBit) ? 't' : ' ');

    private static string Triple(UnixFileMode mode, UnixFileMode read, UnixFileMode write, UnixFileMode execute, char special)
    {
        var last = (mode.HasFlag(execute), special) switch { (true, ' ') => 'x', (false, ' ') => '-', (true, _) => special, _ => char.ToUpperInvariant(special) };
        return $"{(mode.HasFlag(read) ? 'r' : '-')}{(mode.HasFlag(write) ? 'w' : '-')}{last}";
    }
}
