using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Leak of dissolved hydrogen through the films: r = (n_d - n_d,eq)/tau_leak [m^-2 s^-1].</summary>
public readonly struct HydrogenLeak<P> : IInterfaceReaction<P>
    where P : struct, IParameter<P>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Makes(int species) => species switch
    {
        InterfaceSpecies.Dissolved => -1,
        InterfaceSpecies.Leaked => 1,
        _ => 0,
    };

    /// <inheritdoc/>
    public static bool IsActivated => false;

    /// <summary>1/tau_leak [1/s].</summary>
    public required P RateConstant { get; init; }

    /// <summary>n_d in equilibrium with the rest state [m^-2].</summary>
    public required P Equilibrium { get; init; }

    /// <summary>The leak of a device.</summary>
    public static HydrogenLeak<P> Of(Pack<P> pack, Device device) => new()
    {
        RateConstant = pack(d => 1 / d.Gas.LeakTime),
        Equilibrium = pack(HenryLaw.AtRest),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Rate<T>(in InterfaceState<T> s, in InterfaceDrive<T> d)
        where T : struct, IReal<T, P> => (s.Amounts.Dissolved - Equilibrium) * RateConstant;
}
