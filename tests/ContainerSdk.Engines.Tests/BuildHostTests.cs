using ContainerSdk.Diagnostics;
using ContainerSdk.Images;
using ContainerSdk.Plan;
using Xunit;

namespace ContainerSdk.Engines.Tests;

public sealed class BuildHostTests
{
    private const string Certificate = "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n";

    [Fact]
    public void FindsVariablesAndFilesOfEveryKind()
    {
        using var folder = new TempFolder();
        foreach (var file in new[] { "home/token", "project/token", "context/nuget.config" }) Write(folder, file, "x");

        var (found, said) = Look(folder, [
            Secret("variable", SecretSourceKind.EnvironmentVariable, "FEED_PASSWORD"),
            Secret("home", SecretSourceKind.HostFile, "~/token"),
            Secret("project", SecretSourceKind.HostFile, "token"),
            Secret("absolute", SecretSourceKind.HostFile, folder["home/token"]),
            Secret("context", SecretSourceKind.ContextFile, "nuget.config")]);

        Assert.Equal("", said);
        Assert.Equal(
            [
                new HostSecret("variable", HostSecretKind.Variable, "FEED_PASSWORD"),
                new HostSecret("home", HostSecretKind.File, folder["home/token"]),
                new HostSecret("project", HostSecretKind.File, folder["project/token"]),
                new HostSecret("absolute", HostSecretKind.File, folder["home/token"]),
                new HostSecret("context", HostSecretKind.File, folder["context/nuget.config"]),
            ],
            found);
    }

    [Fact]
    public void CSDK3009_WhatIsMissingIsReportedAllAtOnce()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["home/dir"]);
        Write(folder, "home/large", new string('x', (500 * 1024) + 1));

        var (found, said) = Look(folder, [
            Secret("unset", SecretSourceKind.EnvironmentVariable, "UNSET"),
            Secret("empty", SecretSourceKind.EnvironmentVariable, "EMPTY"),
            Secret("missing", SecretSourceKind.HostFile, "~/missing"),
            Secret("folder", SecretSourceKind.HostFile, "~/dir"),
            Secret("large", SecretSourceKind.HostFile, "~/large")]);

        Assert.Empty(found);
        Assert.Equal(
            string.Join('\n', new[]
            {
                ("unset", "the environment variable 'UNSET' is not set, or empty"), ("empty", "the environment variable 'EMPTY' is not set, or empty"),
                ("missing", $"the file '{folder["home/missing"]}' does not exist"), ("folder", $"'{folder["home/dir"]}' is a folder"),
                ("large", $"the file '{folder["home/large"]}' is larger than 500 KiB, which is the most that engines take"),
            }.Select(row => $"error CSDK3009: ContainerSecret '{row.Item1}' cannot be passed on, because {row.Item2}; see to it where the publish runs, or add Optional=\"true\" if the build can do without")),
            said);
    }

    [Fact]
    public void AnOptionalSecretMayBeMissing()
    {
        using var folder = new TempFolder();

        var (found, said) = Look(folder, [
            Secret("unset", SecretSourceKind.EnvironmentVariable, "UNSET") with { Optional = true },
            Secret("missing", SecretSourceKind.HostFile, "~/missing") with { Optional = true },
            Secret("set", SecretSourceKind.EnvironmentVariable, "FEED_PASSWORD") with { Optional = true }]);

        Assert.Equal("", said);
        Assert.Equal([new HostSecret("set", HostSecretKind.Variable, "FEED_PASSWORD")], found);
    }

    [Theory]
    [InlineData(SecretSourceKind.HostFile, "~/ca.pem", "home/ca.pem")]
    [InlineData(SecretSourceKind.ContextFile, "ca.pem", "context/ca.pem")]
    [InlineData(SecretSourceKind.HostCertificates, "host", "bundle.pem")]
    public void FindsCertificates(SecretSourceKind kind, string name, string file)
    {
        using var folder = new TempFolder();
        Write(folder, file, Certificate);

        var (found, said) = Look(folder, [], Secret("ca", kind, name), ("SSL_CERT_FILE", folder["bundle.pem"]));

        Assert.Equal("", said);
        Assert.Equal([new HostSecret("ca", HostSecretKind.File, folder[file])], found);
    }

    [Theory]
    [InlineData(null, "the file '{file}' does not exist")]
    [InlineData("\u0030\u0082", "the file '{file}' holds no certificate in PEM form")]
    public void CSDK3010_CertificatesThatCannotBeUsedAreReported(string? content, string problem)
    {
        using var folder = new TempFolder();
        if (content is not null) Write(folder, "home/ca", content);

        var (found, said) = Look(folder, [], Secret("ca", SecretSourceKind.HostFile, "~/ca"));

        Assert.Empty(found);
        Assert.Equal(
            $"error CSDK3010: ContainerBuilderCaCertificates is '~/ca', but {problem.Replace("{file}", folder["home/ca"], StringComparison.Ordinal)}; name a PEM file of this machine, or 'host' for the certificates that it trusts itself",
            said);
    }

    [Fact]
    public void NamesTheProxiesThatAreSet()
    {
        var environment = new Dictionary<string, string> { ["HTTP_PROXY"] = "http://proxy:3128", ["https_proxy"] = "http://proxy:3128", ["NO_PROXY"] = "", ["RSYNC_PROXY"] = "proxy", ["all_proxy"] = "socks5://proxy" };
        Assert.Equal(["HTTP_PROXY", "https_proxy", "all_proxy"], new BuildHost(environment, "/home", "/project", "/context").Proxies);
    }

    [Fact]
    public void ThisMachineIsItsOwnEnvironment()
    {
        var host = BuildHost.Current("/project", "/context");
        var plan = Plan(Requests.Plain.Plan.Builders[0] with { Secrets = [Secret("path", SecretSourceKind.EnvironmentVariable, "PATH")] });
        Assert.Equal([new HostSecret("path", HostSecretKind.Variable, "PATH")], host.Secrets(plan, new DiagnosticBag()));
    }

    private static (HostSecret[] Found, string Said) Look(TempFolder folder, BuildSecret[] secrets, BuildSecret? certificates = null, params IEnumerable<(string Name, string Value)> variables)
    {
        var environment = variables.Concat([("FEED_PASSWORD", "x"), ("EMPTY", "")]).ToDictionary(pair => pair.Item1, pair => pair.Item2);
        var diagnostics = new DiagnosticBag();
        var found = new BuildHost(environment, folder["home"], folder["project"], folder["context"])
            .Secrets(Plan(Requests.Plain.Plan.Builders[0] with { Secrets = [.. secrets], Certificates = certificates }), diagnostics);
        return ([.. found], string.Join('\n', diagnostics.ToSorted()));
    }

    private static BuildPlan Plan(BuilderStage builder) => Requests.Plain.Plan with { Builders = [builder] };

    private static BuildSecret Secret(string id, SecretSourceKind kind, string name) => new(id, new SecretSource(kind, name)) { Target = ContainerPath.Create("/x") };

    private static void Write(TempFolder folder, string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[path])!);
        File.WriteAllText(folder[path], text);
    }
}
