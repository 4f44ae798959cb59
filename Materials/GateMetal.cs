namespace FvSolver.Materials;

/// <summary>Pd gate: metal, hydrogen reservoir, and its Butler-Volmer interface to PSG.</summary>
public sealed record GateMetal
{
    /// <summary>Film thickness [m].</summary>
    [Quantity("d_Pd", "m", Kind.Estimate, "not given in the paper", Min = 0, ExclusiveMin = true)]
    public double Thickness { get; init; } = 20e-9;

    /// <summary>Exchange current density of the Pd/PSG reaction [A/m^2].</summary>
    [Quantity("j0_Pd", "A/m^2", Kind.Calibrated, "dc current of the 750 x 1000 nm device and apparent hopping distance; 10-3000", Min = 0,
        ExclusiveMin = true)]
    public double ExchangeCurrentDensity { get; init; } = 25;

    /// <summary>Transfer coefficient of injection.</summary>
    [Quantity("alpha_Pd", "1", Kind.Estimate, "symmetric barrier", Min = 0, Max = 1)]
    public double TransferCoefficient { get; init; } = 0.5;

    /// <summary>Kinetic law of the charge transfer.</summary>
    [Quantity("law_Pd", "1", Kind.Estimate, "Butler-Volmer as in the paper's discussion")]
    public KineticLaw Kinetics { get; init; } = KineticLaw.ButlerVolmer;

    /// <summary>Reorganisation energy of the Marcus law [eV].</summary>
    [Quantity("lambda_Pd", "eV", Kind.Estimate, "typical of inner-sphere proton transfer", Min = 0, ExclusiveMin = true)]
    public double ReorganisationEnergy { get; init; } = 0.5;

    /// <summary>Pressure of hydrogen under which the film was loaded [Pa].</summary>
    [Quantity("p_H2", "Pa", Kind.Paper, "onen2022: 3 % H2 in N2", Min = 0, ExclusiveMin = true)]
    public double HydrogenPressure { get; init; } = 3000;

    /// <summary>Whether the film is still in contact with that hydrogen.</summary>
    [Quantity("prep", "1", Kind.Paper, "onen2022: protonated in 3 % H2, then vacuum")]
    public PdPreparation Preparation { get; init; } = PdPreparation.PumpedDown;

    /// <summary>Enthalpy of absorption on the plateau per mol of H2 [J/mol].</summary>
    [Quantity("dH_Pd", "J/mol", Kind.Literature, "alpha to beta phase; calorimetry at 298 K gives -38.2 kJ/mol (flanagan1991)", Max = 0)]
    public double HydrideEnthalpy { get; init; } = -39e3;

    /// <summary>Entropy of absorption on the plateau per mol of H2 [J/(mol K)].</summary>
    [Quantity("dS_Pd", "J/(mol K)", Kind.Literature, "alpha to beta phase, with dH a plateau of 0.015 bar at 300 K (oates1991)", Max = 0)]
    public double HydrideEntropy { get; init; } = -95;

    /// <summary>Equilibrium potential of PdHx against RHE at the start [V].</summary>
    [Quantity("U_Pd", "V", Kind.Derived, "rule: isotherm of PdHx at x_H and T_0", ByRule = true)]
    public double EquilibriumPotential { get; init; } = double.NaN;

    /// <summary>Hydrogen per Pd atom at the start, x_H.</summary>
    [Quantity("x_H", "1", Kind.Derived, "rule: isotherm of PdHx at hydrogen_pressure after preparation", Min = 0, Max = 1,
        ExclusiveMin = true, ExclusiveMax = true, ByRule = true)]
    public double HydrogenFraction { get; init; } = double.NaN;

    /// <summary>Lower end of the two-phase plateau in H per Pd; below it the activity follows Nernst.</summary>
    [Quantity("x_low", "1", Kind.Literature, "lewis1967: lower end of the plateau at room temperature", Min = 0, Max = 1,
        ExclusiveMin = true)]
    public double PlateauLow { get; init; } = 0.01;

    /// <summary>Upper end of the two-phase plateau in H per Pd; above it the activity follows Nernst.</summary>
    [Quantity("x_high", "1", Kind.Literature, "lewis1967: upper end of the plateau at room temperature", Min = 0, Max = 1,
        ExclusiveMin = true, ExclusiveMax = true)]
    public double PlateauHigh { get; init; } = 0.6;

    /// <summary>Pd atoms per volume [m^-3].</summary>
    [Quantity("N_Pd", "m^-3", Kind.Derived, "density of Pd, 12.0 g/cm^3 (haynes2016)", Min = 0, ExclusiveMin = true)]
    public double AtomDensity { get; init; } = 6.8e28;

    /// <summary>True when the reservoir is finite (its activity follows its inventory); false holds the activity at 1.</summary>
    [Quantity("finite", "1", Kind.Estimate, "the gate film is the only hydrogen reservoir")]
    public bool FiniteReservoir { get; init; } = true;

    /// <summary>Activation energy of the exchange current [eV].</summary>
    [Quantity("E_Pd", "eV", Kind.Estimate, "as that of insertion, 0.3 eV", Min = 0)]
    public double ActivationEnergy { get; init; } = 0.30;

    /// <summary>Thermal conductivity of the film [W/(m K)].</summary>
    [Quantity("k_Pd", "W/(m K)", Kind.Estimate, "thin film, below the bulk value of 72", Min = 0, ExclusiveMin = true)]
    public double ThermalConductivity { get; init; } = 30;

    /// <summary>Heat capacity per volume [J/(m^3 K)].</summary>
    [Quantity("rho c_Pd", "J/(m^3 K)", Kind.Literature, "haynes2016: bulk Pd, 244 J/(kg K) at 12.0 g/cm^3", Min = 0, ExclusiveMin = true)]
    public double HeatCapacity { get; init; } = 2.9e6;
}
