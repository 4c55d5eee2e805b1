using ContainerSdk.Engines.Receipts;
using Xunit;

namespace ContainerSdk.Engines.Tests.Receipts;

public sealed class ReceiptTests
{
    private const string Text = """
        {
          "schemaVersion": 1,
          "inputs": "sha256:11",
          "dialect": "Portable",
          "image": "sha256:22",
          "names": [
            "localhost:5000/api:1"
          ],
          "pushes": [
            {
              "name": "localhost:5000/api:1",
              "digest": "sha256:33"
            }
          ],
          "archive": {
            "path": "/out/<api>.tar",
            "hash": "sha256:44"
          }
        }

        """;

    [Fact]
    public void IsOneStableText() => Assert.Equal(Text, new Receipt
    {
        Inputs = "sha256:11",
        Dialect = "Portable",
        Image = "sha256:22",
        Names = ["localhost:5000/api:1"],
        Pushes = [new Push("localhost:5000/api:1", "sha256:33")],
        Archive = new SavedArchive("/out/<api>.tar", "sha256:44"),
    }.ToJson());

    [Fact]
    public void ReadsAsItWasWritten() => Assert.Equal(Text, Receipt.FromJson(Text)?.ToJson());

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{ \"schemaVersion\": 1 }")]
    [InlineData("not JSON")]
    public void AnotherTextIsNoReceipt(string text) => Assert.Null(Receipt.FromJson(text));

    [Fact]
    public void AReceiptOfAnotherVersionIsNone() => Assert.Null(Receipt.FromJson(Text.Replace("\"schemaVersion\": 1", "\"schemaVersion\": 2", StringComparison.Ordinal)));
}
