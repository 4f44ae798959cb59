using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Downhill rate Gamma0 e^|x| without bound: the net rate is 2 Gamma0 sinh(x) (eq. 1 of Onen et al. 2022).</summary>
public readonly struct SinhHop<P> : IHopLaw<SinhHop<P>, P>
    where P : struct, IParameter<P>
{
    /// <inheritdoc/>
    public static SinhHop<P> Of(Pack<P> pack, Device device) => default;

    /// <inheritdoc/>
    public T Factor<T>(T x, T inverseThermalVoltage)
        where T : struct, IReal<T, P> => T.From(1);
}
