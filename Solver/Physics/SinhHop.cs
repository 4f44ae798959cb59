using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Downhill rate Gamma0 e^|x| without bound: the net rate is 2 Gamma0 sinh(x) (eq. 1 of Onen et al. 2022).</summary>
public readonly struct SinhHop : IHopLaw
{
    public static T Factor<T, P>(T x, T inverseThermalVoltage, in HopParameters<P> parameters)
        where T : struct, IReal<T, P>
        where P : struct, IParameter<P> => T.From(1);
}
