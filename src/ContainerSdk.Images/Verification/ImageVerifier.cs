using System.Collections.Immutable;
using ContainerSdk.Diagnostics;
using ContainerSdk.Images.Inspection;
using ContainerSdk.Plan;

namespace ContainerSdk.Images.Verification;

/// <summary>
/// Whether a finished image does what its plan says: it starts, as the user that was asked for, with all that it needs and nothing that it should not have. Nothing is run.
/// </summary>
public static class ImageVerifier
{
    /// <summary>The rules that the image breaks, all at once.</summary>
    /// <param name="image">The image.</param>
    /// <param name="plan">What it was made of.</param>
    public static ImmutableArray<Diagnostic> Verify(InspectedImage image, BuildPlan plan)
    {
        if (plan.Verification.Level == VerificationLevel.None) return [];
        var findings = new Findings(plan.Verification.Exemptions);
        var facts = new ImageFacts(image, plan);
        var user = UserRules.Check(facts, findings);
        if (user is not null)
        {
            ProgramRules.Check(facts, user, findings);
            AccessRules.Check(facts, user, findings);
        }

        ContentRules.Check(facts, findings);
        ApplicationRules.Check(facts, findings);
        return findings.ToSorted();
    }
}
