namespace FvSolver.Materials;

/// <summary>Hypotheses that no thermodynamics supports, named wherever they are used.</summary>
public sealed record Hypotheses
{
    /// <summary>Hypothesis: voltage V_cell between the gate and the cell's own scale [V]; 0 closes the cell.</summary>
    [Quantity("V_cell", "V", Kind.Calibrated,
        "hypothesis of unknown origin: equal and opposite steps at +10 V and -8.5 V (onen2022 Fig. 2A)")]
    public double CellOffset { get; init; } = 1.0068;

    /// <summary>Hypothesis: a Heyrovsky step whose proton is not thermalised on its last hop.</summary>
    [Quantity("remote_heyrovsky", "1", Kind.Estimate, "hypothesis for onen2022 Fig. 4 ('energetic protons'); off")]
    public bool RemoteHeyrovsky { get; init; }

    /// <summary>Rate k_R of that step at equilibrium, per site [1/s].</summary>
    [Quantity("k_R", "1/s", Kind.Estimate,
        "hypothesis; so fast that the gas follows the proton: from 10 1/s on it makes no difference (case fig4a)", Min = 0)]
    public double RemoteRate { get; init; } = 100;
}
