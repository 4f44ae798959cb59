namespace FvSolver.Materials;

/// <summary>Heat: what carries it away and at what temperature the device sits.</summary>
public sealed record HeatPath
{
    /// <summary>True when the temperature is solved for; false holds it at the ambient.</summary>
    [Quantity("heat", "1", Kind.Paper, "onen2022: the rise of about 2 K is negligible")]
    public bool Enabled { get; init; }

    /// <summary>Ambient temperature behind the oxide, and of an isothermal run [K].</summary>
    [Quantity("T_amb", "K", Kind.Paper, "onen2022: room temperature", Min = 0, ExclusiveMin = true)]
    public double AmbientTemperature { get; init; } = 300;

    /// <summary>Temperature at which rates are given and the rest state is defined [K].</summary>
    [Quantity("T_0", "K", Kind.Paper, "onen2022: room temperature", Min = 0, ExclusiveMin = true)]
    public double ReferenceTemperature { get; init; } = 300;

    /// <summary>Conductance of each interface between layers [W/(m^2 K)].</summary>
    [Quantity("G_K", "W/(m^2 K)", Kind.Literature, "solid-solid interfaces at room temperature, 1e7-1e9 (swartz1989)", Min = 0,
        ExclusiveMin = true)]
    public double InterfaceConductance { get; init; } = 1e8;

    /// <summary>Conductance from the top of the gate to the ambient; 0 is adiabatic [W/(m^2 K)].</summary>
    [Quantity("G_top", "W/(m^2 K)", Kind.Estimate, "adiabatic above the gate", Min = 0)]
    public double TopConductance { get; init; }

    /// <summary>Thickness of the oxide below the channel [m].</summary>
    [Quantity("d_ox", "m", Kind.Estimate, "thermal oxide on Si", Min = 0, ExclusiveMin = true)]
    public double OxideThickness { get; init; } = 300e-9;

    /// <summary>Thermal conductivity of the oxide [W/(m K)].</summary>
    [Quantity("k_ox", "W/(m K)", Kind.Literature, "amorphous SiO2 at 300 K (cahill1990)", Min = 0, ExclusiveMin = true)]
    public double OxideConductivity { get; init; } = 1.35;

    /// <summary>Heat capacity per volume of the oxide [J/(m^3 K)].</summary>
    [Quantity("rho c_ox", "J/(m^3 K)", Kind.Literature, "haynes2016: vitreous silica, 745 J/(kg K) at 2.2 g/cm^3", Min = 0,
        ExclusiveMin = true)]
    public double OxideHeatCapacity { get; init; } = 1.65e6;

    /// <summary>Relative permittivity of the oxide, where its field is solved for in a cross-section.</summary>
    [Quantity("eps_ox", "1", Kind.Literature, "sze2007: thermal SiO2, 3.9", Min = 1)]
    public double OxidePermittivity { get; init; } = 3.9;

    /// <summary>Thermal conductivity of source and drain in a cross-section [W/(m K)].</summary>
    [Quantity("k_Au", "W/(m K)", Kind.Estimate, "thin film of Au, below the bulk value of 317", Min = 0, ExclusiveMin = true)]
    public double ContactConductivity { get; init; } = 100;

    /// <summary>Heat capacity per volume of source and drain in a cross-section [J/(m^3 K)].</summary>
    [Quantity("rho c_Au", "J/(m^3 K)", Kind.Literature, "haynes2016: bulk Au, 19.3 g/cm^3 and 129 J/(kg K)", Min = 0, ExclusiveMin = true)]
    public double ContactHeatCapacity { get; init; } = 2.49e6;
}
