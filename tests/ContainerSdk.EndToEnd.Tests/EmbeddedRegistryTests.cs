using ContainerSdk.EndToEnd.Tests.Feeds;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>ContainerEngine=embedded: registries with and without logins and TLS, and skopeo, which reads back what they got.</summary>
public sealed class EmbeddedRegistryTests
{
    // A trusted authority is one in the bundle that SSL_CERT_FILE names, for .NET on Linux and for skopeo.
    [InteropFact]
    public void SkopeoGetsFromEachRegistryWhatWasPushed()
    {
        using var workspace = new Workspace();
        var project = new ScratchProject(workspace);
        var (user, password) = Registry.Login;
        var withLogin = With(Registry.LoginAs("DOTNET_CONTAINER_PUSH_REGISTRY"), Trusting(workspace));
        (string Registry, Dictionary<string, string> Environment, string[] Options)[] registries =
        [
            (Registry.Open, WithoutLogin(workspace), ["--tls-verify=false", "--no-creds"]),
            (Registry.Locked, withLogin, ["--tls-verify=false", "--creds", $"{user}:{password}"]),
            (Registry.Tls, withLogin, ["--tls-verify=true", "--creds", $"{user}:{password}"]),
        ];

        foreach (var (registry, environment, options) in registries)
        {
            var digest = project.PublishedDigest(environment, $"-p:ContainerRegistry={registry}", "-p:ContainerRepository=e2e/read-back", "-p:ContainerImageTag=1.0");

            string Inspect(params ReadOnlySpan<string> more) => CommandLine.Run(workspace.Root, environment, "skopeo", ["inspect", .. options, .. more, $"docker://{registry}/e2e/read-back:1.0"]).Expect().Output;
            Assert.Equal(digest, Inspect("--format", "{{.Digest}}"));
            Assert.Equal(project.Manifest, Inspect("--raw"));
            Assert.Equal(project.Configuration, Inspect("--raw", "--config"));
        }

        workspace.Passed = true;
    }

    [InteropFact]
    public void CSDK4005_AnAuthorityThatThisMachineDoesNotTrustIsRefusedAndThePublishAfterwardsOnlyPushes()
    {
        using var workspace = new Workspace();
        var project = new ScratchProject(workspace);
        string[] arguments = [$"-p:ContainerRegistry={Registry.Tls}", "-p:ContainerRepository=e2e/tls"];
        var login = Registry.LoginAs("DOTNET_CONTAINER_PUSH_REGISTRY");

        var untrusted = project.Publish(login, arguments).Expect(1);
        var withoutLogin = project.Publish(With(WithoutLogin(workspace), Trusting(workspace)), arguments).Expect(1);
        var pushed = project.Publish(With(login, Trusting(workspace)), [.. arguments, "-v:normal"]).Expect();

        Assert.Equal(
            [
                $"{project.File} : error CSDK4005: This machine refuses the TLS of ContainerRegistry '{Registry.Tls}' to push 'e2e/tls:latest' (The remote certificate is invalid because of errors in the certificate chain: PartialChain); add the authority that signed the registry's certificate to those that this machine trusts (on Linux also by SSL_CERT_FILE), or, if it speaks plain HTTP, name it in DOTNET_CONTAINER_INSECURE_REGISTRIES",
                $"{project.File} : error CSDK4005:   The image is finished; publishing again only pushes it.",
            ],
            untrusted.LinesWith("error"));
        Assert.Equal(
            [
                $"{project.File} : error CSDK4001: ContainerRegistry '{Registry.Tls}' does not take 'e2e/tls:latest' without a valid login (unauthorized: authentication required (401)); run 'docker login {Registry.Tls}', or set the environment variables DOTNET_CONTAINER_PUSH_REGISTRY_UNAME and DOTNET_CONTAINER_PUSH_REGISTRY_PWORD",
                $"{project.File} : error CSDK4001:   The image is finished; publishing again only pushes it.",
            ],
            withoutLogin.LinesWith("error"));
        Assert.All([untrusted, withoutLogin], result => Assert.DoesNotContain("   at ", result.Output, StringComparison.Ordinal));
        Assert.Empty(pushed.LinesWith("[base]"));
        Assert.Equal([$"Pushed image 'e2e/tls:latest' to registry '{Registry.Tls}'."], pushed.LinesWith("Pushed image"));
        workspace.Passed = true;
    }

    [InteropFact]
    public async Task CSDK4010_ABaseImageComesFromATrustedRegistryOnly()
    {
        using var workspace = new Workspace();
        var project = new ScratchProject(workspace);
        var image = $"{Registry.Tls}/e2e/tls-base:1.0";
        project.Publish(With(Registry.LoginAs("DOTNET_CONTAINER_PUSH_REGISTRY"), Trusting(workspace)), $"-p:ContainerRegistry={Registry.Tls}", "-p:ContainerRepository=e2e/tls-base", "-p:ContainerImageTag=1.0").Expect();
        string[] onBase = [$"-p:ContainerBaseImage={image}", "-p:ContainerRepository=e2e/on-tls-base"];
        var login = Registry.LoginAs("DOTNET_CONTAINER_PULL_REGISTRY");
        // What was pushed is in the cache of this user, and need not be fetched.
        login["XDG_CACHE_HOME"] = Path.Combine(workspace.Root, "cache");

        var untrusted = project.Publish(login, onBase).Expect(1);
        project.Publish(With(login, Trusting(workspace)), onBase).Expect();

        Assert.Equal(
            [
                $"{project.File} : error CSDK4010: '{image}' cannot be fetched from its registry: The remote certificate is invalid because of errors in the certificate chain: PartialChain; check ContainerBaseImage, and the network and proxy of this machine, or name a mirror that it reaches",
                $"{project.File} : error CSDK4010:   Add the authority that signed the registry's certificate to those that this machine trusts (on Linux also by SSL_CERT_FILE), or, if it speaks plain HTTP, name it in DOTNET_CONTAINER_INSECURE_REGISTRIES.",
            ],
            untrusted.LinesWith("error"));
        using (var container = new RunningContainer("e2e/on-tls-base")) Assert.Equal("Hello from a container\n", await container.GetAsync("/"));
        Docker.Run("rmi", "e2e/on-tls-base");
        workspace.Passed = true;
    }

    private static Dictionary<string, string> WithoutLogin(Workspace workspace) => new() { ["DOCKER_CONFIG"] = workspace.Root };

    private static Dictionary<string, string> Trusting(Workspace workspace) =>
        new() { ["SSL_CERT_FILE"] = workspace.Write("bundle.pem", TestCertificates.HostBundle() + File.ReadAllText(Registry.TlsAuthority)) };

    private static Dictionary<string, string> With(Dictionary<string, string> one, Dictionary<string, string> other) => one.Concat(other).ToDictionary();
}
