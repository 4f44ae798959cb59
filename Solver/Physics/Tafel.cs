using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Tafel step 2 H_ads &lt;=&gt; H2 + 2 *.</summary>
/// <remarks>r_T = Gamma_s k_T [theta^2 - Theta^2 f (1-theta)^2] [m^-2 s^-1] (Parsons, Trans. Faraday Soc. 54, 1053 (1958)).</remarks>
public readonly struct Tafel<P> : IInterfaceReaction<P>
    where P : struct, IParameter<P>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Makes(int species) => species switch
    {
        InterfaceSpecies.Adsorbed => -2,
        InterfaceSpecies.Dissolved => 1,
        _ => 0,
    };

    /// <summary>Gamma_s k_T [m^-2 s^-1].</summary>
    public required P RateConstant { get; init; }

    /// <summary>Adsorbed hydrogen, which knows Theta.</summary>
    public required LangmuirAdsorption<P> Adsorption { get; init; }

    /// <summary>Dissolved molecules, which know f.</summary>
    public required HenryLaw<P> Gas { get; init; }

    /// <summary>The step of a device.</summary>
    public static Tafel<P> Of(Pack<P> pack, Device device) => new()
    {
        RateConstant = pack(d => d.Interface.SiteDensity * d.Interface.TafelRate),
        Adsorption = LangmuirAdsorption<P>.Of(pack, device),
        Gas = HenryLaw<P>.Of(pack, device),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Rate<T>(in InterfaceState<T> s, in InterfaceDrive<T> d)
        where T : struct, IReal<T, P>
    {
        T ratio = Adsorption.OddsAtOneBar(d.Boost) * (-s.Amounts.Adsorbed + 1.0);
        return (s.Amounts.Adsorbed * s.Amounts.Adsorbed - ratio * ratio * Gas.Fugacity(s.Amounts.Dissolved)) * RateConstant;
    }
}
