using System.Text.Json.Nodes;
using Xunit;

namespace ContainerSdk.Images.Tests.Verification;

/// <summary>What must be in an image, and what must not: for each rule an image that breaks it, and it alone.</summary>
public sealed class ImageContentRulesTests
{
    private const string Configuration = """{ "runtimeOptions": { "framework": { "name": "Microsoft.NETCore.App", "version": "10.0.2" } } }""";

    [Fact]
    public async Task CSDK5014_NoCertificates() => Assert.Equal(
        ["error CSDK5014: ContainerCaCertificates is true, and the image has no roots in '/etc/ssl/certs/ca-certificates.crt' or '/etc/pki/tls/certs/ca-bundle.crt'; use a ContainerBaseImage that lets the package ca-certificates be installed, or bring them with ContainerFile"],
        await new MadeImage { Verification = new() { NeedsCertificates = true } }.File("etc/ssl/certs/ca-certificates.crt", "").VerifyAsync());

    [Fact]
    public async Task CSDK5015_NoTimeZones() => Assert.Equal(
        ["error CSDK5015: ContainerTimeZoneData is true, and the image has no '/usr/share/zoneinfo/UTC'; use a ContainerBaseImage that lets the package tzdata be installed, or bring them with ContainerFile"],
        await new MadeImage { Verification = new() { NeedsTimeZones = true } }.VerifyAsync());

    [Theory]
    [InlineData(null, "none of that name")]
    [InlineData("9.0.7", "9.0.7 only")]
    [InlineData("10.0.1", "10.0.1 only")]
    [InlineData("11.0.0", "11.0.0 only")]
    public async Task CSDK5016_AFrameworkThatTheBaseDoesNotHave(string? installed, string found)
    {
        var image = new MadeImage().File("app/api.runtimeconfig.json", Configuration);
        if (installed is not null) image.File($"usr/share/dotnet/shared/Microsoft.NETCore.App/{installed}/System.Runtime.dll", "x");

        Assert.Equal([$"error CSDK5016: '/app/api.runtimeconfig.json' needs the framework Microsoft.NETCore.App 10.0.2, and the image has {found}; use a ContainerBaseImage that has it, or publish self-contained"], await image.VerifyAsync());
    }

    [Theory]
    [InlineData("10.0.2", null)]
    [InlineData("10.3.0", null)]
    [InlineData("12.0.0", "Major")]
    [InlineData("10.0.9", "LatestPatch")]
    public async Task CSDK5016_AFrameworkThatServesIsTaken(string installed, string? policy)
    {
        var configuration = JsonNode.Parse(Configuration)!;
        if (policy is not null) configuration["runtimeOptions"]!["rollForward"] = policy;

        Assert.Empty(await new MadeImage().File("app/api.runtimeconfig.json", configuration.ToJsonString()).File($"usr/share/dotnet/shared/Microsoft.NETCore.App/{installed}/System.Runtime.dll", "x").VerifyAsync());
    }

    [Fact]
    public async Task CSDK5017_ANativeLibraryWithoutOneOfItsOwn() => Assert.Equal(
        ["warning CSDK5017: '/app/libSkiaSharp.so' needs the library 'libfontconfig.so.1', which is not in the image, and loading it will fail; add the package that has it with ContainerPackage, or use a ContainerBaseImage that has it"],
        await new MadeImage().File("app/libSkiaSharp.so", TestElf.Library("libfontconfig.so.1")).File("app/runtimes/linux-x64/native/libother.so", TestElf.Library("libc.so.6")).VerifyAsync());

    [Theory]
    [InlineData("usr/bin/x86_64-linux-gnu-gcc-12", "a tool that compiles")]
    [InlineData("usr/local/go/bin/go", "a tool that compiles")]
    [InlineData("usr/share/dotnet/sdk/10.0.401/Roslyn/bincore/csc.dll", "a file of the .NET SDK")]
    public async Task CSDK5018_ACompiler(string path, string what) => Assert.Equal(
        [$"error CSDK5018: '/{path}' is {what}; leave it in the builder stage: copy only what was compiled, and install it with ContainerBuilderPackage"],
        await new MadeImage().File(path, TestElf.Program(null), 0x1ED).VerifyAsync());

    [Theory]
    [InlineData("app/Program.cs", "a source file")]
    [InlineData("app/.git/config", "a file of the repository's history")]
    [InlineData("root/.nuget/packages/a/1.0.0/a.dll", "a file of a package cache")]
    public async Task CSDK5019_WhatOnlyABuildNeeds(string path, string what) => Assert.Equal(
        [$"error CSDK5019: '/{path}' is {what}; name the files that the application reads in ContainerFile, and remove caches in the step that fills them"],
        await new MadeImage().File(path, "x").VerifyAsync());

    [Fact]
    public async Task CSDK5019_ALayerThatRemovesItDoesNotHelp() => Assert.Equal(
        ["error CSDK5019: '/app/Program.cs' and one other, though a later layer removes it, is a source file; name the files that the application reads in ContainerFile, and remove caches in the step that fills them"],
        await new MadeImage().File("app/Program.cs", "x").File("app/Startup.cs", "x").Layer().File("app/.wh.Program.cs", "").File("app/.wh.Startup.cs", "").VerifyAsync());

    [Fact]
    public async Task CSDK5020_Symbols()
    {
        var image = new MadeImage().File("app/Api.pdb", "x");

        Assert.Empty(await image.VerifyAsync());
        image.Verification = new() { IsStripped = true };
        Assert.Equal(["error CSDK5020: '/app/Api.pdb' holds symbols, and ContainerStripSymbols is true; leave the file out, or set ContainerStripSymbols to false"], await image.VerifyAsync());
    }

    public static TheoryData<string, string, string> SecretFiles => new()
    {
        { "app/tls.pem", Secrets.PrivateKey, "a private key" },
        { "app/appsettings.json", $"{{ \"Token\": \"{Secrets.GitHubToken}\" }}", "a GitHub token" },
        { "root/.ssh/id_ed25519", "x", "an SSH key" },
    };

    [Theory, MemberData(nameof(SecretFiles))]
    public async Task CSDK5021_ASecret(string path, string content, string what) => Assert.Equal(
        [$"error CSDK5021: '/{path}' holds {what}, and everybody who has the image has it; give it to the container when it starts, or to a build step with ContainerSecret, and replace it if the image has left this machine"],
        await new MadeImage().File(path, content).VerifyAsync());

    [Fact]
    public async Task CSDK5021_ASecretBelowALayerThatRemovesIt() => Assert.Equal(
        ["error CSDK5021: '/app/tls.pem' holds a private key, and everybody who has the image has it, though a later layer removes it; give it to the container when it starts, or to a build step with ContainerSecret, and replace it if the image has left this machine"],
        await new MadeImage().File("app/tls.pem", Secrets.PrivateKey).Layer().File("app/.wh.tls.pem", "").VerifyAsync());

    [Fact]
    public async Task CSDK5021_AKeyThatIsTornOffIsAnExample() =>
        Assert.Empty(await new MadeImage().File("app/README.md", $"-----BEGIN {"PRIVATE"} KEY-----\n...\n-----END {"PRIVATE"} KEY-----\n").VerifyAsync());

    [Fact]
    public async Task CSDK5022_AnImageLargerThanItMayBe() => Assert.Equal(
        ["error CSDK5022: The image has 0.3 MB of files, more than the 0.2 MB of ContainerMaxImageSize; the largest are '/app/model.bin' (0.3 MB), '/app/api' (344 bytes), '/app/libown.so' (319 bytes)"],
        await new MadeImage { Verification = new() { MaxSize = 200_000 } }.File("app/model.bin", new byte[300_000]).VerifyAsync());

    [Theory]
    [InlineData("/app/demo.key", "CSDK5021")]
    [InlineData("/app/*.key", null)]
    [InlineData("/app", "CSDK5021")]
    [InlineData("/**/demo.key", "CSDK5021")]
    public async Task WhatTheUserKnowsOfIsNotReported(string path, string? code) => Assert.Empty(await new MadeImage
    {
        Verification = new() { Exemptions = [new(path, code)] },
    }.File("app/demo.key", Secrets.PrivateKey).VerifyAsync());

    [Theory]
    [InlineData("/app/demo.key", "CSDK5011")]
    [InlineData("/app/*/demo.key", null)]
    [InlineData("/app/demo", null)]
    public async Task AnExemptionIsForItsPathAndRuleAlone(string path, string? code) => Assert.Single(await new MadeImage
    {
        Verification = new() { Exemptions = [new(path, code)] },
    }.File("app/demo.key", Secrets.PrivateKey).VerifyAsync());

    [Fact]
    public async Task NothingIsLookedForWhereNothingIsAsked() =>
        Assert.Empty(await new MadeImage { Verification = new() { Level = ContainerSdk.Plan.VerificationLevel.None } }.Without("app/api").VerifyAsync());

    // Each stops no correct application.
    [Fact]
    public async Task WhatOnlyLooksWrongIsTaken() => Assert.Empty(await new MadeImage()
        .File("app/runtimes/linux-musl-x64/native/libe_sqlite3.so", TestElf.Library("libc.so", "libm.so.6"))
        .File("app/runtimes/linux-bionic-x64/native/libother.so", TestElf.Library("libandroid.so"))
        .File("app/examples.json", "{ \"AccessKeyId\": \"AKIA" + "IOSFODNN7EXAMPLE\" }")
        .File("app/appsettings.Development.json", "AccountKey=Eby8vdM02x" + new string('A', 76) + "==")
        .File("app/node_modules/tls/test.key", Secrets.PrivateKey)
        .File("app/META-INF/maven/a/b/pom.xml", "<project/>")
        .File("opt/python-packages/ansible/a.cs", "x")
        .VerifyAsync());

    [Fact]
    public async Task TheEnvironmentRollsForwardToo()
    {
        var image = new MadeImage().File("app/api.runtimeconfig.json", Configuration).File("usr/share/dotnet/shared/Microsoft.NETCore.App/12.0.0/System.Runtime.dll", "x");
        image.Run["Env"] = new JsonArray("DOTNET_ROLL_FORWARD=Major");

        Assert.Empty(await image.VerifyAsync());
    }

    [Fact]
    public async Task ADotnetThatIsStartedLooksBesideItself()
    {
        var image = new MadeImage().File("app/api.dll", "x").File("app/api.runtimeconfig.json", Configuration)
            .File("opt/dotnet/dotnet", TestElf.Program(MadeImage.Loader), 0x1ED).File("opt/dotnet/shared/Microsoft.NETCore.App/10.0.2/System.Runtime.dll", "x").Link("usr/bin/dotnet", "/opt/dotnet/dotnet");
        image.Run["Entrypoint"] = new JsonArray("dotnet", "api.dll");

        Assert.Empty(await image.VerifyAsync());
    }

    // A line that could be read in many ways must not be tried in all of them.
    [Fact]
    public async Task ALongHeaderIsReadOnce() =>
        Assert.Empty(await new MadeImage().File("app/text", $"-----BEGIN {"PRIVATE"} KEY-----\n{string.Concat(Enumerable.Repeat("a: b ", 5000))}").VerifyAsync());
}
