using System.Globalization;
using ContainerSdk.Images.Elf;

namespace ContainerSdk.Images.Verification;

/// <summary>The machines of binaries (https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html, <c>e_machine</c>) by OCI's words for them.</summary>
internal static class Machines
{
    private static readonly (string Architecture, int Machine)[] All =
        [("amd64", 62), ("386", 3), ("arm64", 183), ("arm", 40), ("ppc64le", 21), ("s390x", 22), ("riscv64", 243), ("loong64", 258)];

    /// <summary>The number; null for a machine that is not known.</summary>
    public static int? Of(string architecture) => Array.Find(All, pair => pair.Architecture == architecture) is { Architecture: not null } found ? found.Machine : null;

    public static string Name(ElfFile program) => Array.Find(All, pair => pair.Machine == program.Machine) is { Architecture: { } name }
        ? $"linux/{name}"
        : string.Create(CultureInfo.InvariantCulture, $"the machine {program.Machine} of ELF");
}
