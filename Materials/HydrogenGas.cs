namespace FvSolver.Materials;

/// <summary>Molecular hydrogen at the PSG/WO3 interface: dissolved, in bubbles, leaking.</summary>
public sealed record HydrogenGas
{
    /// <summary>True when dissolved hydrogen and bubbles are solved for.</summary>
    [Quantity("gas", "1", Kind.Estimate, "off in the simplest model: reversible steps reach 1e-6 bar at most")]
    public bool Enabled { get; init; }

    /// <summary>Areal Henry constant S_H of dissolved hydrogen [m^-2/bar].</summary>
    [Quantity("S_H", "m^-2/bar", Kind.Estimate, "solubility of H2 in silica, 3e22 m^-3/bar, over 10 nm of PSG", Min = 0, ExclusiveMin = true)]
    public double HenryConstant { get; init; } = 3e14;

    /// <summary>Decay time tau_leak of dissolved hydrogen through the films [s].</summary>
    [Quantity("tau_leak", "s", Kind.Estimate, "d^2/D for 10 nm with D near 2e-15 m^2/s, hydrogen in silica extrapolated to 300 K (lee1963)", Min = 0, ExclusiveMin = true)]
    public double LeakTime { get; init; } = 0.05;

    /// <summary>Dissolved hydrogen above which a bubble nucleates n_crit [m^-2].</summary>
    [Quantity("n_crit", "m^-2", Kind.Calibrated, "case fig4a: first bubble in a train of 5 pulses of 10 V above 40 ns (onen2022 Fig. 4), at k_spot = 24 1/s 130 times what the first 5 ns pulse makes", Min = 0, ExclusiveMin = true)]
    public double CriticalDensity { get; init; } = 3e14;

    /// <summary>Time in which dissolved hydrogen comes to the fugacity of a bubble [s].</summary>
    [Quantity("tau_grow", "s", Kind.Estimate, "diffusion over a bubble spacing", Min = 0, ExclusiveMin = true)]
    public double GrowthTime { get; init; } = 1e-6;

    /// <summary>Height h_b of a bubble [m].</summary>
    [Quantity("h_b", "m", Kind.Estimate, "a nanobubble", Min = 0, ExclusiveMin = true)]
    public double BubbleHeight { get; init; } = 1e-9;

    /// <summary>Fraction f_b of the interface that bubbles cover.</summary>
    [Quantity("f_b", "1", Kind.Estimate, "one nanobubble of less than 1 nm^2 on the device", Min = 0, Max = 1, ExclusiveMin = true)]
    public double BubbleFraction { get; init; } = 8.2e-5;

    /// <summary>Excluded volume b of the Abel-Noble law [m^3/mol].</summary>
    [Quantity("b", "m^3/mol", Kind.Literature, "sanmarchi2007: 15.84 cm^3/mol for hydrogen", Min = 0)]
    public double ExcludedVolume { get; init; } = 15.84e-6;

    /// <summary>Pressure at which damage is flagged [Pa].</summary>
    [Quantity("p_crit", "Pa", Kind.Estimate, "10 to 3000 MPa", Min = 0, ExclusiveMin = true)]
    public double CriticalPressure { get; init; } = 100e6;

    /// <summary>True when a run ends at the first damage.</summary>
    [Quantity("stop", "1", Kind.Estimate, "flag and go on")]
    public bool StopAtDamage { get; init; }
}
