namespace Microsoft.Build.Framework;

/// <summary>
/// MSBuild reads this attribute by name and then runs the task in its own process even when it builds several projects at once.
/// The assembly that defines it is newer than the one the tasks are compiled against.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class MSBuildMultiThreadableTaskAttribute : Attribute;
