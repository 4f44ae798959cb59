namespace FvSolver.Materials;

/// <summary>Molecular hydrogen at the PSG/WO3 interface: dissolved, in bubbles, leaking.</summary>
public sealed record HydrogenGas
{
    /// <summary>True when dissolved hydrogen and bubbles are solved for.</summary>
    [Quantity("gas", "1", Kind.Estimate, "off in the simplest model: reversible steps reach 1e-6 bar at most")]
    public bool Enabled { get; init; }

    /// <summary>Solubility of hydrogen molecules in silica [m^-3/bar].</summary>
    [Quantity("s_H", "m^-3/bar", Kind.Literature, "lemaire1991: 107 molecules in 1e6 units of SiO2 and bar at 300 K, 2.2e28 units per m^3",
        Min = 0, ExclusiveMin = true)]
    public double Solubility { get; init; } = 2.4e24;

    /// <summary>Depth of PSG at the interface over which hydrogen dissolves [m].</summary>
    [Quantity("d_H", "m", Kind.Estimate, "0.5 nm to the thickness of PSG: the least, which is the most favourable to bubbles", Min = 0,
        ExclusiveMin = true)]
    public double DissolutionDepth { get; init; } = 0.5e-9;

    /// <summary>Areal Henry constant S_H of dissolved hydrogen [m^-2/bar].</summary>
    public double HenryConstant => Solubility * DissolutionDepth;

    /// <summary>Decay time tau_leak of dissolved hydrogen through the films [s].</summary>
    [Quantity("tau_leak", "s", Kind.Estimate, "d^2/D for 10 nm with D near 2e-15 m^2/s, hydrogen in silica extrapolated to 300 K (lee1963)",
        Min = 0, ExclusiveMin = true)]
    public double LeakTime { get; init; } = 0.05;

    /// <summary>Time in which dissolved hydrogen comes to the fugacity of a bubble [s].</summary>
    [Quantity("tau_grow", "s", Kind.Estimate, "diffusion over a bubble spacing", Min = 0, ExclusiveMin = true)]
    public double GrowthTime { get; init; } = 1e-6;

    /// <summary>Bubbles per area once they have nucleated, nu_b [m^-2].</summary>
    [Quantity("nu_b", "m^-2", Kind.Estimate, "one on 50 x 150 nm", Min = 0, ExclusiveMin = true)]
    public double BubbleDensity { get; init; } = 1.3333333333333333e14;

    /// <summary>Surface tension gamma of a bubble's wall [J/m^2].</summary>
    [Quantity("gamma", "J/m^2", Kind.Estimate,
        "0.1 to 1 J/m^2: the least, which is the most favourable to bubbles; classical nucleation by blander1975", Min = 0,
        ExclusiveMin = true)]
    public double SurfaceTension { get; init; } = 0.1;

    /// <summary>Volume of a bubble over that of the sphere of its radius of curvature, s.</summary>
    [Quantity("s_b", "1", Kind.Estimate,
        "1 in the bulk, down to 0.01 on a heterogeneous site: the least, which is the most favourable to bubbles", Min = 0, Max = 1,
        ExclusiveMin = true)]
    public double ShapeFactor { get; init; } = 0.01;

    /// <summary>Pressure p_0 of the film around a bubble [Pa].</summary>
    [Quantity("p_0", "Pa", Kind.Estimate, "a film without stress", Min = 0)]
    public double FilmPressure { get; init; } = 1e5;

    /// <summary>Excluded volume b of the Abel-Noble law [m^3/mol].</summary>
    [Quantity("b", "m^3/mol", Kind.Literature, "sanmarchi2007: 15.84 cm^3/mol for hydrogen", Min = 0)]
    public double ExcludedVolume { get; init; } = 15.84e-6;

    /// <summary>Expected number of nuclei, the hazard added up along a run, at which the run's bubble nucleates.</summary>
    [Quantity("H_n", "1", Kind.Estimate, "1: the mean of devices; -ln u with u even between 0 and 1 is a device drawn at random", Min = 0,
        ExclusiveMin = true)]
    public double NucleationHazard { get; init; } = 1;

    /// <summary>Radius of curvature of a bubble at which damage is flagged [m].</summary>
    [Quantity("r_crit", "m", Kind.Estimate, "a quarter of 10 nm of PSG; 1 to 5 nm", Min = 0, ExclusiveMin = true)]
    public double DamageRadius { get; init; } = 2.5e-9;

    /// <summary>True when a run ends at the first damage.</summary>
    [Quantity("stop", "1", Kind.Estimate, "flag and go on")]
    public bool StopAtDamage { get; init; }
}
