namespace ContainerSdk.Core.Tests.Lint;

/// <summary>A linter's rule: its name there, whether a document breaks it, and a Dockerfile that does.</summary>
internal sealed record LintRule(string Name, Func<LintDocument, bool> IsBrokenBy, string Bad);
