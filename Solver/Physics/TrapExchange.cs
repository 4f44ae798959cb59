using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using static FvSolver.Materials.Constants;

namespace FvSolver.Solver.Physics;

/// <summary>Exchange of mobile protons with bound ones, in detailed balance: H+ + trap &lt;=&gt; bound.</summary>
/// <remarks>
/// r = [k_c c (N_t - b) - k_r b] exp(dE(E)/kT), where c is replaced by the density of equal activity under a site limit. The field lowers
/// the barrier between the mobile and the bound state and so speeds up both ways alike: their ratio, the binding energy, is that without
/// field, and bound protons are in equilibrium with mobile ones inside every double layer. Poole-Frenkel lowering
/// dE = sqrt(q E/(pi eps)) (Frenkel, Phys. Rev. 54, 647 (1938)), capped smoothly where the barrier vanishes:
/// dE/(1 + (dE/cap)^4)^(1/4). The square root of |E| is rounded below E_0 = 1e5 V/m, where its slope would be infinite:
/// E^2/(E^2 + E_0^2)^(3/4), without kink at zero, where the traps rest.
/// </remarks>
public readonly struct TrapExchange<P>
    where P : struct, IParameter<P>
{
    private const double RoundingField = 1e5;

    /// <summary>Activity of mobile protons.</summary>
    public required ProtonActivity<P> Activity { get; init; }

    /// <summary>N_t [m^-3].</summary>
    public required P TrapDensity { get; init; }

    /// <summary>k_c [m^3/s].</summary>
    public required P CaptureCoefficient { get; init; }

    /// <summary>k_r [1/s].</summary>
    public required P ReleaseRate { get; init; }

    /// <summary>sqrt(q/(pi eps)): lowering over the square root of the field [(V m)^0.5].</summary>
    public required P LoweringPerRootField { get; init; }

    /// <summary>Largest lowering [V].</summary>
    public required P LargestLowering { get; init; }

    /// <summary>(N_t - b_0)/b_0.</summary>
    public required P InverseRestOdds { get; init; }

    /// <summary>The traps of a device.</summary>
    public static TrapExchange<P> Of(Pack<P> pack, Device device) => new()
    {
        Activity = ProtonActivity<P>.Of(pack, device),
        TrapDensity = pack(d => d.Psg.TrapDensity),
        CaptureCoefficient = pack(d => d.Psg.CaptureCoefficient),
        ReleaseRate = pack(d => d.Psg.ReleaseRate),
        LoweringPerRootField = pack(d => Math.Sqrt(ElementaryCharge / (Math.PI * d.Psg.OpticalPermittivity * VacuumPermittivity))),
        LargestLowering = pack(d => d.Psg.LargestBarrierLowering),
        InverseRestOdds = pack(d => d.Psg.TrapDensity / (d.Psg.FixedChargeDensity - TrapExchange.RestDensity(d.Psg)) - 1),
    };

    /// <summary>Chemical potential of a bound proton over q, without q phi [V]: V_T ln[(b/(N_t-b))/(b_0/(N_t-b_0))].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Potential<T>(T bound, T thermalVoltage)
        where T : struct, IReal<T, P> =>
        T.Log(bound / (T.Constant(TrapDensity) - bound) * InverseRestOdds) * thermalVoltage;

    /// <summary>Net capture per volume [m^-3 s^-1].</summary>
    /// <param name="mobile">c [m^-3].</param>
    /// <param name="bound">b [m^-3].</param>
    /// <param name="field">Field of the edge [V/m].</param>
    /// <param name="inverseThermalVoltage">q/kT [1/V].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Capture<T>(T mobile, T bound, T field, T inverseThermalVoltage)
        where T : struct, IReal<T, P>
    {
        T square = field * field, rounded = T.Sqrt(square + RoundingField * RoundingField);
        T root = square / (rounded * T.Sqrt(rounded));
        T lowering = root * LoweringPerRootField;
        T relative = lowering / T.Constant(LargestLowering);
        T second = relative * relative;
        T capped = lowering / T.Sqrt(T.Sqrt(second * second + 1.0));
        return (Activity.Ideal(mobile) * (T.Constant(TrapDensity) - bound) * CaptureCoefficient - bound * ReleaseRate)
            * T.Exp(capped * inverseThermalVoltage);
    }
}

/// <summary>Traps at rest.</summary>
public static class TrapExchange
{
    /// <summary>Mobile proton density at rest [m^-3], c_fix less what the traps hold: no net capture, k_c c (N_t -
    /// b) = k_r b, and neutrality, c + b = c_fix.</summary>
    public static double RestDensity(Electrolyte psg)
    {
        if (psg.TrapDensity == 0)
            return psg.FixedChargeDensity;
        // c^2 + c (N_t + K - c_fix) - K c_fix = 0 with K = k_r/k_c, in the form without cancellation.
        double k = psg.ReleaseRate / psg.CaptureCoefficient;
        double p = psg.TrapDensity + k - psg.FixedChargeDensity;
        double root = Math.Sqrt(p * p + 4 * k * psg.FixedChargeDensity);
        return p > 0 ? 2 * k * psg.FixedChargeDensity / (root + p) : (root - p) / 2;
    }
}
