namespace FvSolver.Materials;

/// <summary>PSG/WO3 interface: Volmer, absorption, Tafel and Heyrovsky steps over a coverage of adsorbed hydrogen.</summary>
public sealed record ChannelInterface
{
    /// <summary>Exchange current density of the Volmer step [A/m^2].</summary>
    [Quantity("j0_W", "A/m^2", Kind.Calibrated,
        "equal steps up and down on continuum and lattice planes (onen2022 Fig. 2A); estimated 0.1-1000", Min = 0, ExclusiveMin = true)]
    public double ExchangeCurrentDensity { get; init; } = 0.07;

    /// <summary>Transfer coefficient of adsorption.</summary>
    [Quantity("alpha_W", "1", Kind.Estimate, "symmetric barrier", Min = 0, Max = 1)]
    public double TransferCoefficient { get; init; } = 0.5;

    /// <summary>Kinetic law of the charge transfer.</summary>
    [Quantity("law_W", "1", Kind.Estimate, "Butler-Volmer as in the paper's discussion")]
    public KineticLaw Kinetics { get; init; } = KineticLaw.ButlerVolmer;

    /// <summary>Reorganisation energy of the Marcus law [eV].</summary>
    [Quantity("lambda_W", "eV", Kind.Estimate, "typical of inner-sphere proton transfer", Min = 0, ExclusiveMin = true)]
    public double ReorganisationEnergy { get; init; } = 0.5;

    /// <summary>Coverage theta_0 at rest.</summary>
    [Quantity("theta_0", "1", Kind.Calibrated, "linearity and symmetry of onen2022 Fig. 2A", Min = 0, Max = 1, ExclusiveMin = true,
        ExclusiveMax = true)]
    public double RestCoverage { get; init; } = 0.0118;

    /// <summary>Density of adsorption sites Gamma_s [m^-2].</summary>
    [Quantity("Gamma_s", "m^-2", Kind.Estimate, "a tenth of the surface sites of an oxide", Min = 0, ExclusiveMin = true)]
    public double SiteDensity { get; init; } = 1e18;

    /// <summary>Absorption rate k_A [1/s].</summary>
    [Quantity("k_A", "1/s", Kind.Estimate, "fast against the read, slow against the pulse", Min = 0, ExclusiveMin = true)]
    public double AbsorptionRate { get; init; } = 1e8;

    /// <summary>Density of a second kind of sites, grain boundaries of the polycrystalline film; 0 leaves them out [m^-2].</summary>
    [Quantity("Gamma_d", "m^-2", Kind.Estimate, "off by default", Min = 0)]
    public double DefectDensity { get; init; }

    /// <summary>Exchange current density of the Volmer step on the second kind of sites [A/m^2].</summary>
    [Quantity("j0_d", "A/m^2", Kind.Estimate, "a tenth of the Volmer step's; used when Gamma_d > 0", Min = 0, ExclusiveMin = true)]
    public double DefectExchangeCurrentDensity { get; init; } = 0.007;

    /// <summary>Coverage of the second kind of sites at rest.</summary>
    [Quantity("theta_d", "1", Kind.Estimate, "half full: sites that bind hydrogen more firmly; used when Gamma_d > 0",
        Min = 0, Max = 1, ExclusiveMin = true, ExclusiveMax = true)]
    public double DefectRestCoverage { get; init; } = 0.5;

    /// <summary>Activation energy of every rate of this interface [eV].</summary>
    [Quantity("E_ins", "eV", Kind.Estimate, "insertion of hydrogen into oxides, 0.3 eV", Min = 0)]
    public double ActivationEnergy { get; init; } = 0.30;

    /// <summary>Tafel rate k_T [1/s].</summary>
    [Quantity("k_T", "1/s", Kind.Estimate,
        "recombination as fast as absorption is an upper bound; it is reversible, so only the equilibrium matters", Min = 0)]
    public double TafelRate { get; init; } = 1e6;

    /// <summary>Heyrovsky rate k_Hy [1/s].</summary>
    [Quantity("k_Hy", "1/s", Kind.Estimate, "slower than Tafel at rest; it is reversible, so only the equilibrium matters", Min = 0)]
    public double HeyrovskyRate { get; init; } = 1e2;
}
