using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Passage of dissolved hydrogen into bubbles: H2 (dissolved) &lt;=&gt; H2 (bubble).</summary>
/// <remarks>
/// r = S_H (f_d - f_b)/tau_grow [m^-2 s^-1] once n_d passes n_crit or a bubble exists, both ways: molecules go down the gradient of
/// fugacity, whatever opens their way. Both switches are smooth steps with compact support: exactly 0 below 0.98 n_crit and without
/// bubble, so that a rest of 1e8 pulse lengths creates nothing.
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

    /// <summary>1/tau_grow [1/s].</summary>
    public required P GrowthRate { get; init; }

    /// <summary>S_H [m^-2/bar].</summary>
    public required P Solubility { get; init; }

    /// <summary>Hydrogen in bubbles.</summary>
    public required BubbleGas<P> Gas { get; init; }

    /// <summary>The bubbles of a device.</summary>
    public static BubbleGrowth<P> Of(Pack<P> pack, Device device) => new()
    {
        InverseCritical = pack(d => 1 / d.Gas.CriticalDensity),
        GrowthRate = pack(d => 1 / d.Gas.GrowthTime),
        Solubility = pack(d => d.Gas.HenryConstant),
        Gas = BubbleGas<P>.Of(pack, device),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Rate<T>(in InterfaceState<T> s, in InterfaceDrive<T> d)
        where T : struct, IReal<T, P>
    {
        T nucleates = SmoothStep((s.Dissolved * InverseCritical + -0.98) * 25);
        // A bubble counts as one from 2e-5 of the critical density on.
        T exists = SmoothStep(s.Bubbles * InverseCritical * 5e4);
        T open = nucleates + exists - nucleates * exists;
        return (s.Dissolved - Gas.Fugacity(s.Bubbles, s.InverseThermalVoltage) * Solubility) * open * GrowthRate;
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
