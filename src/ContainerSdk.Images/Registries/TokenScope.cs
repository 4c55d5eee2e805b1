using System.Collections.Immutable;

namespace ContainerSdk.Images.Registries;

/// <summary>What a token allows (https://distribution.github.io/distribution/spec/auth/scope/): one entry <c>type:name:action,action</c> for each resource.</summary>
internal sealed record TokenScope(string Text)
{
    /// <summary>To read from a repository.</summary>
    public static TokenScope Pull(string repository) => new($"repository:{repository}:pull");

    /// <summary>To read from a repository and write to it.</summary>
    public static TokenScope Push(string repository) => new($"repository:{repository}:pull,push");

    /// <summary>To write to a repository what another one has.</summary>
    public static TokenScope Mount(string repository, string from) => new($"{Push(repository).Text} {Pull(from).Text}");

    /// <summary>The entries; each is a parameter of its own.</summary>
    public ImmutableArray<string> Entries => [.. Text.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>What both allow, each resource once.</summary>
    public TokenScope With(TokenScope other)
    {
        var resources = new List<(string Resource, List<string> Actions)>();
        foreach (var entry in Entries.Concat(other.Entries))
        {
            var end = entry.LastIndexOf(':') + 1;
            var resource = entry[..end];
            var known = resources.FirstOrDefault(known => known.Resource == resource);
            if (known.Actions is null) resources.Add(known = (resource, []));
            known.Actions.AddRange(entry[end..].Split(',').Except(known.Actions).ToArray());
        }

        return new TokenScope(string.Join(' ', resources.Select(entry => entry.Resource + string.Join(',', entry.Actions))));
    }
}
