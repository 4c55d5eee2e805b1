namespace ContainerSdk.Plan;

/// <summary>An account that the image has, whether its base brings it or not. Where the base has it already it is left as it is, and its numbers must be those asked for.</summary>
/// <param name="User">The user's name.</param>
/// <param name="Group">The name of the user's group.</param>
/// <param name="UserId">The user's number; null is the base's own, or else the first free one from 1654 on.</param>
/// <param name="GroupId">The group's number; null likewise.</param>
public sealed record Account(string User, string Group, uint? UserId, uint? GroupId);
