using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>A name in ContainerUser is an account of the image, on bases with a shell and without.</summary>
public sealed class AccountTests
{
    [DockerTheory]
    [InlineData("alpine:3.22", "svc", "1654:1654")]
    [InlineData("debian:bookworm-slim", "svc:web", "1654:1654")]
    [InlineData("mcr.microsoft.com/dotnet/runtime-deps:10.0", "svc", "1655:1655")]
    [InlineData("mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled", "svc", "1655:1655")]
    [InlineData("mcr.microsoft.com/dotnet/runtime-deps:10.0", "app", "1654:1654")]
    [InlineData("debian:bookworm-slim", "nobody", "65534:65534")]
    [InlineData("scratch", "svc", "1654:1654")]
    [InlineData("scratch", "svc", "2000:3000", "-p:ContainerUserId=2000", "-p:ContainerGroupId=3000")]
    public void TheProcessRunsUnderTheNamedAccount(string baseImage, string user, string ids, params string[] arguments)
    {
        using var workspace = new Workspace();
        var repository = "e2e/account-" + Guid.NewGuid().ToString("n");

        Publish(workspace, baseImage, user, repository, arguments).Expect();

        using (var container = new RunningContainer(repository)) Assert.Equal(ids, container.ProcessIds());
        Assert.Equal(arguments.Length > 0 ? ids : user, Docker.Run("image", "inspect", "--format", "{{.Config.User}}", repository).Trim());
        Assert.Contains($"{user.Split(':')[0]}:x:{ids}:", AccountsOf(workspace, repository), StringComparison.Ordinal);
        Docker.Run("rmi", repository);
        workspace.Passed = true;
    }

    [DockerTheory]
    [InlineData("app", "2000", "The base image has 'app' with the number 1654 in /etc/group, not 2000: use that number.")]
    [InlineData("svc", "1654", "The base image gives the number 1654 of 'svc' to 'app' in /etc/group: choose another.")]
    public void ANumberThatContradictsTheBaseImageIsSaid(string user, string userId, string reason)
    {
        using var workspace = new Workspace();

        var result = Publish(workspace, "mcr.microsoft.com/dotnet/runtime-deps:10.0", user, "e2e/account-wrong", $"-p:ContainerUserId={userId}").Expect(1);

        Assert.Equal(reason, result.LinesWith("error CSDK3006").Distinct().ElementAt(1).Split("CSDK3006:   ")[^1]);
        workspace.Passed = true;
    }

    private static CommandResult Publish(Workspace workspace, string baseImage, string user, string repository, params string[] arguments) => workspace.DotNet(
        workspace.CopySample("hello-go"), ["publish", "-t:PublishContainer", "-p:ContainerBaseImage=" + baseImage, "-p:ContainerUser=" + user, "-p:ContainerRepository=" + repository, .. arguments]);

    private static string AccountsOf(Workspace workspace, string image)
    {
        var container = Docker.Run("create", image).Trim();
        try
        {
            Docker.Run("cp", $"{container}:/etc/passwd", Path.Combine(workspace.Root, "passwd"));
            return workspace.Read("passwd");
        }
        finally
        {
            Docker.Run("rm", container);
        }
    }
}
