using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Molecular hydrogen dissolved at the interface: f = n_d/S_H [bar] (Henry), mu = V_T ln f
/// over q, twice the hydrogen electrode.</summary>
public readonly struct HenryLaw<P>
    where P : struct, IParameter<P>
{
    /// <summary>1/S_H [bar m^2].</summary>
    public required P InverseSolubility { get; init; }

    /// <summary>Smallest n_d that the potential distinguishes [m^-2].</summary>
    public required P SmallestDensity { get; init; }

    /// <summary>The law of a device.</summary>
    public static HenryLaw<P> Of(Pack<P> pack, Device device) => new()
    {
        InverseSolubility = pack(d => 1 / (d.Gas.Solubility * d.Gas.DissolutionDepth)),
        SmallestDensity = pack(d => 1e-3 * HenryLaw.AtRest(d)),
    };

    /// <summary>Fugacity f [bar].</summary>
    /// <param name="dissolved">n_d [m^-2].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Fugacity<T>(T dissolved)
        where T : struct, IReal<T, P> => dissolved * InverseSolubility;

    /// <summary>Chemical potential over q, per molecule [V].</summary>
    /// <remarks>
    /// At rest there are 1e-5 molecules a device, far below the tolerance of n_d, so that an integration error may turn the
    /// sign; the energy of so few is nothing, and their potential is bounded.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Potential<T>(T dissolved, T thermalVoltage)
        where T : struct, IReal<T, P> => T.Log(Fugacity(T.Max(dissolved, SmallestDensity))) * thermalVoltage;
}

/// <summary>Dissolved hydrogen at rest.</summary>
public static class HenryLaw
{
    /// <summary>n_d in equilibrium with the state of rest [m^-2]: f = e^(-2 q U_W(y_ref)/kT) bar.</summary>
    public static double AtRest(Device device) => device.Gas.HenryConstant
        * Math.Exp(-2 * InsertionPotential.AtRest(device) / Constants.ThermalVoltage(device.Heat.AmbientTemperature));
}
