namespace ContainerSdk.Images.Validation;

/// <summary>What is wrong with one part of an image. Beyond the first hundred they are counted only, as otherwise the part's author would decide on our memory.</summary>
/// <param name="part">What messages call it.</param>
internal sealed class Violations(string part)
{
    private const int MaxShown = 100;

    private readonly List<string> _shown = [];
    private int _more;

    /// <summary>All of them, in the order in which they were found.</summary>
    public IEnumerable<string> All => _more == 0 ? _shown : _shown.Append($"{part} has {_more} more violations");

    public void Add(string violation)
    {
        if (_shown.Count < MaxShown) _shown.Add(violation);
        else _more++;
    }
}
