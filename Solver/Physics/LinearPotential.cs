using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using static FvSolver.Materials.Constants;

namespace FvSolver.Solver.Physics;

/// <summary>A potential that is linear in the temperature: h + s V_T, with h the molar enthalpy and
/// -s V_T the entropy's share, over q.</summary>
public readonly struct LinearPotential<P>
    where P : struct, IParameter<P>
{
    /// <summary>h [V].</summary>
    public required P Enthalpy { get; init; }

    /// <summary>s [1]: slope against V_T.</summary>
    public required P Slope { get; init; }

    /// <summary>A potential by its value at the ambient temperature.</summary>
    /// <param name="pack">Gathers parameters.</param>
    /// <param name="atAmbient">Value at the ambient temperature [V].</param>
    /// <param name="perKelvin">Derivative with respect to the temperature [V/K].</param>
    public static LinearPotential<P> Of(Pack<P> pack, Func<Device, double> atAmbient, Func<Device, double> perKelvin) => new()
    {
        Enthalpy = pack(d => atAmbient(d) - perKelvin(d) * d.Heat.AmbientTemperature),
        Slope = pack(d => perKelvin(d) / VoltPerKelvin),
    };

    /// <summary>The potential at a temperature [V].</summary>
    /// <param name="thermalVoltage">kT/q [V].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T At<T>(T thermalVoltage)
        where T : struct, IReal<T, P> => thermalVoltage * Slope + Enthalpy;
}
