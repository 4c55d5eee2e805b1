using ContainerSdk.Images;
using Xunit;

namespace ContainerSdk.Core.Tests.Images;

/// <summary>The rows of the .NET SDK's own tests of SOURCE_DATE_EPOCH, and of https://reproducible-builds.org/specs/source-date-epoch/.</summary>
public sealed class SourceDateTests
{
    [Theory]
    [InlineData("0", "1970-01-01T00:00:00Z")]
    [InlineData("1636374896", "2021-11-08T12:34:56Z")]
    [InlineData("0001636374896", "2021-11-08T12:34:56Z")]
    [InlineData("99999999999", "5138-11-16T09:46:39Z")]
    [InlineData("100000000000", "5138-11-16T09:46:40Z")]
    [InlineData("253402300799", "9999-12-31T23:59:59Z")]
    public void ReadsAWholeNumberOfSeconds(string text, string expected) => Assert.Equal(expected, SourceDate.Rfc3339(text));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" 1636374896")]
    [InlineData("1636374896 ")]
    [InlineData("1636374896\n")]
    [InlineData("yesterday")]
    [InlineData("1636374896.5")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("0x10")]
    [InlineData("1,636,374,896")]
    [InlineData("1_636")]
    [InlineData("１２３")]
    [InlineData("253402300800")]
    [InlineData("9223372036854775808")]
    [InlineData("99999999999999999999")]
    public void HasNoAnswerToAnythingElse(string text) => Assert.Null(SourceDate.Rfc3339(text));
}
