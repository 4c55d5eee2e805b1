namespace ContainerSdk.Planning;

/// <summary>Checks the switches of the generated labels. The labels themselves come as items, made where MSBuild's properties are.</summary>
internal static class LabelSwitches
{
    private static readonly string[] Names =
    [
        "", "ImageCreated", "ImageDescription", "ImageAuthors", "ImageUrl", "ImageDocumentation", "ImageVersion", "ImageVendor", "ImageLicenses", "ImageTitle", "ImageBaseName",
        "ImageBaseDigest", "ImageSource", "ImageRevision", "DotnetToolset",
    ];

    public static void Read(InputReader reader)
    {
        foreach (var name in Names) reader.Boolean("ContainerGenerateLabels" + name, true);
    }
}
