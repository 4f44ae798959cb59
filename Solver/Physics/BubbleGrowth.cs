using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Passage of dissolved hydrogen into bubbles that have nucleated: H2 (dissolved) &lt;=&gt; H2 (bubble).</summary>
/// <remarks>
/// r = S_H (f_d - f_b)/[tau_grow (1 + (f_d + f_b)/f_k)] [m^-2 s^-1], both ways: molecules go down the gradient of fugacity. Above f_k =
/// 1e5 bar, where a bubble of a few molecules collapses, the rate is bounded by what a wall lets through. Below one molecule a smooth step
/// to exactly 0 ends it: where no bubble has nucleated (<see cref="BubbleNucleation{P}"/>), a rest of 1e8 pulse lengths creates nothing.
/// </remarks>
public readonly struct BubbleGrowth<P> : IInterfaceReaction<P>
    where P : struct, IParameter<P>
{
    private const double BoundingFugacity = 1e5;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Makes(int species) => species switch
    {
        InterfaceSpecies.Dissolved => -1,
        InterfaceSpecies.Bubbles => 1,
        _ => 0,
    };

    /// <inheritdoc/>
    public static bool IsActivated => false;

    /// <summary>S_H/tau_grow [m^-2 s^-1/bar].</summary>
    public required P RateConstant { get; init; }

    /// <summary>Dissolved molecules.</summary>
    public required HenryLaw<P> Henry { get; init; }

    /// <summary>Hydrogen in bubbles.</summary>
    public required BubbleGas<P> Gas { get; init; }

    /// <summary>The bubbles of a device.</summary>
    public static BubbleGrowth<P> Of(Pack<P> pack, Device device) => new()
    {
        RateConstant = pack(d => d.Gas.HenryConstant / d.Gas.GrowthTime),
        Henry = HenryLaw<P>.Of(pack, device),
        Gas = BubbleGas<P>.Of(pack, device),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Rate<T>(in InterfaceState<T> s, in InterfaceDrive<T> d)
        where T : struct, IReal<T, P>
    {
        T outside = Henry.Fugacity(s.Amounts.Dissolved), inside = T.Exp(Gas.LogFugacity(s.Amounts.Bubbles));
        T slowed = (T.Abs(outside) + inside) * (1 / BoundingFugacity) + 1.0;
        return (outside - inside) / slowed * SmoothStep(Gas.Content(s.Amounts.Bubbles)) * RateConstant;
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
