namespace FvSolver.Materials;

/// <summary>Hypotheses that no thermodynamics supports, named wherever they are used.</summary>
public sealed record Hypotheses
{
    /// <summary>Hypothesis: voltage V_cell between the gate and the cell's own scale [V]; 0 closes the cell.</summary>
    [Quantity("V_cell", "V", Kind.Calibrated, "hypothesis of unknown origin: equal and opposite steps at +10 V and -8.5 V (onen2022 Fig. 2A)")]
    public double CellOffset { get; init; } = 1.0478;

    /// <summary>Hypothesis: an irreversible Heyrovsky step driven by the field in the compact layer.</summary>
    [Quantity("spot_heyrovsky", "1", Kind.Estimate, "hypothesis for onen2022 Fig. 4 ('energetic protons'); off")]
    public bool SpotHeyrovsky { get; init; }

    /// <summary>Rate k_spot of the irreversible step [1/s]; what it makes is in proportion to it, and n_crit is calibrated on top of it.</summary>
    [Quantity("k_spot", "1/s", Kind.Calibrated, "hypothesis; case fig4a: up to 100 ns it takes so few protons that the step still grows along a train, and so many that it hardly grows without the feedback", Min = 0)]
    public double SpotRate { get; init; } = 24;

    /// <summary>Field in the compact layer at which the irreversible step starts [V/m].</summary>
    [Quantity("E_on", "V/m", Kind.Calibrated, "hypothesis; zero without field, safe at 5 ns (onen2022 Fig. 4)", Min = 0, ExclusiveMin = true)]
    public double SpotOnsetField { get; init; } = 0.5e9;

    /// <summary>Hypothesis: stress under the bubbles speeds up the transfer of protons.</summary>
    [Quantity("stress_feedback", "1", Kind.Estimate, "hypothesis for the cascade of onen2022 Fig. 4; off")]
    public bool StressFeedback { get; init; }

    /// <summary>Strength chi of the stress feedback.</summary>
    [Quantity("chi_s", "1", Kind.Estimate, "hypothesis; case fig4a: without a cascade, since bubbles that obey the second law hold too little", Min = 0)]
    public double FeedbackStrength { get; init; } = 30;

    /// <summary>Bubble density at which the feedback doubles the transfer at chi = 1 [m^-2].</summary>
    [Quantity("n_ref", "m^-2", Kind.Estimate, "hypothesis; unit of the feedback, the critical density", Min = 0, ExclusiveMin = true)]
    public double FeedbackReference { get; init; } = 3e14;
}
