using System.Text.Json.Nodes;
using ContainerSdk.Plan;
using Xunit;

namespace ContainerSdk.Images.Tests.Verification;

/// <summary>For each rule an image that breaks it, and it alone.</summary>
public sealed class ImageVerifierTests
{
    private const string Glibc = "/lib64/ld-linux-x86-64.so.2";

    [Fact]
    public async Task ACleanImageBreaksNoRule() => Assert.Empty(await new MadeImage
    {
        Verification = new() { NeedsCertificates = true, NeedsTimeZones = true, IsStripped = true, MaxSize = 1_000_000 },
    }.File("etc/ssl/certs/ca-certificates.crt", "x").File("usr/share/zoneinfo/UTC", "x").VerifyAsync());

    [Fact]
    public async Task CSDK5001_AProgramThatIsNotThere() => Assert.Equal(
        ["error CSDK5001: ContainerEntrypoint starts './api', and the image has nothing at '/app/api'; correct the path, or bring the program into the image with ContainerFile or ContainerPackage"],
        await new MadeImage().Without("app/api").VerifyAsync());

    [Fact]
    public async Task CSDK5001_AHealthCheckWhoseProgramIsNotThere()
    {
        var image = new MadeImage();
        image.Run["Healthcheck"] = new JsonObject { ["Test"] = new JsonArray("CMD", "curl", "-f", "http://localhost:8080/") };
        image.Run["Env"] = new JsonArray("PATH=/usr/bin:/bin");

        Assert.Equal(["error CSDK5001: ContainerHealthCommand starts 'curl', and the image has no such program in /usr/bin:/bin; correct the path, or bring the program into the image with ContainerFile or ContainerPackage"], await image.VerifyAsync());
    }

    [Fact]
    public async Task CSDK5001_AnAssemblyThatIsNotThere()
    {
        var image = new MadeImage().File("usr/bin/dotnet", TestElf.Program(MadeImage.Loader), 0x1ED);
        image.Run["Entrypoint"] = new JsonArray("dotnet", "Api.dll");

        Assert.Equal(["error CSDK5001: ContainerEntrypoint starts 'Api.dll', and the image has nothing at '/app/Api.dll'; correct the path, or bring the program into the image with ContainerFile or ContainerPackage"], await image.VerifyAsync());
    }

    [Theory]
    [InlineData(0x1C0, "give it, and the folders above it, to everybody with a mode such as 0755, or to that user with Owner of ContainerFile", "0700")]
    [InlineData(0x1A4, "give it a mode that lets it run, such as 0755, with Mode of ContainerFile or 'chmod +x' in the step that makes it", "0644")]
    public async Task CSDK5002_AProgramThatTheUserCannotRun(int mode, string remedy, string shown) => Assert.Equal(
        [$"error CSDK5002: ContainerEntrypoint starts '/app/api', and user 1654:1654 cannot execute '/app/api' (mode {shown}, owner 0:0); {remedy}"],
        await new MadeImage().File("app/api", TestElf.Program(MadeImage.Loader), mode).VerifyAsync());

    [Fact]
    public async Task CSDK5002_AProgramInAFolderThatTheUserCannotEnter() => Assert.Equal(
        ["error CSDK5002: ContainerEntrypoint starts '/opt/own/api', and user 1654:1654 cannot enter '/opt/own' (mode 0700, owner 0:0); give it, and the folders above it, to everybody with a mode such as 0755, or to that user with Owner of ContainerFile"],
        await Starting("/opt/own/api", new MadeImage().Folder("opt/own", 0x1C0).File("opt/own/api", TestElf.Program(MadeImage.Loader), 0x1ED)).VerifyAsync());

    [Fact]
    public async Task CSDK5003_AProgramForAnotherMachine() => Assert.Equal(
        ["error CSDK5003: '/app/api' is a program for linux/arm64, and the image is for linux/amd64; compile it for linux/amd64, or set ContainerRuntimeIdentifier to the machine that it is for"],
        await new MadeImage().File("app/api", TestElf.Write(TestElf.Arm64, null, null), 0x1ED).VerifyAsync());

    [Fact]
    public async Task CSDK5004_ADynamicProgramOnMusl() => Assert.Equal(
        ["error CSDK5004: '/app/api' is linked dynamically and wants the loader '/lib64/ld-linux-x86-64.so.2', which base image docker.io/library/alpine:3.22 with musl does not have, so that it would end with 'no such file or directory'; link it statically (ContainerStaticLink), compile it for musl (for .NET ContainerRuntimeIdentifier linux-musl-x64), or use a ContainerBaseImage with glibc such as debian:bookworm-slim"],
        await new MadeImage().File("app/api", TestElf.Program(Glibc, "libc.so.6"), 0x1ED).VerifyAsync());

    [Fact]
    public async Task CSDK5004_ADynamicProgramOnScratch()
    {
        var image = new MadeImage().Without("lib/ld-musl-x86_64.so.1").Without("lib/libc.musl-x86_64.so.1").Without("app/libown.so").File("app/api", TestElf.Program(Glibc, "libc.so.6"), 0x1ED);
        image.Stage = image.Stage with { Image = null };

        Assert.Equal(
            ["error CSDK5004: '/app/api' is linked dynamically and wants the loader '/lib64/ld-linux-x86-64.so.2', which scratch does not have, so that it would end with 'no such file or directory'; link it statically (ContainerStaticLink), or use a ContainerBaseImage that has the loader, such as mcr.microsoft.com/dotnet/runtime-deps for .NET or debian:bookworm-slim"],
            await image.VerifyAsync());
    }

    [Fact]
    public async Task CSDK5005_ALibraryOfALibraryThatIsNotThere() => Assert.Equal(
        ["error CSDK5005: '/app/lib/libone.so' needs the library 'libtwo.so', which is not in the image; add the package that has it with ContainerPackage, use a ContainerBaseImage that has it, or link statically with ContainerStaticLink"],
        await new MadeImage().File("app/api", TestElf.Write(TestElf.Amd64, MadeImage.Loader, "$ORIGIN/lib", "libone.so"), 0x1ED).File("app/lib/libone.so", TestElf.Library("libtwo.so")).VerifyWithoutAsync("CSDK5017"));

    [Fact]
    public async Task CSDK5005_LibrariesAreFoundWhereTheLoaderLooks() => Assert.Empty(await new MadeImage()
        .File("etc/ld.so.conf.d/own.conf", "# ours\n/opt/lib\n").File("opt/lib/libone.so", TestElf.Library()).File("usr/lib/x86_64-linux-gnu/libtwo.so", TestElf.Library())
        .File("app/api", TestElf.Program(MadeImage.Loader, "libone.so", "libtwo.so"), 0x1ED).VerifyAsync());

    [Theory]
    [InlineData("#!/bin/bash\n", "/bin/bash", "base image docker.io/library/alpine:3.22 has no '/bin/bash'", "use a ContainerBaseImage that has it, or add its package with ContainerPackage")]
    [InlineData("#!/usr/bin/env python3\n", "/usr/bin/env python3", "base image docker.io/library/alpine:3.22 has no 'python3' in /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "use a ContainerBaseImage that has it, or add its package with ContainerPackage")]
    [InlineData("#!/bin/sh\r\necho\r\n", "/bin/sh\\r", "no program has a name that ends so", "save the script with the line ends of Linux (LF), for example with 'eol=lf' in .gitattributes")]
    public async Task CSDK5006_AScriptWithoutItsInterpreter(string text, string interpreter, string reason, string remedy) => Assert.Equal(
        [$"error CSDK5006: '/app/api' is a script that names '{interpreter}' in its first line, and {reason}; {remedy}"],
        await new MadeImage().File("usr/bin/env", TestElf.Program(MadeImage.Loader), 0x1ED).File("app/api", text, 0x1ED).VerifyAsync());

    [Theory]
    [InlineData("", "0")]
    [InlineData("0", "0")]
    [InlineData("toor", "toor")]
    public async Task CSDK5007_RootThatNobodyAskedFor(string user, string shown)
    {
        var image = new MadeImage().File("etc/passwd", "root:x:0:0::/:/bin/sh\ntoor:x:0:0::/:/bin/sh\n");
        image.Run["User"] = user;

        Assert.Equal([$"error CSDK5007: The image runs as '{shown}', which is root, and ContainerUser is '1654:1654'; take what makes it root out of the image, or set ContainerUser to root if that is what you want"], await image.VerifyAsync());
    }

    [Fact]
    public async Task CSDK5007_RootThatWasAskedForIsTaken()
    {
        var image = new MadeImage();
        image.Run["User"] = "root";
        image.Stage = image.Stage with { User = new ImageUser("root", null) };

        Assert.Empty(await image.VerifyAsync());
    }

    [Theory]
    [InlineData("nobody", "/etc/passwd", "nobody")]
    [InlineData("app:staff", "/etc/group", "staff")]
    public async Task CSDK5008_AUserThatTheImageDoesNotKnow(string user, string file, string name)
    {
        var image = new MadeImage();
        image.Run["User"] = user;

        Assert.Equal([$"error CSDK5008: The image runs as '{user}', and its {file} has no '{name}', so that no container starts; set ContainerUser to a number, or to a name that the image knows"], await image.VerifyAsync());
    }

    [Fact]
    public async Task CSDK5009_AWorkingDirectoryThatTheUserCannotEnter()
    {
        var image = Starting("/app/api", new MadeImage().Folder("work", 0x1C0));
        image.Run["WorkingDir"] = "/work";

        Assert.Equal(["error CSDK5009: ContainerWorkingDirectory is '/work', and user 1654:1654 cannot enter '/work' (mode 0700, owner 0:0); give the folder, and those above it, a mode such as 0755"], await image.VerifyAsync());
    }

    [Fact]
    public async Task CSDK5010_AVolumeThatTheUserCannotWriteTo() => Assert.Equal(
        ["error CSDK5010: ContainerVolume '/data' is for data of the application, and user 1654:1654 cannot write to '/data' (mode 0755, owner 0:0); give the folder to the user, with Owner of ContainerVolume or in the step that makes it"],
        await new MadeImage().Folder("data", 0x1ED).VerifyAsync());

    [Theory]
    [InlineData(0x1A4, 1654, " and one other")]
    [InlineData(0x1B6, 0, "")]
    public async Task CSDK5011_AnApplicationThatCanChangeItself(int mode, int owner, string others) => Assert.Equal(
        [$"error CSDK5011: User 1654:1654 can write to '/app/appsettings.json'{others}, so that whoever gets into the process can change what runs next; let the files belong to root without write access for others, or declare a ContainerVolume for data"],
        await new MadeImage().File("app/appsettings.json", "{}", mode, owner).Folder("app/wwwroot", 0x1ED, owner).VerifyAsync());

    [Fact]
    public async Task CSDK5011_WhatWasGivenToTheUserOnPurposeIsTaken()
    {
        var image = new MadeImage().Folder("app/data", 0x1ED, 1654).File("app/data/db", "x", 0x1A4, 1654);
        image.Stage = image.Stage with { Completion = [new RuntimeStep.Folder(ContainerPath.Create("/app/data"), ImageUser.Default)] };

        Assert.Empty(await image.VerifyAsync());
    }

    [Fact]
    public async Task CSDK5012_AProgramThatMakesItsCallerRoot() => Assert.Equal(
        ["error CSDK5012: '/usr/bin/sudo' has the mode 4755 and belongs to 0:0, so that whoever starts it becomes that user or group, and the base image has it not so; remove the bit in a ContainerRun ('chmod a-s'), or leave out the package that brings it"],
        await new MadeImage().File("usr/bin/sudo", "x", 0x9ED).VerifyAsync());

    [Fact]
    public async Task CSDK5013_APortOfRoots()
    {
        var image = new MadeImage();
        image.Stage = image.Stage with { Ports = [new Port(80, "tcp")] };

        Assert.Equal(["warning CSDK5013: ContainerPort 80/tcp is below 1024, and user 1654:1654 may listen there only where the engine allows it, as docker does and Kubernetes does not by default; use a port such as 8080, and map it from outside"], await image.VerifyAsync());
    }

    private static MadeImage Starting(string program, MadeImage image)
    {
        image.Run["Entrypoint"] = new JsonArray(program);
        return image;
    }
}
