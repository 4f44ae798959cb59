using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Oxide between the back of WO3 and the substrate, which is at 0 V: D = eps_ox phi_b/d_ox [C/m^2], into the substrate.</summary>
/// <remarks>Without it Poisson's equation in a film that is depleted throughout would hardly be determined.</remarks>
public readonly struct SubstrateOxide<P>
    where P : struct, IParameter<P>
{
    /// <summary>eps_ox/d_ox [F/m^2].</summary>
    public required P Capacitance { get; init; }

    /// <summary>The oxide of a device.</summary>
    public static SubstrateOxide<P> Of(Pack<P> pack, Device device) =>
        new() { Capacitance = pack(d => d.Heat.OxidePermittivity * Constants.VacuumPermittivity / d.Heat.OxideThickness) };
}
