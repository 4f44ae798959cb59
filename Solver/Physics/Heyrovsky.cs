using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Heyrovsky step H_ads + H+ + e- &lt;=&gt; H2 + *.</summary>
/// <remarks>
/// r_Hy = Gamma_s k_Hy [a_N theta e^(alpha u) - Theta e^(q U_W(y_ref)/kT) f (1-theta) e^(-(1-alpha) u)] [m^-2 s^-1], a_N the
/// activity of protons over that at rest (Parsons, Trans. Faraday Soc. 54, 1053 (1958)).
/// </remarks>
public readonly struct Heyrovsky<P> : IInterfaceReaction<P>
    where P : struct, IParameter<P>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Makes(int species) => species switch
    {
        InterfaceSpecies.Proton => -1,
        InterfaceSpecies.Adsorbed => -1,
        InterfaceSpecies.Dissolved => 1,
        _ => 0,
    };

    /// <summary>Gamma_s k_Hy [m^-2 s^-1].</summary>
    public required P RateConstant { get; init; }

    /// <summary>Adsorbed hydrogen, which knows Theta.</summary>
    public required LangmuirAdsorption<P> Adsorption { get; init; }

    /// <summary>Dissolved molecules, which know f.</summary>
    public required HenryLaw<P> Gas { get; init; }

    /// <summary>The step of a device.</summary>
    public static Heyrovsky<P> Of(Pack<P> pack, Device device) => new()
    {
        RateConstant = pack(d => d.Interface.SiteDensity * d.Interface.HeyrovskyRate),
        Adsorption = LangmuirAdsorption<P>.Of(pack, device),
        Gas = HenryLaw<P>.Of(pack, device),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Rate<T>(in InterfaceState<T> s, in InterfaceDrive<T> d)
        where T : struct, IReal<T, P> =>
        (d.Activity * s.Amounts.Adsorbed * d.Forward
            - Adsorption.OddsAtOneBar(d.Boost) * d.Boost * Gas.Fugacity(s.Amounts.Dissolved) * (-s.Amounts.Adsorbed + 1.0) * d.Backward)
        * RateConstant;
}
