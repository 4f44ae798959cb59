using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Hydrogen adsorbed on equal, independent sites of the PSG/WO3 interface.</summary>
/// <remarks>
/// Langmuir (J. Am. Chem. Soc. 40, 1361 (1918)): mu = V_T ln[(theta/(1-theta))/(theta_0/(1-theta_0))] - U_W(y_ref, T), over q.
/// Theta = theta_0/(1-theta_0) e^(q U_W(y_ref)/kT) is the ratio theta/(1-theta) in equilibrium with 1 bar of hydrogen.
/// Valid for 0 &lt; theta &lt; 1.
/// </remarks>
public readonly struct LangmuirAdsorption<P>
    where P : struct, IParameter<P>
{
    /// <summary>theta_0/(1-theta_0).</summary>
    public required P RestOdds { get; init; }

    /// <summary>U_W(y_ref, T), of which the enthalpy is that of the sites' hydrogen with the sign changed.</summary>
    public required LinearPotential<P> Rest { get; init; }

    /// <summary>The sites of the reactions.</summary>
    public static LangmuirAdsorption<P> Of(Pack<P> pack, Device device) => Of(pack, d => d.Interface.RestCoverage);

    /// <summary>Sites of a kind, by their coverage at rest.</summary>
    public static LangmuirAdsorption<P> Of(Pack<P> pack, Func<Device, double> restCoverage) => new()
    {
        RestOdds = pack(d => restCoverage(d) / (1 - restCoverage(d))),
        Rest = LinearPotential<P>.Of(pack, InsertionPotential.AtRest, CellVoltage.InsertionSlope),
    };

    /// <summary>Chemical potential over q [V].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Potential<T>(T coverage, T thermalVoltage)
        where T : struct, IReal<T, P> =>
        T.Log(coverage / (-coverage + 1.0) * P.Reciprocal(RestOdds)) * thermalVoltage - Rest.At(thermalVoltage);

    /// <summary>Theta, from e^(q U_W(y_ref)/kT).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T OddsAtOneBar<T>(T boost)
        where T : struct, IReal<T, P> => boost * RestOdds;
}
