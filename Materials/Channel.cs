namespace FvSolver.Materials;

/// <summary>WO3: inserted hydrogen, its thermodynamics, its diffusion and the conductance it brings.</summary>
public sealed record Channel
{
    /// <summary>Film thickness [m].</summary>
    [Quantity("d_W", "m", Kind.Estimate, "not given in the paper; 5-30 nm", Min = 0, ExclusiveMin = true)]
    public double Thickness { get; init; } = 10e-9;

    /// <summary>Thickness of one lattice plane, the first control volume of the channel [m].</summary>
    [Quantity("a_W", "m", Kind.Derived, "cube root of the volume per W at 7.16 g/cm^3", Min = 0, ExclusiveMin = true)]
    public double LatticePlane { get; init; } = 0.38e-9;

    /// <summary>Standard insertion potential U_0 against RHE [V].</summary>
    [Quantity("U_0", "V", Kind.Estimate, "as coulometric titration of HxWO3 should give (crandall1976, which was not read)")]
    public double StandardPotential { get; init; } = 0.145;

    /// <summary>Slope dU_0/dT of the standard potential [V/K], by rule that of the plateau of PdHx unless set.</summary>
    [Quantity("dU_0/dT", "V/K", Kind.Estimate, "rule: dS_Pd/2F, so that the entropy of the gas cancels in the cell", ByRule = true)]
    public double StandardPotentialSlope { get; init; } = double.NaN;

    /// <summary>Slope g_W of the insertion potential with composition [V].</summary>
    [Quantity("g_W", "V", Kind.Calibrated, "0: one straight line of steps in onen2022 Fig. 2A")]
    public double InteractionPotential { get; init; }

    /// <summary>Number n of dilute species per inserted hydrogen: 1, or 2 when proton and electron are both dilute.</summary>
    [Quantity("n", "1", Kind.Calibrated, "return of onen2022 Fig. 2A", Min = 1, Max = 2)]
    public double DiluteSpecies { get; init; } = 1;

    /// <summary>Composition y = C/C_max at rest.</summary>
    [Quantity("y_ref", "1", Kind.Calibrated, "the 20x range of onen2022 Fig. 2A", Min = 0, Max = 1, ExclusiveMin = true,
        ExclusiveMax = true)]
    public double RestComposition { get; init; } = 2.87e-4;

    /// <summary>Density of insertion sites C_max [m^-3].</summary>
    [Quantity("C_max", "m^-3", Kind.Derived, "one site per W at 7.16 g/cm^3 (haynes2016)", Min = 0, ExclusiveMin = true)]
    public double SiteDensity { get; init; } = 1.86e28;

    /// <summary>Law of the diffusion coefficient.</summary>
    [Quantity("D_law", "1", Kind.Estimate, "constant by default")]
    public DiffusionLaw DiffusionLaw { get; init; } = DiffusionLaw.Fick;

    /// <summary>Fick coefficient D_H [m^2/s].</summary>
    [Quantity("D_H", "m^2/s", Kind.Calibrated, "by hand; the figures do not determine it (fv calibrate)", Min = 0, ExclusiveMin = true)]
    public double Diffusivity { get; init; } = 1e-14;

    /// <summary>Tracer coefficient in the dilute limit [m^2/s].</summary>
    [Quantity("D_dilute", "m^2/s", Kind.Literature, "vertes1983: hydrogen in thin WO3 at low content", Min = 0, ExclusiveMin = true)]
    public double TracerDiffusivityDilute { get; init; } = 1e-13;

    /// <summary>Tracer coefficient near y = 0.3 [m^2/s].</summary>
    [Quantity("D_rich", "m^2/s", Kind.Literature, "vertes1983: hydrogen in thin WO3 at high content", Min = 0, ExclusiveMin = true)]
    public double TracerDiffusivityRich { get; init; } = 1e-15;

    /// <summary>Composition of <see cref="TracerDiffusivityRich"/>.</summary>
    [Quantity("y_rich", "1", Kind.Estimate, "the high content of vertes1983, near 0.3", Min = 0, Max = 1, ExclusiveMin = true,
        ExclusiveMax = true)]
    public double TracerRichComposition { get; init; } = 0.3;

    /// <summary>Activation energy of diffusion [eV].</summary>
    [Quantity("E_D", "eV", Kind.Literature, "lin2014: protons in monoclinic WO3, 0.35 eV by first principles and experiment", Min = 0)]
    public double DiffusionActivationEnergy { get; init; } = 0.35;

    /// <summary>Electron mobility mu_e [m^2/(V s)]; by rule from the base conductance unless set.</summary>
    [Quantity("mu_e", "m^2/(V s)", Kind.Calibrated, "rule: base_resistance at y_ref on base_squares of base_thickness", Min = 0,
        ByRule = true)]
    public double ElectronMobility { get; init; } = double.NaN;

    /// <summary>Base resistance of the rule for mu_e [ohm].</summary>
    [Quantity("R_base", "ohm", Kind.Paper, "onen2022 Fig. 2A: 88 Mohm", Min = 0, ExclusiveMin = true)]
    public double BaseResistance { get; init; } = 88e6;

    /// <summary>Length over width of the device of the rule for mu_e.</summary>
    [Quantity("L/W", "1", Kind.Paper, "onen2022 Fig. 2A: 150 nm over 50 nm", Min = 0, ExclusiveMin = true)]
    public double BaseSquares { get; init; } = 3;

    /// <summary>Film thickness of the rule for mu_e [m].</summary>
    [Quantity("d_base", "m", Kind.Estimate, "the default film thickness", Min = 0, ExclusiveMin = true)]
    public double BaseThickness { get; init; } = 10e-9;

    /// <summary>Electrons that are there without hydrogen, n_0 [m^-3].</summary>
    [Quantity("n_0", "m^-3", Kind.Estimate, "none by default", Min = 0)]
    public double BackgroundElectrons { get; init; }

    /// <summary>True to solve for the potential of electrons along the channel of a cross-section; false holds it at 0.</summary>
    [Quantity("electrons", "1", Kind.Estimate, "psi = 0 is a hypothesis that only a cross-section can test")]
    public bool Electrons { get; init; }

    /// <summary>True to solve Poisson's equation in the film with its electrons; false gives it unlimited image charge.</summary>
    [Quantity("space_charge", "1", Kind.Estimate, "off: a neutral film")]
    public bool SpaceCharge { get; init; }

    /// <summary>Relative permittivity eps_W of the film; with space charge.</summary>
    [Quantity("eps_W", "1", Kind.Estimate, "20 to 300 in WO3 films", Min = 1)]
    public double Permittivity { get; init; } = 50;

    /// <summary>Localised electrons n_loc per area [m^-2], whose donors are immobile; they screen but do not conduct.</summary>
    /// <remarks>With space charge.</remarks>
    [Quantity("n_loc", "m^-2", Kind.Estimate, "none by default; 1e17 is 1.9 times the electrons of the film at rest", Min = 0)]
    public double LocalisedDensity { get; init; }

    /// <summary>Statistics of the electrons; with space charge.</summary>
    [Quantity("statistics", "1", Kind.Estimate, "boltzmann or fermi-dirac")]
    public ElectronStatisticsLaw Statistics { get; init; } = ElectronStatisticsLaw.Boltzmann;

    /// <summary>Effective density of states N_c of the conduction band [m^-3]; with space charge and Fermi-Dirac statistics.</summary>
    [Quantity("N_c", "m^-3", Kind.Estimate, "2 (2 pi m kT/h^2)^(3/2) at 300 K with the mass of the free electron", Min = 0,
        ExclusiveMin = true)]
    public double StateDensity { get; init; } = 2.509e25;

    /// <summary>Composition above which conduction percolates; 0 switches the law off.</summary>
    [Quantity("y_perc", "1", Kind.Estimate, "off by default", Min = 0, Max = 1)]
    public double PercolationThreshold { get; init; }

    /// <summary>Exponent of the percolation law.</summary>
    [Quantity("t_perc", "1", Kind.Literature, "conductivity exponent of three-dimensional percolation, about 2 (stauffer1994)", Min = 0)]
    public double PercolationExponent { get; init; } = 2;

    /// <summary>Thermal conductivity [W/(m K)].</summary>
    [Quantity("k_W", "W/(m K)", Kind.Estimate, "polycrystalline oxide film, 1 to 2 W/(m K)", Min = 0, ExclusiveMin = true)]
    public double ThermalConductivity { get; init; } = 1.63;

    /// <summary>Heat capacity per volume [J/(m^3 K)].</summary>
    [Quantity("rho c_W", "J/(m^3 K)", Kind.Literature, "haynes2016: 73.8 J/(mol K) at 7.16 g/cm^3", Min = 0, ExclusiveMin = true)]
    public double HeatCapacity { get; init; } = 2.3e6;
}
