using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Chemical potentials over q [V] of the species, on one scale: at equilibrium their sums balance in every step.</summary>
/// <remarks>
/// Protons in PSG: V_T ln a (and q phi besides). Bound protons: V_T ln[(b/(N_t-b))/(b_0/(N_t-b_0))] (and q phi). Adsorbed hydrogen: V_T ln[(theta/(1-theta))/(theta_0/(1-theta_0))] - U_W(y_ref).
/// Inserted hydrogen: g_W (y - y_ref) + n V_T ln[(y/(1-y))/(y_ref/(1-y_ref))] - U_W(y_ref). Molecular hydrogen: V_T ln f, f in
/// bar, twice the hydrogen electrode. Each species takes the temperature of its own node, which makes the balance of
/// energy exact also where temperature varies.
/// </remarks>
public readonly struct ChemicalPotentials<P>
    where P : struct, IParameter<P>
{
    /// <summary>Activity of protons in PSG.</summary>
    public required ProtonActivity<P> Activity { get; init; }

    /// <summary>U_W(y_ref) [V].</summary>
    public required P RestPotential { get; init; }

    /// <summary>(1-theta_0)/theta_0.</summary>
    public required P InverseRestOdds { get; init; }

    /// <summary>y_ref.</summary>
    public required P RestComposition { get; init; }

    /// <summary>1/C_max [m^3].</summary>
    public required P InverseSites { get; init; }

    /// <summary>n.</summary>
    public required P Species { get; init; }

    /// <summary>g_W [V].</summary>
    public required P Interaction { get; init; }

    /// <summary>1/S_H [bar m^2].</summary>
    public required P InverseHenry { get; init; }

    /// <summary>N_t [m^-3]; without traps any number.</summary>
    public required P TrapDensity { get; init; }

    /// <summary>(N_t - b_0)/b_0; without traps any number.</summary>
    public required P InverseRestTrapOdds { get; init; }

    /// <summary>Mobile proton of density c, without q phi [V].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Proton<T>(T density, T thermalVoltage)
        where T : struct, IReal<T, P> => T.Log(Activity.Of(density)) * thermalVoltage;

    /// <summary>Bound proton of density b, without q phi [V].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Bound<T>(T bound, T thermalVoltage)
        where T : struct, IReal<T, P> =>
        T.Log(bound / (T.Constant(TrapDensity) - bound) * InverseRestTrapOdds) * thermalVoltage;

    /// <summary>Adsorbed hydrogen [V].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Adsorbed<T>(T coverage, T thermalVoltage)
        where T : struct, IReal<T, P> =>
        T.Log(coverage / (-coverage + 1.0) * InverseRestOdds) * thermalVoltage - RestPotential;

    /// <summary>Inserted hydrogen of density C [V].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Inserted<T>(T density, T thermalVoltage)
        where T : struct, IReal<T, P>
    {
        T y = density * InverseSites;
        T odds = y / (-y + 1.0) * ((-RestComposition + 1.0) / RestComposition);
        return T.Log(odds) * thermalVoltage * Species + (y - RestComposition) * Interaction - RestPotential;
    }

    /// <summary>Smallest n_d that the potential of the molecule distinguishes [m^-2].</summary>
    public required P SmallestDissolved { get; init; }

    /// <summary>Molecular hydrogen of areal density n_d, per molecule [V].</summary>
    /// <remarks>
    /// At rest there are 1e-5 molecules a device, far below the tolerance of n_d, so that an integration error may turn the
    /// sign; the energy of so few is nothing, and their potential is bounded.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Molecule<T>(T dissolved, T thermalVoltage)
        where T : struct, IReal<T, P> => T.Log(T.Max(dissolved, SmallestDissolved) * InverseHenry) * thermalVoltage;
}
