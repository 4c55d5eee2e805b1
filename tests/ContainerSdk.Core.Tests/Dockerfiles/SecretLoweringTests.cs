using ContainerSdk.Diagnostics;
using ContainerSdk.Dockerfiles;
using ContainerSdk.Inputs;
using Xunit;

namespace ContainerSdk.Core.Tests.Dockerfiles;

public sealed class SecretLoweringTests
{
    private static readonly ContainerInputs Plain = SampleInputs.Valid.WithItem("ContainerRestoreFile", "/repo/app/lock").WithWords("ContainerRestoreCommand", "fetch");

    [Fact]
    public void AShellReadsAVariableAndGivesWay() => Assert.Equal(
        [
            """RUN --mount=type=secret,id=feed,target=/run/secrets/feed,required=true ["/bin/sh", "-c", "export TOKEN=\"$(cat /run/secrets/feed)\"; exec \"$@\"", "sh", "fetch"]""",
            """RUN --mount=type=secret,id=feed,target=/run/secrets/feed,required=true ["/bin/sh", "-c", "export TOKEN=\"$(cat /run/secrets/feed)\"; exec \"$@\"", "sh", "make"]""",
        ],
        Runs(Plain.WithItem("ContainerSecret", "feed", ("EnvironmentVariable", "TOKEN")), DockerfileDialect.Portable));

    [Fact]
    public void ANewerFrontendSetsTheVariableItself() => Assert.Equal(
        [
            """RUN --mount=type=secret,id=feed,env=TOKEN,required=true ["fetch"]""",
            """RUN --mount=type=secret,id=feed,env=TOKEN,required=true ["make"]""",
        ],
        Runs(Plain.WithItem("ContainerSecret", "feed", ("EnvironmentVariable", "TOKEN")), DockerfileDialect.BuildKit));

    [Theory]
    [InlineData(DockerfileDialect.Portable)]
    [InlineData(DockerfileDialect.BuildKit)]
    public void AFileIsOnlyMounted(DockerfileDialect dialect) => Assert.Equal(
        """RUN --mount=type=secret,id=token,target=/root/.token ["make"]""",
        Runs(Plain.WithItem("ContainerSecret", "token", ("Path", "~/token"), ("TargetPath", "/root/.token"), ("Optional", "true")), dialect)[1]);

    // Newer frontends would set it to nothing where there is none.
    [Theory]
    [InlineData(DockerfileDialect.Portable)]
    [InlineData(DockerfileDialect.BuildKit)]
    public void AnOptionalVariableIsSetWhereThereIsOne(DockerfileDialect dialect) => Assert.Equal(
        """RUN --mount=type=secret,id=feed,target=/run/secrets/feed ["/bin/sh", "-c", "if [ -f /run/secrets/feed ]; then export TOKEN=\"$(cat /run/secrets/feed)\"; fi; exec \"$@\"", "sh", "make"]""",
        Runs(Plain.WithItem("ContainerSecret", "feed", ("EnvironmentVariable", "TOKEN"), ("Optional", "true")), dialect)[1]);

    [Fact]
    public void APlaceThatAShellWouldReadStandsInQuotes() => Assert.Contains(
        """
        "export TOKEN=\"$(cat '/run/a;b(c)&d')\"; exec \"$@\"", "sh", "make"]
        """.Trim(),
        Runs(Plain.WithItem("ContainerSecret", "feed", ("EnvironmentVariable", "X"), ("As", "TOKEN"), ("TargetPath", "/run/a;b(c)&d")), DockerfileDialect.Portable)[1], StringComparison.Ordinal);

    [Theory]
    [InlineData(DockerfileDialect.Portable)]
    [InlineData(DockerfileDialect.BuildKit)]
    public void CertificatesAreTrustedByEachStepAndByNothingAfterIt(DockerfileDialect dialect)
    {
        const string mount = "--mount=type=secret,id=containersdk-ca,target=/run/secrets/containersdk-ca.pem,mode=0444,required=true";
        const string variables = "for name in SSL_CERT_FILE GIT_SSL_CAINFO NODE_EXTRA_CA_CERTS REQUESTS_CA_BUNDLE PIP_CERT CURL_CA_BUNDLE SSL_CA_CERT_FILE";
        const string bundle = "/run/secrets/containersdk-ca.pem";
        var inputs = Plain.With("ContainerBuilderCaCertificates", "host").WithItem("ContainerBuilderPackage", "clang");

        Assert.Equal(
            [
                $"RUN {mount} {variables}; do export \"$name={bundle}\"; done; apt-get -o Acquire::https::CAInfo={bundle} update && DEBIAN_FRONTEND=noninteractive apt-get -o Acquire::https::CAInfo={bundle} install -y --no-install-recommends clang && rm -rf /var/lib/apt/lists/*",
                $"RUN {mount} [\"/bin/sh\", \"-c\", \"{variables}; do export \\\"$name={bundle}\\\"; done; exec \\\"$@\\\"\", \"sh\", \"fetch\"]",
                $"RUN {mount} [\"/bin/sh\", \"-c\", \"{variables}; do export \\\"$name={bundle}\\\"; done; exec \\\"$@\\\"\", \"sh\", \"make\"]",
            ],
            Runs(inputs, dialect));
        Assert.DoesNotContain("ENV", Text(inputs, dialect), StringComparison.Ordinal);
    }

    [Fact]
    public void TheRuntimeStageReadsNothing()
    {
        var inputs = Plain.With("ContainerBuilderCaCertificates", "host").WithItem("ContainerSecret", "feed", ("EnvironmentVariable", "TOKEN"));
        Assert.DoesNotContain("secret", Text(inputs, DockerfileDialect.Portable).Split("\nFROM ")[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/run/secrets/feed-1.2_x", "/run/secrets/feed-1.2_x")]
    [InlineData("", "''")]
    [InlineData("it's $HOME; id", @"'it'\''s $HOME; id'")]
    public void AWordOfAShellIsQuotedWhereItMust(string text, string expected) => Assert.Equal(expected, DockerfileSyntax.ShellWord(text));

    private static string[] Runs(ContainerInputs inputs, DockerfileDialect dialect) => [.. Text(inputs, dialect).Split('\n').Where(line => line.StartsWith("RUN ", StringComparison.Ordinal))];

    private static string Text(ContainerInputs inputs, DockerfileDialect dialect)
    {
        var diagnostics = new DiagnosticBag();
        var text = DockerfileRenderer.Render(DockerfileLowering.Lower(inputs.Planned(), dialect), diagnostics);
        Assert.False(diagnostics.HasErrors);
        return text;
    }
}
