using ContainerSdk.Inputs;
using ContainerSdk.Plan;
using Xunit;

namespace ContainerSdk.Core.Tests.Planning;

public sealed class AccountPlannerTests
{
    [Theory]
    [InlineData("mcr.microsoft.com/dotnet/aspnet:10.0", "app", "app")]
    [InlineData("mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled", "app:app", "app:app")]
    [InlineData("gcr.io/distroless/static-debian12", "nonroot", "nonroot")]
    [InlineData("alpine:3.22", "root", "root")]
    [InlineData("alpine:3.22", "1700", "1700")]
    [InlineData("alpine:3.22", "1700:1701", "1700:1701")]
    [InlineData("alpine:3.22", "1700:users", "1700:users")]
    [InlineData("scratch", null, "1654:1654")]
    public void NothingIsMadeOfNumbersAndOfWhatTheBaseImageIsKnownToHave(string image, string? user, string expected)
    {
        var runtime = Inputs(image, user).Planned().Runtime;
        Assert.Equal((expected, null), (runtime.User.ToString(), runtime.Account));
    }

    [Theory]
    [InlineData("alpine:3.22", "appuser", "appuser")]
    [InlineData("alpine:3.22", "app", "app")]
    [InlineData("scratch", "root", "root")]
    [InlineData("gcr.io/distroless/static-debian12", "app", "app")]
    public void AnyOtherNameIsAnAccountWithAGroupOfThatName(string image, string user, string group)
    {
        var runtime = Inputs(image, user).Planned().Runtime;
        Assert.Equal((user, new Account(user, group, null, null)), (runtime.User.ToString(), runtime.Account));
    }

    [Fact]
    public void ANamedGroupIsMadeToo() => Assert.Equal(new Account("app", "web", null, null), Inputs("mcr.microsoft.com/dotnet/aspnet:10.0", "app:web").Planned().Runtime.Account);

    // An orchestrator that wants to know that it is not root reads numbers only.
    [Theory]
    [InlineData("svc", "2000", null, "2000:2000", 2000u, 2000u)]
    [InlineData("svc:web", "2000", "3000", "2000:3000", 2000u, 3000u)]
    [InlineData("svc:3000", "2000", null, "2000:3000", 2000u, 3000u)]
    [InlineData("svc", null, "3000", "svc", null, 3000u)]
    public void NumbersThatAreGivenAreTheOnesOfUser(string user, string? userId, string? groupId, string expected, uint? madeUser, uint? madeGroup)
    {
        var runtime = With(Inputs("alpine:3.22", user), userId, groupId).Planned().Runtime;
        Assert.Equal((expected, new Account("svc", user.EndsWith(":web", StringComparison.Ordinal) ? "web" : "svc", madeUser, madeGroup)), (runtime.User.ToString(), runtime.Account));
    }

    [Theory]
    [InlineData(null, "2000", null, "2000:2000")]
    [InlineData(null, "2000", "3000", "2000:3000")]
    [InlineData(null, null, "3000", "1654:3000")]
    [InlineData("2000", null, "3000", "2000:3000")]
    public void NumbersAloneNeedNoAccount(string? user, string? userId, string? groupId, string expected)
    {
        var runtime = With(Inputs("scratch", user), userId, groupId).Planned().Runtime;
        Assert.Equal((expected, null), (runtime.User.ToString(), runtime.Account));
    }

    [Theory]
    [InlineData("1654", "2000", null, "error CSDK1015: ContainerUserId '2000' cannot be combined with ContainerUser '1654'; give a name, or one of the two numbers")]
    [InlineData("svc:1654", null, "3000", "error CSDK1015: ContainerGroupId '3000' cannot be combined with ContainerUser 'svc:1654'; give a name, or one of the two numbers")]
    [InlineData("svc", "4294967295", null, "error CSDK1032: ContainerUserId is '4294967295'; use a number from 0 to 4294967294")]
    [InlineData("svc", null, "web", "error CSDK1032: ContainerGroupId is 'web'; use a number from 0 to 4294967294")]
    public void ContradictionsAreSaid(string user, string? userId, string? groupId, string expected) => Assert.Equal(expected, With(Inputs("alpine:3.22", user), userId, groupId).Said());

    [Fact]
    public void WithoutAShellAnywhereNoAccountIsMade()
    {
        var inputs = Inputs("scratch", "svc").With("ContainerBuildMode", "Host").WithItem("ContainerHostLayer", "/repo/api/app.tar", ("TargetPath", "/app"));
        Assert.Contains(
            "error CSDK1016: ContainerUser is 'svc', but nothing can add that account to 'scratch': it has no shell, and ContainerBuildMode=Host has no builder stage; use numbers, for example <ContainerUser>1654</ContainerUser>",
            inputs.Said().Split('\n'));
    }

    [Theory]
    [InlineData("svc", "")]
    [InlineData("root:svc", "")]
    [InlineData("other", "error CSDK1029: Owner of ContainerVolume '/data' is 'other', but a scratch image has no /etc/passwd to look a name up in; use numbers, for example Owner=\"1654:1654\"")]
    public void OnScratchAnOwnerMayBeTheAccountThatIsMade(string owner, string said) =>
        Assert.Equal(said, Inputs("scratch", "svc").WithItem("ContainerVolume", "/data", ("Owner", owner)).Said());

    private static ContainerInputs Inputs(string image, string? user)
    {
        var inputs = SampleInputs.Valid.With("ContainerBaseImage", image);
        return user is null ? inputs : inputs.With("ContainerUser", user);
    }

    private static ContainerInputs With(ContainerInputs inputs, string? userId, string? groupId)
    {
        if (userId is not null) inputs = inputs.With("ContainerUserId", userId);
        return groupId is null ? inputs : inputs.With("ContainerGroupId", groupId);
    }
}
