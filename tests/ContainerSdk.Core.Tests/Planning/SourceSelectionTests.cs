using ContainerSdk.Planning;
using Xunit;

namespace ContainerSdk.Core.Tests.Planning;

public sealed class SourceSelectionTests
{
    [Fact]
    public void AFolderOfSourcesIsItself() => AssertSelected(Folder("/r/app/") with { Files = ["a", "b"] }, ["/r/app/"], []);

    [Fact]
    public void ASingleFileIsWrittenAsItsFolder() => AssertSelected(Folder("/r/app/") with { Files = ["a"] }, ["/r/app/"], []);

    [Fact]
    public void OutputsAreLeftOutWithoutBeingCounted() =>
        AssertSelected(Folder("/r/app/") with { Files = ["a"], Outputs = ["bin", "obj"] }, ["/r/app/"], ["/r/app/bin", "/r/app/obj"]);

    [Fact]
    public void OneStrangerAmongMoreFilesIsLeftOut() =>
        AssertSelected(Folder("/r/app/") with { Files = ["a", "b", "c"], Strangers = ["x"] }, ["/r/app/"], ["/r/app/x"]);

    [Fact]
    public void OneFileAmongStrangersIsNamed() =>
        AssertSelected(Folder("/r/app/") with { Files = ["a"], Strangers = ["x"], Outputs = ["bin"] }, ["/r/app/a"], []);

    [Fact]
    public void EachFolderIsDecidedByItself() => AssertSelected(
        Folder("/r/app/") with
        {
            Files = ["a"],
            Strangers = ["u", "v", "w"],
            Folders = [Folder("/r/app/all/") with { Files = ["a", "b"] }, Folder("/r/app/most/") with { Files = ["a", "b"], Strangers = ["x"] }, Folder("/r/app/one/") with { Files = ["a"], Strangers = ["x", "y"] }],
        },
        ["/r/app/a", "/r/app/all/", "/r/app/most/", "/r/app/one/a"],
        ["/r/app/most/x"]);

    [Fact]
    public void TheWholeFolderNamesTheStrangersOfAllFoldersInIt() => AssertSelected(
        Folder("/r/app/") with
        {
            Files = ["a", "b", "c"],
            Outputs = ["obj"],
            Folders = [Folder("/r/app/deep/") with { Files = ["d"], Strangers = ["x"], Folders = [Folder("/r/app/deep/er/") with { Files = ["e"], Strangers = ["y"] }] }],
        },
        ["/r/app/"],
        ["/r/app/obj", "/r/app/deep/x", "/r/app/deep/er/y"]);

    private static SourceFolder Folder(string path) => new() { Path = path };

    private static void AssertSelected(SourceFolder folder, string[] include, string[] exclude)
    {
        var selection = SourceSelection.Of(folder);
        Assert.Equal(include, selection.Include);
        Assert.Equal(exclude, selection.Exclude);
    }
}
