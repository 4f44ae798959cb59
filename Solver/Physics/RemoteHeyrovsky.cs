using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Hypothesis about Fig. 4 of the paper, off by default: a Heyrovsky step whose proton is
/// not thermalised on its last hop.</summary>
/// <remarks>
/// H_ads + H+(one hop away) + e- &lt;=&gt; H2 + *: r = Gamma_s k_R [a_R theta e^(alpha u_R) - Theta e^(q U_W(y_ref)/kT) f (1-theta)
/// e^(-(1-alpha) u_R)] [m^-2 s^-1], activity a_R and u_R = (phi_R - psi + U_W(y_ref))/V_T taken one hopping distance from the compact
/// layer, in a slab a fiftieth of it thick (of triangles, at the nearest node). At 1 V/nm the proton brings 0.57 eV more than a
/// thermalised one. Back reaction and balance are those of <see cref="Heyrovsky{P}"/> with that proton.
/// </remarks>
public readonly struct RemoteHeyrovsky<P> : IInterfaceReaction<P>
    where P : struct, IParameter<P>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Makes(int species) => species switch
    {
        InterfaceSpecies.Remote => -1,
        InterfaceSpecies.Adsorbed => -1,
        InterfaceSpecies.Dissolved => 1,
        _ => 0,
    };

    /// <summary>Gamma_s k_R [m^-2 s^-1].</summary>
    public required P RateConstant { get; init; }

    /// <summary>Adsorbed hydrogen, which knows Theta.</summary>
    public required LangmuirAdsorption<P> Adsorption { get; init; }

    /// <summary>Dissolved molecules, which know f.</summary>
    public required HenryLaw<P> Gas { get; init; }

    /// <summary>Activity of protons.</summary>
    public required ProtonActivity<P> Activity { get; init; }

    /// <summary>Charge transfer.</summary>
    public required ChargeTransfer<P> Transfer { get; init; }

    /// <summary>True where the electrons have an activity of their own, e^(q (phi_s - psi)/kT).</summary>
    public required bool HasSpaceCharge { get; init; }

    /// <summary>The step of a device.</summary>
    public static RemoteHeyrovsky<P> Of(Pack<P> pack, Device device) => new()
    {
        RateConstant = pack(d => d.Interface.SiteDensity * d.Hypotheses.RemoteRate),
        Adsorption = LangmuirAdsorption<P>.Of(pack, device),
        Gas = HenryLaw<P>.Of(pack, device),
        Activity = ProtonActivity<P>.Of(pack, device),
        Transfer = ChargeTransfer<P>.Of(pack, device),
        HasSpaceCharge = device.Wo3.SpaceCharge,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Rate<T>(in InterfaceState<T> s, in InterfaceDrive<T> d)
        where T : struct, IReal<T, P>
    {
        LinearPotential<P> rest = Adsorption.Rest;
        T u = (s.RemoteDrop + rest.Enthalpy) * s.InverseThermalVoltage + rest.Slope;
        T forward = Transfer.Forward(u, s.InverseThermalVoltage, out T backward);
        if (HasSpaceCharge)
            forward *= d.Electrons;
        return (Activity.At(s.Amounts.Remote) * s.Amounts.Adsorbed * forward
            - Adsorption.OddsAtOneBar(d.Boost) * d.Boost * Gas.Fugacity(s.Amounts.Dissolved) * (-s.Amounts.Adsorbed + 1.0) * backward)
            * RateConstant;
    }
}
