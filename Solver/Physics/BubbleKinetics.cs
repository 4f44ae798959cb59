using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Exchange of dissolved hydrogen with bubbles, and its leak.</summary>
/// <remarks>
/// A bubble grows by (n_d - n_sat)/tau_grow once n_d passes n_crit or a bubble exists, as in classical nucleation, and
/// shrinks by n_b/tau_shrink (1 - n_d/n_sat) below saturation. Both switches are smooth steps with compact support:
/// exactly 0 below 0.98 n_crit and without bubble, so that a rest of 1e8 pulse lengths creates nothing.
/// </remarks>
public readonly struct BubbleKinetics<P>
    where P : struct, IParameter<P>
{
    /// <summary>1/n_crit [m^2].</summary>
    public required P InverseCritical { get; init; }

    /// <summary>n_sat [m^-2].</summary>
    public required P Saturation { get; init; }

    /// <summary>1/tau_grow [1/s].</summary>
    public required P GrowthRate { get; init; }

    /// <summary>1/tau_shrink [1/s].</summary>
    public required P ShrinkRate { get; init; }

    /// <summary>1/tau_leak [1/s].</summary>
    public required P LeakRate { get; init; }

    /// <summary>n_d in equilibrium with the rest state [m^-2].</summary>
    public required P Equilibrium { get; init; }

    /// <summary>Loss of dissolved hydrogen through the films [m^-2 s^-1].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Leak<T>(T dissolved)
        where T : struct, IReal<T, P> => (dissolved - Equilibrium) * LeakRate;

    /// <summary>Molecules that pass from the dissolved state into bubbles [m^-2 s^-1].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Growth<T>(T dissolved, T bubbles)
        where T : struct, IReal<T, P>
    {
        P zero = default;
        T nucleates = SmoothStep((dissolved * InverseCritical + -0.98) * 25);
        // A bubble counts as one from 2 % of the critical density on.
        T exists = SmoothStep(bubbles * InverseCritical * 50);
        T open = nucleates + exists - nucleates * exists;
        P perSaturation = P.Reciprocal(Saturation);
        return T.Max(dissolved - Saturation, zero) * open * GrowthRate
            - bubbles * T.Max(-(dissolved * perSaturation) + 1.0, zero) * ShrinkRate;
    }

    /// <summary>3 x^2 - 2 x^3 between 0 and 1, constant outside.</summary>
    [MethodImpl(Compilation.Operator)]
    private static T SmoothStep<T>(T x)
        where T : struct, IReal<T, P>
    {
        P zero = default;
        T clamped = -T.Max(-T.Max(x, zero), P.From(-1));
        return clamped * clamped * (clamped * -2 + 3.0);
    }
}
