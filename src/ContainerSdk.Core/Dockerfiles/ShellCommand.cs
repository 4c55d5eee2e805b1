namespace ContainerSdk.Dockerfiles;

/// <summary>A user's text for the image's shell, as one word of an exec form: whatever it holds, it stays within its instruction.</summary>
internal static class ShellCommand
{
    public static Instruction Run(string text) => new Instruction.Run(["/bin/sh", "-c", text], []);
}
