using System.Text.RegularExpressions;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>One project shape, published in one way: what was generated for it, and what its image does.</summary>
internal sealed partial class ShapeCell : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly string _image;

    /// <summary>Writes the project with <paramref name="properties"/> (<c>Name=Value</c>, blanks between them) and publishes it as <c>shape-<paramref name="project"/>:<paramref name="shape"/></c>.</summary>
    public ShapeCell(string project, string shape, Action<Workspace, string> write, string properties)
    {
        _image = $"shape-{project}:{shape}";
        write(_workspace, string.Concat(properties.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(property => property.Split('=')).Select(pair => $"<{pair[0]}>{pair[1]}</{pair[0]}>")));
        string[] strict = shape.Contains("warns", StringComparison.Ordinal) ? [] : ["-warnaserror"];
        _workspace.DotNet(project, ["publish", "--no-restore", .. strict, $"-p:ContainerRepository=shape-{project}", $"-p:ContainerImageTag={shape}"]).Expect();
    }

    /// <summary>The whole FROM lines, the ENTRYPOINT, and the layers' names, each in order.</summary>
    public void AssertGenerated(string builder, string runtime, string entrypoint, string layers)
    {
        var text = File.ReadAllText(Directory.EnumerateFiles(_workspace.Root, "Dockerfile", SearchOption.AllDirectories).Single());
        Assert.Equal(builder.Length == 0 ? [$"FROM {runtime} AS runtime"] : [$"FROM {builder} AS build", $"FROM {runtime} AS runtime"], text.Split('\n').Where(line => line.StartsWith("FROM ", StringComparison.Ordinal)));
        Assert.Equal(layers.Split(' '), Layer().Matches(text).Select(match => match.Groups[1].Value));
        Assert.Equal(
            $"""["{entrypoint.Replace(" ", "\",\"", StringComparison.Ordinal)}"] null 1654:1654 /app""",
            Docker.Run("image", "inspect", "--format", "{{json .Config.Entrypoint}} {{json .Config.Cmd}} {{.Config.User}} {{.Config.WorkingDir}}", _image).Trim());
    }

    /// <summary>A container of the image, whose files hold no symbols.</summary>
    public RunningContainer Run()
    {
        var container = new RunningContainer(_image);
        Assert.DoesNotContain(container.Files("/app"), file => Path.GetExtension(file) is ".pdb" or ".dbg");
        return container;
    }

    /// <summary>The files of each layer of the application, by the layer's name.</summary>
    public Dictionary<string, string[]> Files(string layers)
    {
        // The last layer is WORKDIR's, and empty.
        var names = layers.Split(' ');
        return ImageContent.Of(_image).Layers.SkipLast(1).TakeLast(names.Length).Zip(names)
            .ToDictionary(pair => pair.Second, pair => pair.First.Select(entry => entry.Split(' ', 3)[2]).Where(path => !path.EndsWith('/')).Order(StringComparer.Ordinal).ToArray());
    }

    /// <summary>To be called as a test's last act.</summary>
    public void Pass() => _workspace.Passed = true;

    public void Dispose() => _workspace.Dispose();

    [GeneratedRegex("""^(?:COPY --from=build --chown=0:0 \["/out/|ADD --chown=0:0 \[".*/container/layers/)([a-z]+)(?:/|\.tar)", "/"\]$""", RegexOptions.Multiline)]
    private static partial Regex Layer();
}
