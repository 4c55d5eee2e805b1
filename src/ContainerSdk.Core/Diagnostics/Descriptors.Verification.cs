using static ContainerSdk.Diagnostics.DiagnosticSeverity;

namespace ContainerSdk.Diagnostics;

/// <summary>What a look into the finished image finds (5). ContainerVerify makes warnings of these errors, or leaves the look out.</summary>
public static partial class Descriptors
{
    public static readonly DiagnosticDescriptor ProgramMissing = new("CSDK5001", Error, "A program that is not in the image",
        "{0} starts '{1}', and {2}; correct the path, or bring the program into the image with ContainerFile or ContainerPackage");

    public static readonly DiagnosticDescriptor ProgramNotUsable = new("CSDK5002", Error, "A program that the user cannot run",
        "{0} starts '{1}', and user {2} cannot {3}; {4}");

    public static readonly DiagnosticDescriptor WrongMachine = new("CSDK5003", Error, "A program for another machine",
        "'{0}' is a program for {1}, and the image is for {2}; compile it for {2}, or set ContainerRuntimeIdentifier to the machine that it is for");

    public static readonly DiagnosticDescriptor LoaderMissing = new("CSDK5004", Error, "A program without its loader",
        "'{0}' is linked dynamically and wants the loader '{1}', which {2} does not have, so that it would end with 'no such file or directory'; {3}");

    public static readonly DiagnosticDescriptor ProgramLibraryMissing = new("CSDK5005", Error, "A program without one of its libraries",
        "'{0}' needs the library '{1}', which is not in the image; add the package that has it with ContainerPackage, use a ContainerBaseImage that has it, or link statically with ContainerStaticLink");

    public static readonly DiagnosticDescriptor InterpreterMissing = new("CSDK5006", Error, "A script without its interpreter",
        "'{0}' is a script that names '{1}' in its first line, and {2}; {3}");

    public static readonly DiagnosticDescriptor RunsAsRoot = new("CSDK5007", Error, "A container of root",
        "The image runs as '{0}', which is root, and ContainerUser is '{1}'; take what makes it root out of the image, or set ContainerUser to root if that is what you want");

    public static readonly DiagnosticDescriptor AccountMissing = new("CSDK5008", Error, "A user that the image does not know",
        "The image runs as '{0}', and its {1} has no '{2}', so that no container starts; set ContainerUser to a number, or to a name that the image knows");

    public static readonly DiagnosticDescriptor WorkingDirectoryNotUsable = new("CSDK5009", Error, "A working directory that the user cannot use",
        "ContainerWorkingDirectory is '{0}', and user {1} cannot {2}; give the folder, and those above it, a mode such as 0755");

    public static readonly DiagnosticDescriptor VolumeNotUsable = new("CSDK5010", Error, "A volume that the user cannot write to",
        "ContainerVolume '{0}' is for data of the application, and user {1} cannot {2}; give the folder to the user, with Owner of ContainerVolume or in the step that makes it");

    public static readonly DiagnosticDescriptor WritableApplication = new("CSDK5011", Error, "An application that can change itself",
        "User {0} can write to '{1}'{2}, so that whoever gets into the process can change what runs next; let the files belong to root without write access for others, or declare a ContainerVolume for data");

    public static readonly DiagnosticDescriptor SetUserId = new("CSDK5012", Error, "A program that makes its caller another user",
        "'{0}'{1} has the mode {2} and belongs to {3}, so that whoever starts it becomes that user or group, and the base image has it not so; remove the bit in a ContainerRun ('chmod a-s'), or leave out the package that brings it");

    public static readonly DiagnosticDescriptor PrivilegedPort = new("CSDK5013", Warning, "A port that is root's",
        "ContainerPort {0} is below 1024, and user {1} may listen there only where the engine allows it, as docker does and Kubernetes does not by default; use a port such as 8080, and map it from outside");

    public static readonly DiagnosticDescriptor CertificatesNotThere = new("CSDK5014", Error, "No certificate authorities in the image",
        "ContainerCaCertificates is true, and the image has no roots in {0}; use a ContainerBaseImage that lets the package ca-certificates be installed, or bring them with ContainerFile");

    public static readonly DiagnosticDescriptor TimeZonesNotThere = new("CSDK5015", Error, "No time zones in the image",
        "ContainerTimeZoneData is true, and the image has no '/usr/share/zoneinfo/UTC'; use a ContainerBaseImage that lets the package tzdata be installed, or bring them with ContainerFile");

    public static readonly DiagnosticDescriptor FrameworkNotThere = new("CSDK5016", Error, "A .NET application without its framework",
        "'{0}' needs the framework {1} {2}, and the image has {3}; use a ContainerBaseImage that has it, or publish self-contained");

    public static readonly DiagnosticDescriptor NativeLibraryMissing = new("CSDK5017", Warning, "A native library without one of its own",
        "'{0}' needs the library '{1}', which is not in the image, and loading it will fail; add the package that has it with ContainerPackage, or use a ContainerBaseImage that has it");

    public static readonly DiagnosticDescriptor BuildToolsInside = new("CSDK5018", Error, "A compiler in the image",
        "'{0}'{1} is {2}; leave it in the builder stage: copy only what was compiled, and install it with ContainerBuilderPackage");

    public static readonly DiagnosticDescriptor SourceInside = new("CSDK5019", Error, "What only a build needs in the image",
        "'{0}'{1} is {2}; name the files that the application reads in ContainerFile, and remove caches in the step that fills them");

    public static readonly DiagnosticDescriptor SymbolsInside = new("CSDK5020", Error, "Symbols for debuggers in the image",
        "'{0}'{1} holds symbols, and ContainerStripSymbols is true; leave the file out, or set ContainerStripSymbols to false");

    public static readonly DiagnosticDescriptor SecretInside = new("CSDK5021", Error, "A secret in the image",
        "'{0}' holds {1}, and everybody who has the image has it{2}; give it to the container when it starts, or to a build step with ContainerSecret, and replace it if the image has left this machine");

    public static readonly DiagnosticDescriptor ImageTooLarge = new("CSDK5022", Error, "An image larger than it may be",
        "The image has {0} of files, more than the {1} of ContainerMaxImageSize; the largest are {2}");

    public static readonly DiagnosticDescriptor VerificationUnavailable = new("CSDK5023", Error, "An image that cannot be looked into",
        "The image cannot be verified: {0}; publish again, or set ContainerVerify to none");

    public static readonly DiagnosticDescriptor SmokeTestFailed = new("CSDK5024", Error, "A container that does not do",
        "A container of the image was started as production would start it (read-only, without capabilities), and {0}; the last lines of its output follow, if there are any");

    public static readonly DiagnosticDescriptor SmokeTestUnavailable = new("CSDK5025", Error, "No engine to start a container",
        "The smoke test needs an engine that starts containers, and {0}; start docker or podman, or leave ContainerSmokeTest out");

    public static readonly DiagnosticDescriptor StructureTestFailed = new("CSDK5026", Error, "A structure test that fails",
        "'{0}' of {1}: {2}; correct the image, or the test");

    public static readonly DiagnosticDescriptor StructureTestInvalid = new("CSDK5027", Error, "A structure test that cannot be read",
        "{0}; correct the file, whose format is that of container-structure-test, version 2.0.0");

    public static readonly DiagnosticDescriptor BaselineUnreadable = new("CSDK5028", Error, "A report to compare with that cannot be read",
        "ContainerReportBaseline '{0}' cannot be read: {1}; name the report.json of an earlier -t:ContainerReport, or leave it out");
}
