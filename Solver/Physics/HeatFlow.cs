using FvSolver.Materials;
using FvSolver.Mesh;

namespace FvSolver.Solver.Physics;

/// <summary>Fourier's law: rho c dT/dt = div(k grad T) + sources, with thermal resistances at interfaces.</summary>
/// <remarks>
/// An edge of length h and area A carries k A (T_L - T_R)/h [W]. An interface has 1/G_K of resistance per area [m^2 K/W], and where a
/// compact layer lies between PSG and a conductor l_S/k of PSG beside it. All flows are linear: the law is its coefficients.
/// </remarks>
public static class HeatFlow
{
    /// <summary>k of a material [W/(m K)].</summary>
    public static double Conductivity(Device d, MaterialKind material) => material switch
    {
        MaterialKind.GateMetal => d.Pd.ThermalConductivity,
        MaterialKind.ContactMetal => d.Heat.ContactConductivity,
        MaterialKind.Electrolyte => d.Psg.ThermalConductivity,
        MaterialKind.Channel => d.Wo3.ThermalConductivity,
        _ => d.Heat.OxideConductivity,
    };

    /// <summary>rho c of a material [J/(m^3 K)].</summary>
    public static double Capacity(Device d, MaterialKind material) => material switch
    {
        MaterialKind.GateMetal => d.Pd.HeatCapacity,
        MaterialKind.ContactMetal => d.Heat.ContactHeatCapacity,
        MaterialKind.Electrolyte => d.Psg.HeatCapacity,
        MaterialKind.Channel => d.Wo3.HeatCapacity,
        _ => d.Heat.OxideHeatCapacity,
    };

    /// <summary>Conductance of an interface per area [W/(m^2 K)].</summary>
    /// <param name="d">Device.</param>
    /// <param name="a">Material on one side.</param>
    /// <param name="b">Material on the other.</param>
    public static double InterfaceConductance(Device d, MaterialKind a, MaterialKind b) =>
        1 / (1 / d.Heat.InterfaceConductance + CompactLayer(d, a, b) / d.Psg.ThermalConductivity);

    /// <summary>Thickness of the compact layer between two materials [m]: l_S between PSG and a metal or the channel, else 0.</summary>
    public static double CompactLayer(Device d, MaterialKind a, MaterialKind b)
    {
        bool isOfPsg = (a == MaterialKind.Electrolyte) != (b == MaterialKind.Electrolyte);
        return isOfPsg && a != MaterialKind.Oxide && b != MaterialKind.Oxide ? d.Psg.SternThickness : 0;
    }

    /// <summary>Conductance per area [W/(m^2 K)] from an outer face to the ambient: G_top at the top, none at the sides.</summary>
    /// <param name="d">Device.</param>
    /// <param name="face">Name of the face.</param>
    /// <param name="material">Material at the face.</param>
    /// <param name="cell">Thickness of the cell at the face [m]; the bottom is held at the ambient through a millionth of it.</param>
    public static double SinkConductance(Device d, string face, MaterialKind material, double cell) => face switch
    {
        "top" => d.Heat.TopConductance,
        "bottom" => 1e6 * Conductivity(d, material) / cell,
        _ => 0,
    };
}
