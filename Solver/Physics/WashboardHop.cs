using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Overdamped motion over the barriers of a tilted sinusoidal potential, escape and free sliding in one.</summary>
/// <remarks>
/// In U(z) = (E_m/2) cos(2 pi z/a) - q E z a particle of diffusivity D drifts with
/// v = (2 D/a) sinh(x)/K(x), K(x) = integral over (-1/2, 1/2) of cosh(2 x s) I_0(m cos(pi s)) ds = |I_(i x/pi)(m/2)|^2, m = E_m/kT
/// (Ambegaokar and Halperin, Phys. Rev. Lett. 22, 1364 (1969), for the phase of a Josephson junction). With Gamma0 as the rate at low
/// field, s(x) = K(0)/K(x). The product of the two Bessel functions is a series of positive terms (DLMF, 10.31.3):
/// K(x) = sinh(x)/x S(x), S(x) = sum over k of C(2k, k) (m/4)^2k / product over j = 1..k of (j^2 + (x/pi)^2).
/// At low field the barrier drops by q a E/2, as in the sinh law; it vanishes at E_c = pi E_m/(q a), through which the rate is smooth;
/// beyond, the mobility tends to that of free motion, I_0(m/2)^2 times the one at low field.
/// </remarks>
public readonly struct WashboardHop<P> : IHopLaw<WashboardHop<P>, P>
    where P : struct, IParameter<P>
{
    /// <summary>E_m [eV].</summary>
    public required P MigrationBarrier { get; init; }

    /// <summary>Terms of the series: the rest is less than 1e-17 of the sum.</summary>
    public required int Terms { get; init; }

    /// <inheritdoc/>
    public static WashboardHop<P> Of(Pack<P> pack, Device device)
    {
        P coldest = pack(d => d.Psg.MigrationBarrier
            / Constants.ThermalVoltage(Math.Min(d.Heat.AmbientTemperature, d.Heat.ReferenceTemperature)));
        double largest = Enumerable.Range(0, P.LaneCount).Max(lane => P.Lane(coldest, lane));
        return new() { MigrationBarrier = pack(d => d.Psg.MigrationBarrier), Terms = (int)Math.Ceiling(20 + 0.95 * largest) };
    }

    /// <inheritdoc/>
    public T Factor<T>(T x, T inverseThermalVoltage)
        where T : struct, IReal<T, P>
    {
        T quarter = inverseThermalVoltage * MigrationBarrier * 0.25, square = quarter * quarter, order = x * (1 / Math.PI),
            shift = order * order;
        T term = T.From(1), sum = term, termAtRest = term, sumAtRest = term;
        for (int k = 1; k <= Terms; k++)
        {
            T ratio = square * (2.0 * (2 * k - 1) / k);
            term = term * ratio / (shift + (double)k * k);
            termAtRest = termAtRest * ratio * (1.0 / ((double)k * k));
            sum += term;
            sumAtRest += termAtRest;
        }
        return sumAtRest / (sum * T.Sinhc(x));
    }
}
