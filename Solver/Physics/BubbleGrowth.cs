using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Passage of dissolved hydrogen into bubbles: H2 (dissolved) &lt;=&gt; H2 (bubble).</summary>
/// <remarks>
/// A bubble grows by (n_d - n_sat)/tau_grow once n_d passes n_crit or a bubble exists, as in classical nucleation, and
/// shrinks by n_b/tau_shrink (1 - n_d/n_sat) below saturation [m^-2 s^-1]. Both switches are smooth steps with compact
/// support: exactly 0 below 0.98 n_crit and without bubble, so that a rest of 1e8 pulse lengths creates nothing.
/// </remarks>
public readonly struct BubbleGrowth<P> : IInterfaceReaction<P>
    where P : struct, IParameter<P>
{
    /// <inheritdoc/>
    public static int Dissolved => -1;

    /// <inheritdoc/>
    public static int Bubbles => 1;

    /// <inheritdoc/>
    public static bool IsActivated => false;

    /// <summary>1/n_crit [m^2].</summary>
    public required P InverseCritical { get; init; }

    /// <summary>n_sat [m^-2].</summary>
    public required P Saturation { get; init; }

    /// <summary>1/tau_grow [1/s].</summary>
    public required P GrowthRate { get; init; }

    /// <summary>1/tau_shrink [1/s].</summary>
    public required P ShrinkRate { get; init; }

    /// <summary>The bubbles of a device.</summary>
    public static BubbleGrowth<P> Of(Pack<P> pack, Device device) => new()
    {
        InverseCritical = pack(d => 1 / d.Gas.CriticalDensity),
        Saturation = pack(d => d.Gas.SaturationDensity),
        GrowthRate = pack(d => 1 / d.Gas.GrowthTime),
        ShrinkRate = pack(d => 1 / d.Gas.ShrinkTime),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Rate<T>(in InterfaceState<T> s, in InterfaceDrive<T> d)
        where T : struct, IReal<T, P>
    {
        P zero = default;
        T nucleates = SmoothStep((s.Dissolved * InverseCritical + -0.98) * 25);
        // A bubble counts as one from 2 % of the critical density on.
        T exists = SmoothStep(s.Bubbles * InverseCritical * 50);
        T open = nucleates + exists - nucleates * exists;
        P perSaturation = P.Reciprocal(Saturation);
        return T.Max(s.Dissolved - Saturation, zero) * open * GrowthRate
            - s.Bubbles * T.Max(-(s.Dissolved * perSaturation) + 1.0, zero) * ShrinkRate;
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
