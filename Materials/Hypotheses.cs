namespace FvSolver.Materials;

/// <summary>Hypotheses about Fig. 4 that no thermodynamics supports; off by default and named wherever they are used.</summary>
public sealed record Hypotheses
{
    /// <summary>Hypothesis: an irreversible Heyrovsky step driven by the field in the compact layer.</summary>
    [Quantity("spot_heyrovsky", "1", Kind.Estimate, "hypothesis for onen2022 Fig. 4 ('energetic protons'); off")]
    public bool SpotHeyrovsky { get; init; }

    /// <summary>Rate k_spot of the irreversible step [1/s].</summary>
    [Quantity("k_spot", "1/s", Kind.Calibrated, "hypothesis; with n_crit, onset between 30 and 50 ns (onen2022 Fig. 4)", Min = 0)]
    public double SpotRate { get; init; } = 1;

    /// <summary>Field in the compact layer at which the irreversible step starts [V/m].</summary>
    [Quantity("E_on", "V/m", Kind.Calibrated, "hypothesis; zero without field, safe at 5 ns (onen2022 Fig. 4)", Min = 0, ExclusiveMin = true)]
    public double SpotOnsetField { get; init; } = 0.5e9;

    /// <summary>Hypothesis: stress under the bubbles speeds up the transfer of protons.</summary>
    [Quantity("stress_feedback", "1", Kind.Estimate, "hypothesis for the cascade of onen2022 Fig. 4; off")]
    public bool StressFeedback { get; init; }

    /// <summary>Strength chi of the stress feedback.</summary>
    [Quantity("chi_s", "1", Kind.Calibrated, "hypothesis; the step grows threefold in onen2022 Fig. 4", Min = 0)]
    public double FeedbackStrength { get; init; } = 1;

    /// <summary>Bubble density at which the feedback doubles the transfer at chi = 1 [m^-2].</summary>
    [Quantity("n_ref", "m^-2", Kind.Estimate, "hypothesis; unit of the feedback", Min = 0, ExclusiveMin = true)]
    public double FeedbackReference { get; init; } = 1e16;
}
