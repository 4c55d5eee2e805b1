using ContainerSdk.Images;
using ContainerSdk.Inputs;
using ContainerSdk.Plan;
using Xunit;

namespace ContainerSdk.Core.Tests.Planning;

public sealed class SecretPlannerTests
{
    private const string Value = "hunter2 is the value";

    [Fact]
    public void AVariableIsAVariableOfTheSameNameInTheBuilder() => Assert.Equal(
        new BuildSecret("feed", Variable("FEED_PASSWORD")) { As = "FEED_PASSWORD" },
        Planned(("EnvironmentVariable", "FEED_PASSWORD")));

    [Fact]
    public void AVariableMayHaveAnotherNameInTheBuilder() => Assert.Equal(
        new BuildSecret("feed", Variable("CI_TOKEN")) { As = "FEED_PASSWORD" },
        Planned(("EnvironmentVariable", "CI_TOKEN"), ("As", "FEED_PASSWORD")));

    [Fact]
    public void AVariableMayBeAFileInTheBuilder() => Assert.Equal(
        new BuildSecret("feed", Variable("CI_TOKEN")) { Target = ContainerPath.Create("/root/.token") },
        Planned(("EnvironmentVariable", "CI_TOKEN"), ("TargetPath", "/root/.token")));

    [Fact]
    public void AFileHasAPlaceOfItsOwn() => Assert.Equal(
        new BuildSecret("feed", new SecretSource(SecretSourceKind.HostFile, "~/.token")) { Target = ContainerPath.Create("/run/secrets/feed"), Optional = true },
        Planned(("Path", "~/.token"), ("Optional", "true")));

    [Fact]
    public void AFileMayBeAVariableInTheBuilder() => Assert.Equal(
        new BuildSecret("feed", new SecretSource(SecretSourceKind.HostFile, "/home/me/token")) { As = "TOKEN" },
        Planned(("Path", "/home/me/token"), ("As", "TOKEN")));

    [Theory]
    [InlineData("../secrets/token", SecretSourceKind.HostFile, "../secrets/token")]
    [InlineData("/repo/appendix", SecretSourceKind.HostFile, "/repo/appendix")]
    [InlineData("token", SecretSourceKind.ContextFile, "token")]
    [InlineData("./a/../token", SecretSourceKind.ContextFile, "token")]
    [InlineData("../app/token", SecretSourceKind.ContextFile, "token")]
    [InlineData("/repo/app/token", SecretSourceKind.ContextFile, "token")]
    public void AFileBelowTheRootIsKnownByItsPlaceThere(string path, SecretSourceKind kind, string name) =>
        Assert.Equal(new SecretSource(kind, name), Planned(("Path", path)).Source);

    [Fact]
    public void AFileInTheContextIsMountedAtItsPlace()
    {
        var builder = SampleInputs.Valid.WithItem("ContainerSecret", "config", ("Path", "/repo/nuget.config"), ("InContext", "true")).Planned().Builders[0];

        Assert.Equal([new BuildSecret("config", new SecretSource(SecretSourceKind.ContextFile, "nuget.config")) { Target = ContainerPath.Create("/src/nuget.config") }], builder.Secrets);
        Assert.Equal("/src/app", builder.WorkingDirectory.Value);
    }

    [Fact]
    public void WhatIsASecretIsNoPartOfTheContextWhoeverElseNamesIt()
    {
        var plan = SampleInputs.Valid.WithItem("ContainerRestoreFile", "/repo/app/nuget.config").WithItem("ContainerSource", "/repo/app/token")
            .WithItem("ContainerSecret", "config", ("Path", "nuget.config"), ("InContext", "true")).WithItem("ContainerSecret", "token", ("Path", "/repo/app/token")).Planned();

        Assert.Equal(["./"], plan.Context.Include);
        Assert.Empty(plan.Builders[0].RestoreInputs);
        Assert.Equal(["./"], plan.Builders[0].Sources);
    }

    [Fact]
    public void TheSameSecretTwiceIsOne() => Assert.Equal(
        ["one"],
        SampleInputs.Valid.WithItem("ContainerSecret", "one", ("Path", "nuget.config"), ("InContext", "true")).WithItem("ContainerSecret", "two", ("Path", "/repo/app/nuget.config"), ("InContext", "true"))
            .Planned().Builders[0].Secrets.Select(secret => secret.Id));

    [Theory]
    [InlineData("host", SecretSourceKind.HostCertificates, "host")]
    [InlineData("HOST", SecretSourceKind.HostCertificates, "host")]
    [InlineData("/etc/company.pem", SecretSourceKind.HostFile, "/etc/company.pem")]
    [InlineData("company.pem", SecretSourceKind.ContextFile, "company.pem")]
    public void CertificatesAreNamed(string text, SecretSourceKind kind, string name) => Assert.Equal(
        new BuildSecret("containersdk-ca", new SecretSource(kind, name)) { Target = ContainerPath.Create("/run/secrets/containersdk-ca.pem") },
        SampleInputs.Valid.With("ContainerBuilderCaCertificates", text).Planned().Builders[0].Certificates);

    // They are public: a project may ship them as well.
    [Fact]
    public void CertificatesStayInTheContext()
    {
        var plan = SampleInputs.Valid.With("ContainerBuilderCaCertificates", "company.pem").WithItem("ContainerRestoreFile", "/repo/app/company.pem").Planned();
        Assert.Equal(["company.pem"], plan.Builders[0].RestoreInputs);
    }

    [Theory]
    [InlineData("says neither EnvironmentVariable nor Path; name the host's variable or file that holds it")]
    [InlineData("says both EnvironmentVariable and Path; keep one of them", "EnvironmentVariable", "A", "Path", "a")]
    [InlineData("has an EnvironmentVariable that is no variable's name; write the name itself, not $(…), which would be its value", "EnvironmentVariable", Value)]
    [InlineData("says InContext, but is no file; use Path, or remove InContext", "EnvironmentVariable", "A", "InContext", "true")]
    [InlineData("says InContext, but its Path starts at the home folder; give the file's place in the builder as TargetPath", "Path", "~/a", "InContext", "true")]
    [InlineData("says InContext, and TargetPath or As too; a file in the context is mounted at its own place; keep one of them", "Path", "a", "InContext", "true", "TargetPath", "/a")]
    [InlineData("says InContext, and TargetPath or As too; a file in the context is mounted at its own place; keep one of them", "Path", "a", "InContext", "true", "As", "A")]
    public void CSDK1030_ASecretThatCannotBeUsedSaysWhy(string problem, params string[] metadata) =>
        Assert.Equal($"error CSDK1030: ContainerSecret 'feed' {problem}", Inputs([.. metadata.Chunk(2).Select(pair => (pair[0], pair[1]))]).Said());

    [Theory]
    [InlineData("feed", "/x", "B", "Include", "feed")]
    [InlineData("two", "/run/a", "B", "TargetPath", "/run/a")]
    [InlineData("two", "/x", "A", "As", "A")]
    public void CSDK1030_TwoSecretsCannotShareAName(string id, string target, string name, string shared, string value) => Assert.Equal(
        $"error CSDK1030: ContainerSecret '{id}' has the same {shared} as another one, '{value}'; each needs its own",
        Inputs(("EnvironmentVariable", "ONE"), ("TargetPath", "/run/a"), ("As", "A"))
            .WithItem("ContainerSecret", id, ("EnvironmentVariable", "TWO"), ("TargetPath", target), ("As", name)).Said());

    [Fact]
    public void CSDK1031_AValueIsRefusedAndNotRepeated() => Assert.Equal(
        "error CSDK1031: ContainerSecret 'feed' has metadata Value; a secret is only named in a project: put the value in a variable or a file of the host, and name that with EnvironmentVariable or Path",
        Inputs(("EnvironmentVariable", "A"), ("Value", Value)).Said());

    [Theory]
    [InlineData("a b")]
    [InlineData("a,src=/etc/shadow")]
    [InlineData("containersdk-ca")]
    public void AnIdThatWouldEndItsMountFlagIsRefused(string id) => Assert.Equal(
        $"error CSDK1006: '{id}' is not a valid name for ContainerSecret; use letters, digits, '.', '_' and '-', and not containersdk-ca",
        SampleInputs.Valid.WithItem("ContainerSecret", id, ("EnvironmentVariable", "A")).Said());

    [Theory]
    [InlineData("As", "A B", "error CSDK1006: 'A B' is not a valid name for ContainerSecret 'feed' As; use letters, digits and '_', not starting with a digit")]
    [InlineData("Optional", "perhaps", "error CSDK1010: ContainerSecret 'feed' Optional is 'perhaps'; expected 'true' or 'false'")]
    [InlineData("TargetPath", "/a b", "error CSDK1008: '/a b' is not a valid container path in ContainerSecret; use an absolute Linux path without '..', quotes, '$' or '\\', for example /app")]
    [InlineData("TargetPath", "/a,readonly", "error CSDK1008: '/a,readonly' is not a valid container path in ContainerSecret; use an absolute Linux path without '..', quotes, '$' or '\\', for example /app")]
    public void OtherMetadataIsCheckedAsElsewhere(string name, string value, string expected) => Assert.Equal(expected, Inputs(("EnvironmentVariable", "A"), (name, value)).Said());

    [Fact]
    public void AFileInTheContextMustBeBelowItsRoot() => Assert.Equal(
        "error CSDK2001: ContainerSecret '/other/nuget.config' is outside the context root '/repo/'; move it inside, or set ContainerContextRoot to a folder that holds both",
        Inputs(("Path", "/other/nuget.config"), ("InContext", "true")).With("ContainerContextRoot", "/repo").Said().Split('\n')[0]);

    private static SecretSource Variable(string name) => new(SecretSourceKind.EnvironmentVariable, name);

    private static ContainerInputs Inputs(params ReadOnlySpan<(string Name, string Value)> metadata) => SampleInputs.Valid.WithItem("ContainerSecret", "feed", metadata);

    private static BuildSecret Planned(params ReadOnlySpan<(string Name, string Value)> metadata) => Inputs(metadata).Planned().Builders[0].Secrets.Single();
}
