using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>The migration barrier E_m vanishes at 2 E_m/(q a); beyond, the downhill rate stays at its attempt rate.</summary>
/// <remarks>
/// Gamma = nu f/(1 + exp((E_m - q a |E|/2)/kT)) with nu f = Gamma0 e^m and m = E_m/kT, hence
/// s = e^(m - |x|)/(1 + e^(m - |x|)), written as 1/(1 + e^(|x| - m)). At zero field s = 1 - e^-m.
/// </remarks>
public readonly struct SaturatingHop<P> : IHopLaw<SaturatingHop<P>, P>
    where P : struct, IParameter<P>
{
    /// <summary>E_m [eV].</summary>
    public required P MigrationBarrier { get; init; }

    /// <inheritdoc/>
    public static SaturatingHop<P> Of(Pack<P> pack, Device device) => new() { MigrationBarrier = pack(d => d.Psg.MigrationBarrier) };

    /// <inheritdoc/>
    public T Factor<T>(T x, T inverseThermalVoltage)
        where T : struct, IReal<T, P> =>
        T.Reciprocal(T.Exp(T.Abs(x) - inverseThermalVoltage * MigrationBarrier) + 1.0);
}
