using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Butler-Volmer reaction Pd-H &lt;=&gt; H+ (PSG) + e- (Pd) at the gate.</summary>
/// <remarks>
/// J_L = (j0_Pd/q) [a_H e^(alpha u) - (c_0/c_rest) e^(-(1-alpha) u)], u = (V_G - V_cell - phi_0 - U_plat)/V_T;
/// positive when protons enter the PSG [m^-2 s^-1].
/// </remarks>
public readonly struct PalladiumInjection<P>
    where P : struct, IParameter<P>
{
    /// <summary>j0_Pd/q [m^-2 s^-1].</summary>
    public required P ExchangeRate { get; init; }

    /// <summary>Charge transfer.</summary>
    public required ChargeTransfer<P> Transfer { get; init; }

    /// <summary>Temperature dependence of the exchange rate.</summary>
    public required Arrhenius<P> Temperature { get; init; }

    /// <summary>Activity of protons in PSG.</summary>
    public required ProtonActivity<P> Activity { get; init; }

    /// <summary>V_cell + U_plat(T): V_G - phi_0 at which the reaction rests when a_H = 1.</summary>
    public required LinearPotential<P> Rest { get; init; }

    /// <summary>Activity of hydrogen in Pd.</summary>
    public required PalladiumActivity<P> Reservoir { get; init; }

    /// <summary>The reaction of a device.</summary>
    public static PalladiumInjection<P> Of(Pack<P> pack, Device device) => new()
    {
        ExchangeRate = pack(d => d.Pd.ExchangeCurrentDensity / Constants.ElementaryCharge),
        Transfer = ChargeTransfer<P>.AtGate(pack, device),
        Temperature = Arrhenius<P>.Of(pack, d => d.Pd.ActivationEnergy),
        Activity = ProtonActivity<P>.Of(pack, device),
        Rest = LinearPotential<P>.Of(pack, CellVoltage.ReactionDrop, d => PalladiumIsotherm.PlateauSlope(d.Pd)),
        Reservoir = PalladiumActivity<P>.Of(pack, device),
    };

    /// <summary>Rate per area [m^-2 s^-1].</summary>
    /// <param name="gateVoltage">V_G [V].</param>
    /// <param name="potential">phi_0 [V].</param>
    /// <param name="density">c_0 [m^-3].</param>
    /// <param name="given">Hydrogen given by the reservoir per gate area, as its activity counts it [m^-2].</param>
    /// <param name="inverseThermalVoltage">q/kT [1/V].</param>
    /// <param name="isothermal">True when the temperature is the reference one, where the Arrhenius factor is 1.</param>
    [MethodImpl(Compilation.HotLoop)]
    public T Rate<T>(in T gateVoltage, in T potential, in T density, in T given, in T inverseThermalVoltage, bool isothermal)
        where T : struct, IReal<T, P>
    {
        T u = (gateVoltage - potential - Rest.Enthalpy) * inverseThermalVoltage - Rest.Slope;
        T forward = Transfer.Forward(u, inverseThermalVoltage, out T backward);
        T net = (Reservoir.Activity(given) * forward - Activity.At(density) * backward) * ExchangeRate;
        return isothermal ? net : net * Temperature.At(inverseThermalVoltage);
    }

    /// <summary>Chemical potential of hydrogen in Pd over q, on the scale of protons at rest [V]:
    /// V_cell + U_plat(T) - V_T ln a_H.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T HydrogenPotential<T>(T given, T thermalVoltage)
        where T : struct, IReal<T, P> => Rest.At(thermalVoltage) - Reservoir.LogActivity(given) * thermalVoltage;
}
