namespace FvSolver.Materials;

/// <summary>PSG: protons that hop in the field, over an immobile counter-charge.</summary>
public sealed record Electrolyte
{
    /// <summary>Nominal thickness d; both compact layers lie inside it [m].</summary>
    [Quantity("d", "m", Kind.Paper, "onen2022 Fig. 2: 10 nm; 5 nm in Fig. 3A", Min = 0, ExclusiveMin = true)]
    public double Thickness { get; init; } = 10e-9;

    /// <summary>Thickness of each compact (Stern) layer l_S; 0 with ideal interfaces [m].</summary>
    [Quantity("l_S", "m", Kind.Calibrated,
        "one apparent hopping distance on every thickness (onen2022 Fig. 3B); estimated 0.1 nm, an O-H bond, to 0.28 nm, water",
        Min = 0, ExclusiveMin = true)]
    public double SternThickness { get; init; } = 0.312e-9;

    /// <summary>What lies between the compact layers [m].</summary>
    public double FilmThickness => Thickness - 2 * SternThickness;

    /// <summary>Hopping distance a [m].</summary>
    [Quantity("a", "m", Kind.Calibrated, "the fit of onen2022 Fig. 3A to means over 1000 pulses returns 5.6 angstrom", Min = 0,
        ExclusiveMin = true)]
    public double HopDistance { get; init; } = 5.535e-10;

    /// <summary>Attempt frequency nu [1/s].</summary>
    [Quantity("nu", "1/s", Kind.Estimate, "phonon frequency, 1e12-1e14", Min = 0, ExclusiveMin = true)]
    public double AttemptFrequency { get; init; } = 1e13;

    /// <summary>Immobile counter-charge density c_fix [m^-3]; the total density of protons at rest.</summary>
    [Quantity("c_fix", "m^-3", Kind.Calibrated,
        "with l_S and a, the slope of onen2022 Fig. 3 on every thickness; Debye length 0.14 nm; estimated 1e25-1e26",
        Min = 0, ExclusiveMin = true)]
    public double FixedChargeDensity { get; init; } = 2.9e26;

    /// <summary>Activation energy E_a of a hop [eV]; by rule from the bulk law unless set.</summary>
    [Quantity("E_a", "eV", Kind.Calibrated, "rule: bulk law at calibration_voltage over calibration_thickness gives bulk_current_density",
        Min = 0, ByRule = true)]
    public double ActivationEnergy { get; init; } = double.NaN;

    /// <summary>Current density that the bulk law must give in the rule for E_a [A/m^2].</summary>
    [Quantity("J_bulk", "A/m^2", Kind.Calibrated, "30 nA of the 750 x 1000 nm device and 15 aJ a pulse (onen2022)", Min = 0,
        ExclusiveMin = true)]
    public double BulkCurrentDensity { get; init; } = 6.7e4;

    /// <summary>Gate voltage of the rule for E_a [V].</summary>
    [Quantity("V_bulk", "V", Kind.Paper, "onen2022: 10 V", Min = 0, ExclusiveMin = true)]
    public double CalibrationVoltage { get; init; } = 10;

    /// <summary>Film thickness of the rule for E_a [m].</summary>
    [Quantity("d_bulk", "m", Kind.Paper, "onen2022: 10 nm", Min = 0, ExclusiveMin = true)]
    public double CalibrationThickness { get; init; } = 10e-9;

    /// <summary>Relative permittivity.</summary>
    [Quantity("eps_r", "1", Kind.Derived, "C V^2 of 2.5 fJ at 10 V on 50 x 150 nm (onen2022)", Min = 1)]
    public double RelativePermittivity { get; init; } = 3.9;

    /// <summary>Field dependence of the hop rate.</summary>
    [Quantity("hop_law", "1", Kind.Paper, "onen2022 eq. 1; washboard: ambegaokar1969; gaussian-disorder: bassler1993")]
    public HopLaw HopLaw { get; init; } = HopLaw.Sinh;

    /// <summary>Field that sets the rate of a hop where it runs along no axis of the mesh, i.e. in cross-sections.</summary>
    [Quantity("hop_field", "1", Kind.Estimate, "glass has no axes, so that current runs along the field")]
    public HopField HopField { get; init; } = HopField.Whole;

    /// <summary>Migration part E_m of the barrier, used by the laws that saturate [eV].</summary>
    [Quantity("E_m", "eV", Kind.Paper, "onen2022: 0.38 eV for protons in amorphous SiO2", Min = 0, ExclusiveMin = true)]
    public double MigrationBarrier { get; init; } = 0.38;

    /// <summary>Width of the site energies in the disorder law [eV].</summary>
    [Quantity("sigma", "eV", Kind.Estimate, "typical of amorphous oxides", Min = 0)]
    public double DisorderWidth { get; init; } = 0.06;

    /// <summary>Constant C_0 of the disorder law's field dependence [(m/V)^0.5].</summary>
    [Quantity("C_0", "(m/V)^0.5", Kind.Literature, "bassler1993: 2.9e-4 (cm/V)^0.5", Min = 0)]
    public double DisorderFieldConstant { get; init; } = 2.9e-5;

    /// <summary>Off-diagonal disorder Sigma of the disorder law.</summary>
    [Quantity("Sigma", "1", Kind.Literature, "bassler1993: 1.5 when none is measured", Min = 0)]
    public double PositionalDisorder { get; init; } = 1.5;

    /// <summary>Field above which the disorder law is outside its published range [V/m].</summary>
    [Quantity("E_valid", "V/m", Kind.Literature, "bassler1993: simulated up to about 2e6 V/cm", Min = 0)]
    public double DisorderFieldLimit { get; init; } = 2e8;

    /// <summary>Largest density of mobile protons c_max; 0 sets no limit [m^-3].</summary>
    [Quantity("c_max", "m^-3", Kind.Estimate, "off by default", Min = 0)]
    public double SiteDensity { get; init; }

    /// <summary>Density of traps N_t; 0 switches the trapping model off [m^-3].</summary>
    [Quantity("N_t", "m^-3", Kind.Estimate, "off by default", Min = 0)]
    public double TrapDensity { get; init; }

    /// <summary>Capture coefficient k_c [m^3/s].</summary>
    [Quantity("k_c", "m^3/s", Kind.Estimate, "used when N_t > 0", Min = 0)]
    public double CaptureCoefficient { get; init; } = 1e-17;

    /// <summary>Release rate k_r at zero field [1/s].</summary>
    [Quantity("k_r", "1/s", Kind.Estimate, "used when N_t > 0", Min = 0)]
    public double ReleaseRate { get; init; } = 1e8;

    /// <summary>Largest Poole-Frenkel lowering of the release barrier [eV].</summary>
    [Quantity("E_PF", "eV", Kind.Estimate, "the lowering ends where the barrier of the trap vanishes", Min = 0)]
    public double LargestBarrierLowering { get; init; } = 0.2;

    /// <summary>High-frequency relative permittivity of the Poole-Frenkel lowering.</summary>
    [Quantity("eps_inf", "1", Kind.Literature, "n^2 of silica, n = 1.458 (malitson1965)", Min = 1)]
    public double OpticalPermittivity { get; init; } = 2.1;

    /// <summary>Electronic leakage conductivity; 0 switches it off [S/m].</summary>
    [Quantity("sigma_leak", "S/m", Kind.Estimate, "off by default; onen2022 Fig. 2B bounds it", Min = 0)]
    public double LeakageConductivity { get; init; }

    /// <summary>Dielectric loss tangent; 0 switches the loss off.</summary>
    [Quantity("tan delta", "1", Kind.Estimate, "off by default", Min = 0)]
    public double LossTangent { get; init; }

    /// <summary>Field at which the film breaks down, for warnings [V/m].</summary>
    [Quantity("E_bd", "V/m", Kind.Paper, "onen2022: 0.8 to 1.5 V/nm", Min = 0, ExclusiveMin = true)]
    public double BreakdownField { get; init; } = 1.5e9;

    /// <summary>Thermal conductivity [W/(m K)].</summary>
    [Quantity("k_PSG", "W/(m K)", Kind.Estimate, "somewhat below silica", Min = 0, ExclusiveMin = true)]
    public double ThermalConductivity { get; init; } = 1.1;

    /// <summary>Heat capacity per volume [J/(m^3 K)].</summary>
    [Quantity("rho c_PSG", "J/(m^3 K)", Kind.Literature, "haynes2016: as vitreous silica", Min = 0, ExclusiveMin = true)]
    public double HeatCapacity { get; init; } = 1.65e6;
}
