using System.Collections.Immutable;
using static ContainerSdk.Diagnostics.DiagnosticSeverity;

namespace ContainerSdk.Diagnostics;

/// <summary>
/// The table of every diagnostic. 1nnn: inputs and plan; 2nnn: Dockerfile and build context; 3nnn: engine; 4nnn: registry; 5nnn: the finished image; 9nnn: host and project kind.
/// Each has a page <c>docs/diagnostics/CODE.md</c> and a test that raises it.
/// </summary>
public static partial class Descriptors
{
    public static readonly DiagnosticDescriptor UnknownEngine = new("CSDK1001", Error, "Unknown container engine",
        "ContainerEngine is '{0}'; expected 'auto', 'docker' or 'embedded'");

    public static readonly DiagnosticDescriptor InvalidImageReference = new("CSDK1002", Error, "Invalid image reference",
        "'{1}' is not a valid image reference in {0}: {2}; expected registry/repository:tag, for example mcr.microsoft.com/dotnet/aspnet:10.0");

    public static readonly DiagnosticDescriptor InvalidRepository = new("CSDK1003", Error, "Invalid repository name",
        "'{1}' in {0} cannot be made a repository name; use lower-case letters, digits, '.', '_', '-' and '/', for example team/orders-api");

    public static readonly DiagnosticDescriptor InvalidTag = new("CSDK1004", Error, "Invalid image tag",
        "'{1}' is not a valid tag in {0}; use up to 128 letters, digits, '_', '.' and '-', not starting with '.' or '-'");

    public static readonly DiagnosticDescriptor InvalidPort = new("CSDK1005", Error, "Invalid port",
        "'{0}' is not a valid ContainerPort; use a number from 1 to 65535 with Type tcp, udp or sctp, for example <ContainerPort Include=\"8080\" Type=\"tcp\" />");

    public static readonly DiagnosticDescriptor InvalidName = new("CSDK1006", Error, "Invalid name",
        "'{1}' is not a valid name for {0}; use {2}");

    public static readonly DiagnosticDescriptor InvalidUser = new("CSDK1007", Error, "Invalid user",
        "'{1}' is not a valid {0}; use a number from 0 to 4294967294 or a lower-case account name such as app");

    public static readonly DiagnosticDescriptor InvalidId = new("CSDK1032", Error, "Invalid number of a user or group",
        "{0} is '{1}'; use a number from 0 to 4294967294");

    public static readonly DiagnosticDescriptor HostBuildUnavailable = new("CSDK1033", Error, "No build on the host for this toolchain",
        "{1}, but ContainerToolchain '{0}' compiles in a builder stage only; {2}");

    public static readonly DiagnosticDescriptor InvalidRegistry = new("CSDK1034", Error, "Invalid registry",
        "'{0}' is not a valid ContainerRegistry; use a host with an optional port and nothing before or after it, for example ghcr.io or localhost:5000");

    public static readonly DiagnosticDescriptor InvalidContainerPath = new("CSDK1008", Error, "Invalid path in the container",
        "'{1}' is not a valid container path in {0}; use an absolute Linux path without '..', quotes, '$' or '\\', for example /app");

    public static readonly DiagnosticDescriptor ControlCharacter = new("CSDK1009", Error, "Line break or control character in a value",
        "The value of {0} contains the control character {1}, which a Dockerfile cannot carry; remove it, or read such a value from a file when the application starts");

    public static readonly DiagnosticDescriptor InvalidBoolean = new("CSDK1010", Error, "Not a boolean",
        "{0} is '{1}'; expected 'true' or 'false'");

    public static readonly DiagnosticDescriptor InvalidChoice = new("CSDK1011", Error, "Not one of the allowed values",
        "{0} is '{1}'; expected one of: {2}");

    public static readonly DiagnosticDescriptor TagAndTags = new("CSDK1012", Error, "Both ContainerImageTag and ContainerImageTags",
        "ContainerImageTag ('{0}') and ContainerImageTags ('{1}') are both set; keep one of them");

    public static readonly DiagnosticDescriptor MissingInput = new("CSDK1013", Error, "A needed property has no value",
        "{0} has no value, and toolchain '{1}' has no default for it; set {0} in the project");

    public static readonly DiagnosticDescriptor StaticLinkUnavailable = new("CSDK1014", Error, "ContainerStaticLink cannot be honoured",
        "ContainerStaticLink is true, but {0}; {1}");

    public static readonly DiagnosticDescriptor CommandConflict = new("CSDK1015", Error, "Conflicting entrypoint properties",
        "{0} cannot be combined with {1}; {2}");

    public static readonly DiagnosticDescriptor UserWithoutAccount = new("CSDK1016", Error, "An account that nothing can add",
        "ContainerUser is '{0}', but nothing can add that account to '{1}': {2}; use numbers, for example <ContainerUser>1654</ContainerUser>");

    public static readonly DiagnosticDescriptor SecretLikeName = new("CSDK1017", Warning, "A name that looks like a secret",
        "{0} '{1}' looks like a secret, and its value would be readable by anyone who has the image; pass it when the container starts, or set NoWarn to CSDK1017 if the value is public");

    public static readonly DiagnosticDescriptor InvalidPackage = new("CSDK1018", Error, "Invalid OS package",
        "'{1}' is not a valid package in {0}; use the package's name, and Version metadata to pin it, for example <{0} Include=\"clang\" Version=\"1:14.0-55\" />");

    public static readonly DiagnosticDescriptor UnsupportedRuntimeIdentifier = new("CSDK1020", Error, "No base image for this runtime identifier",
        "No base image that a Dockerfile can build on is known for {0} '{1}'; use a Linux one: {2}");

    public static readonly DiagnosticDescriptor UnsupportedProperty = new("CSDK1021", Error, "A property that this version cannot honour",
        "{0} is '{1}', and this version of ContainerSdk knows the docker engine only; {2}");

    public static readonly DiagnosticDescriptor ForeignCompression = new("CSDK1035", Error, "An archive of another compression",
        "ContainerArchiveOutputPath is '{0}', and an image archive is a plain tar file or a gzipped one; end the name in '.tar' or '.tar.gz'");

    public static readonly DiagnosticDescriptor SeveralToolchains = new("CSDK1036", Error, "Several toolchains fit",
        "ContainerToolchain is unset, and '{0}' holds the files of several toolchains ({1}); set ContainerToolchain to the one that makes the image");

    public static readonly DiagnosticDescriptor ToolchainFileMissing = new("CSDK1037", Error, "The toolchain's file does not exist",
        "ContainerToolchainFile is '{0}', and there is no such file; correct the path, which is relative to the project's folder, or remove the property");

    public static readonly DiagnosticDescriptor InvalidLayer = new("CSDK1046", Error, "Invalid layer",
        "ContainerLayer '{0}' {1}; give it a name of lower-case letters, digits and '-', and metadata Path or Package, for example <ContainerLayer Include=\"models\" Path=\"models/**\" />");

    public static readonly DiagnosticDescriptor ToolchainFlag = new("CSDK1048", Error, "A flag that the toolchain does not take",
        "{0}; {1}");

    public static readonly DiagnosticDescriptor MovingImage = new("CSDK1049", Warning, "An image without a version",
        "{0} is '{1}', which another image may be tomorrow; name a version, for example '{2}:1.2', or a digest");

    public static readonly DiagnosticDescriptor ShipsTheBuilder = new("CSDK1050", Warning, "The builder as the base image",
        "ContainerBaseImage is '{0}', which is also the builder's image, so that all that compiles is shipped; choose a base image that only runs the application");

    public static readonly DiagnosticDescriptor HealthWithoutPort = new("CSDK1051", Warning, "A health check of a port that the image does not name",
        "ContainerHealthCommand asks '{0}', and the image names no port; add <ContainerPort Include=\"{1}\" />");

    public static readonly DiagnosticDescriptor ShipsTheSource = new("CSDK1052", Warning, "The whole source in the image",
        "ContainerFile '{0}' copies the project's whole folder into the image, its sources included; name the files or the folder that the application reads");

    public static readonly DiagnosticDescriptor LibcMismatch = new("CSDK1038", Error, "Base image and runtime identifier do not fit",
        "{0}; {1}");

    public static readonly DiagnosticDescriptor FamilyUnavailable = new("CSDK1039", Error, "No such family of base images",
        "{0}; {1}");

    public static readonly DiagnosticDescriptor NoCultureData = new("CSDK1040", Warning, "No culture data in the image",
        "{0}; {1}");

    public static readonly DiagnosticDescriptor BaseImageLacks = new("CSDK1041", Error, "The base image lacks what the application needs",
        "{0}; {1}");

    public static readonly DiagnosticDescriptor MixedLibc = new("CSDK1042", Error, "musl and glibc in one image",
        "{0}; {1}");

    public static readonly DiagnosticDescriptor FrameworkWithoutImage = new("CSDK1043", Error, "A target framework without a Linux image",
        "{0}; {1}");

    public static readonly DiagnosticDescriptor ObsoleteProperty = new("CSDK1044", Warning, "A property under its old name",
        "{0} is the old name of {1}; rename it in the project");

    public static readonly DiagnosticDescriptor InvalidSourceDate = new("CSDK1045", Warning, "SOURCE_DATE_EPOCH is not a time",
        "SOURCE_DATE_EPOCH is '{0}', and is ignored; set it to a whole number of seconds since 1970, for example the output of 'git log -1 --format=%ct', or unset it");

    public static readonly DiagnosticDescriptor NoShell = new("CSDK1022", Error, "A base image without a shell",
        "{0} '{1}' needs {2}, and {3} '{4}' has none; use a base image that has one, for example {5}");

    public static readonly DiagnosticDescriptor UnknownAnchor = new("CSDK1023", Error, "A command at an unknown place",
        "{0} '{1}' has {2}; expected either Before or After with one of: {3}");

    public static readonly DiagnosticDescriptor InvalidMode = new("CSDK1024", Error, "Invalid file mode",
        "Mode of {0} is '{1}'; expected three or four octal digits, for example 0644, or 0755 for a program");

    public static readonly DiagnosticDescriptor NoBuilder = new("CSDK1025", Error, "Files of a builder stage that is not there",
        "{0} takes files from the builder stage, and with ContainerBuildMode=Host there is none; {1}");

    public static readonly DiagnosticDescriptor InvalidHealthCheck = new("CSDK1026", Error, "Invalid health check",
        "{0} is '{1}'; expected {2}");

    public static readonly DiagnosticDescriptor InvalidStopSignal = new("CSDK1027", Error, "Unknown stop signal",
        "ContainerStopSignal is '{0}'; expected the name of a Linux signal such as SIGTERM, or its number from 1 to 64");

    public static readonly DiagnosticDescriptor VolumeOverApplication = new("CSDK1028", Error, "A volume over the application",
        "ContainerVolume '{0}' holds the application in '{1}', and a volume that an older image filled would hide the newer application; choose a folder below or beside it, for example '{2}'");

    public static readonly DiagnosticDescriptor OwnerWithoutAccount = new("CSDK1029", Error, "A named owner on scratch",
        "Owner of {0} is '{1}', but a scratch image has no /etc/passwd to look a name up in; use numbers, for example Owner=\"1654:1654\"");

    public static readonly DiagnosticDescriptor InvalidSecret = new("CSDK1030", Error, "A secret that cannot be used",
        "ContainerSecret '{0}' {1}; {2}");

    public static readonly DiagnosticDescriptor SecretWithValue = new("CSDK1031", Error, "A secret with its value",
        "ContainerSecret '{0}' has metadata Value; a secret is only named in a project: put the value in a variable or a file of the host, and name that with EnvironmentVariable or Path");

    public static readonly DiagnosticDescriptor OutsideContext = new("CSDK2001", Error, "A file outside the build context",
        "{0} '{1}' is outside the context root '{2}'; move it inside, or set ContainerContextRoot to a folder that holds both");

    public static readonly DiagnosticDescriptor MissingFile = new("CSDK2002", Error, "A file that the toolchain needs is missing",
        "Toolchain '{0}' needs '{1}', and it does not exist; {2}");

    public static readonly DiagnosticDescriptor ContextIsRoot = new("CSDK2003", Error, "The build context would be the whole file system",
        "The only folder that holds both '{0}' and '{1}' is the file system's root; keep them in one repository, or set ContainerContextRoot");

    public static readonly DiagnosticDescriptor ValueTooLong = new("CSDK2004", Error, "A value too long for a Dockerfile line",
        "The value of {0} is {1} bytes long and has no place where a Dockerfile line can be continued; shorten it, or read it from a file when the application starts");

    public static readonly DiagnosticDescriptor PatternInName = new("CSDK2005", Error, "A file name that COPY takes for a pattern",
        "{0} '{1}' has '*' or '?' in its name, and engines lose such a file when a Dockerfile copies it; rename it");

    public static readonly DiagnosticDescriptor ProjectUnreadable = new("CSDK2006", Error, "A project that cannot be loaded",
        "The projects that '{0}' refers to cannot all be loaded: {1}; correct the reference, or the project it names");

    public static readonly DiagnosticDescriptor NotGenerated = new("CSDK2007", Error, "A file that was written by hand is in the way",
        "ContainerDockerfilePath is '{0}', and the file there was not generated by ContainerSdk; move it away, or choose another path");

    public static readonly DiagnosticDescriptor FileNotFound = new("CSDK2008", Error, "A file to copy does not exist",
        "{0} '{1}' does not exist; correct the path, which is relative to the project, or remove the item");

    public static readonly DiagnosticDescriptor LockedRestore = new("CSDK2009", Error, "A lock file that does not know the image's platform",
        "'{0}' locks the restore, and does not know '{1}', which {2} needs; add '{1}' to RuntimeIdentifiers in the project, and run 'dotnet restore --force-evaluate'");

    public static readonly DiagnosticDescriptor ContextRootMissing = new("CSDK2010", Error, "The context root does not exist",
        "ContainerContextRoot is '{0}', and there is no such folder; correct the path, which is relative to the project's folder, or remove the property");

    public static readonly DiagnosticDescriptor AbsoluteLink = new("CSDK2011", Warning, "A symbolic link that leads nowhere in the builder",
        "'{0}' is a symbolic link to '{1}', and the builder has no such path; make it relative, for example with ln -sr, or set NoWarn to CSDK2011 if nothing reads it");

    public static readonly DiagnosticDescriptor HealthCheckInOci = new("CSDK1056", Warning, "A health check in a format that has none",
        "ContainerHealthCommand is set, but ContainerImageFormat is 'OCI', which has no health check: docker finds it there all the same, podman and others do not; remove ContainerImageFormat, or set it to Docker");

    public static readonly DiagnosticDescriptor BaseImagePathUnused = new("CSDK1055", Error, "A base image's file that nothing reads",
        "ContainerBaseImagePath is '{0}', but {1}; {2}");

    public static readonly DiagnosticDescriptor InvalidExemption = new("CSDK1057", Error, "An exemption from no rule",
        "ContainerVerifyIgnore '{0}' {1}; give an absolute path in the image, and with Code the rule, for example <ContainerVerifyIgnore Include=\"/app/demo.key\" Code=\"CSDK5021\" />");

    public static readonly DiagnosticDescriptor InvalidSize = new("CSDK1058", Error, "Not a size",
        "{0} is '{1}'; expected a number of bytes from 1, with kB, MB, GB, KiB, MiB or GiB behind it if you like, for example 50MB");

    public static readonly DiagnosticDescriptor InvalidEndpoint = new("CSDK1059", Error, "Invalid health endpoint",
        "ContainerHealthEndpoint is '{0}', which {1}; give a path, with a port before it if it is not the first ContainerPort, for example /health or :9000/health");

    public static readonly DiagnosticDescriptor ClosureUnavailable = new("CSDK1054", Error, "No libraries to ship along",
        "{0}; {1}");

    public static readonly DiagnosticDescriptor EmbeddedRunsNothing = new("CSDK1053", Error, "A step that the embedded engine cannot do",
        "ContainerEngine is 'embedded', which runs nothing inside an image, but {0}; {1}, or use ContainerEngine 'docker'");

    public static readonly DiagnosticDescriptor FrameworkNotChosen = new("CSDK9001", Error, "Several target frameworks, none chosen",
        "TargetFrameworks is '{0}', and an image holds one; choose it with -f, for example: dotnet publish -f {1} -t:PublishContainer");

    public static readonly DiagnosticDescriptor NotAnApplication = new("CSDK9002", Error, "Not an application",
        "'{0}' has OutputType '{1}', and an image needs a program to run; publish the application project, or set OutputType to Exe");

    public static readonly DiagnosticDescriptor TestProject = new("CSDK9003", Error, "A test project",
        "'{0}' is a test project; publish the application, or set ContainerizeTestProject to true if the image of the tests is what you want");

    public static readonly DiagnosticDescriptor HostTooOld = new("CSDK9004", Error, "MSBuild is too old",
        "ContainerSdk needs MSBuild 18 of the .NET SDK 10 or later; this is {0}; install the .NET SDK 10");

    public static readonly DiagnosticDescriptor LibraryMissing = new("CSDK9005", Error, "A library that this machine does not have",
        "ContainerRuntimeClosure ships the libraries of this machine, and it has no '{0}' for the application's platform; install it, or use a ContainerBaseImage that has it and remove ContainerRuntimeClosure");

    /// <summary>What the data file of a toolchain can object to, each with a reason and a remedy of its own.</summary>
    public static ImmutableArray<DiagnosticDescriptor> Obstacles { get; } = [LibcMismatch, FamilyUnavailable, NoCultureData, BaseImageLacks, MixedLibc, FrameworkWithoutImage, ToolchainFlag, ClosureUnavailable];

    /// <summary>Every descriptor, by code.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All => Table.All;

    /// <summary>The descriptor of <paramref name="code"/>; a code from a target that is not in the table is a bug.</summary>
    public static DiagnosticDescriptor ByCode(string code) => All.First(descriptor => descriptor.Id == code);

    // Made when it is first asked for: the descriptors of the other files are made in no order that is promised.
    private static class Table
    {
        public static readonly ImmutableArray<DiagnosticDescriptor> All =
        [
            .. typeof(Descriptors).GetFields()
                .Where(field => field.FieldType == typeof(DiagnosticDescriptor))
                .Select(field => (DiagnosticDescriptor)field.GetValue(null)!)
                .OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal),
        ];
    }
}
