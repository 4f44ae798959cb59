using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Escape over the barrier of a tilted sinusoidal potential.</summary>
/// <remarks>
/// With the critical field E_c = pi E_m/(q a) and s = E/E_c = 2|x|/(pi m), m = E_m/kT, the barrier is
/// E_m [sqrt(1 - s^2) - s arccos s] and vanishes for s >= 1; the rate over Gamma0 is exp(m - barrier/kT).
/// For small s the barrier drops by q a E/2, as in the sinh law.
/// </remarks>
public readonly struct WashboardHop<P> : IHopLaw<WashboardHop<P>, P>
    where P : struct, IParameter<P>
{
    /// <summary>E_m [eV].</summary>
    public required P MigrationBarrier { get; init; }

    /// <inheritdoc/>
    public static WashboardHop<P> Of(Pack<P> pack, Device device) => new() { MigrationBarrier = pack(d => d.Psg.MigrationBarrier) };

    /// <inheritdoc/>
    public T Factor<T>(T x, T inverseThermalVoltage)
        where T : struct, IReal<T, P>
    {
        T magnitude = T.Abs(x);
        T m = inverseThermalVoltage * MigrationBarrier;
        T tilt = magnitude * (2 / Math.PI) / m;
        return T.Exp(m - m * T.ArccosIntegral(tilt) - magnitude);
    }
}
