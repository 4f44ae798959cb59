using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>The migration barrier E_m vanishes at 2 E_m/(q a); beyond, the downhill rate stays at its attempt rate.</summary>
/// <remarks>
/// Gamma = nu f/(1 + exp((E_m - q a |E|/2)/kT)) with nu f = Gamma0 e^m and m = E_m/kT, hence
/// s = e^(m - |x|)/(1 + e^(m - |x|)), written as 1/(1 + e^(|x| - m)). At zero field s = 1 - e^-m.
/// </remarks>
public readonly struct SaturatingHop : IHopLaw
{
    public static T Factor<T, P>(T x, T inverseThermalVoltage, in HopParameters<P> parameters)
        where T : struct, IReal<T, P>
        where P : struct, IParameter<P> =>
        T.Reciprocal(T.Exp(T.Abs(x) - inverseThermalVoltage * parameters.MigrationBarrier) + 1.0);
}
