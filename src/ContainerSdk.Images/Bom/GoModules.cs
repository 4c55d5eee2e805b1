using System.Collections.Immutable;

namespace ContainerSdk.Images.Bom;

/// <summary>What a Go program is made of (https://pkg.go.dev/runtime/debug#BuildInfo).</summary>
/// <param name="GoVersion">The toolchain's version, for example <c>go1.25.1</c>.</param>
/// <param name="Package">The package of its <c>main</c>; null if it is not said.</param>
/// <param name="Main">The module that the package is in; null if it is not said.</param>
/// <param name="Dependencies">The modules that parts of are in the program, in its order.</param>
/// <param name="Settings">How it was built, for example <c>CGO_ENABLED=0</c>.</param>
public sealed record GoModules(string GoVersion, string? Package, GoModule? Main, ImmutableArray<GoModule> Dependencies, ImmutableArray<string> Settings)
{
    /// <summary>Reads what <see cref="Elf.GoBuildInfo"/> found; lines of no known form are left out.</summary>
    public static GoModules Parse(string text)
    {
        var lines = text.Split('\n');
        var (package, main) = ((string?)null, (GoModule?)null);
        var (dependencies, settings) = (ImmutableArray.CreateBuilder<GoModule>(), ImmutableArray.CreateBuilder<string>());
        foreach (var fields in lines.Skip(1).Select(line => line.TrimEnd('\r').Split('\t')))
        {
            switch (fields)
            {
                case ["path", var path, ..]:
                    package = path;
                    break;
                case ["mod", { Length: > 0 } path, ..]:
                    main = Module(path, fields);
                    break;
                case ["dep", { Length: > 0 } path, ..]:
                    dependencies.Add(Module(path, fields));
                    break;
                // It stands for the module above it.
                case ["=>", { Length: > 0 } path, ..] when dependencies.Count > 0:
                    dependencies[^1] = dependencies[^1] with { Replacement = Module(path, fields) };
                    break;
                case ["=>", { Length: > 0 } path, ..] when main is not null:
                    main = main with { Replacement = Module(path, fields) };
                    break;
                case ["build", { Length: > 0 } setting, ..]:
                    settings.Add(setting);
                    break;
            }
        }

        return new GoModules(lines[0].TrimEnd('\r'), package, main, dependencies.ToImmutable(), settings.ToImmutable());
    }

    // What was built from files on a disk has a version that says so, or none.
    private static GoModule Module(string path, string[] fields)
    {
        var version = fields.ElementAtOrDefault(2) is { Length: > 0 } said && said != "(devel)" ? said : null;
        return new GoModule(path, version, fields.ElementAtOrDefault(3) is { Length: > 0 } sum ? sum : null);
    }
}

/// <summary>A module of Go.</summary>
/// <param name="Path">Its path, for example <c>golang.org/x/net</c>; of a replacement also a folder.</param>
/// <param name="Version">For example <c>v0.44.0</c>; null of what was built from files.</param>
/// <param name="Sum">The line of <c>go.sum</c>, for example <c>h1:…</c>; null if it is not known.</param>
public sealed record GoModule(string Path, string? Version, string? Sum)
{
    /// <summary>What was built in its stead; null if it was built itself.</summary>
    public GoModule? Replacement { get; init; }
}
