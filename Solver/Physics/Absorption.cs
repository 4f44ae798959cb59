using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Absorption H_ads + site &lt;=&gt; H_W + *.</summary>
/// <remarks>
/// r_A = Gamma_s k_A [theta (1-y_s) - K_A y_s (1-theta)] [m^-2 s^-1] with
/// K_A = theta_0 (1-y_ref)/((1-theta_0) y_ref) times the activity coefficient of inserted hydrogen over that at rest, which
/// follows from <see cref="InsertionPotential{P}"/>: the step rests where adsorbed and inserted hydrogen are in equilibrium. With
/// space charge a proton and an electron are inserted, and the way back goes with the electrons' activity e^p besides.
/// </remarks>
public readonly struct Absorption<P> : IInterfaceReaction<P>
    where P : struct, IParameter<P>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Makes(int species) => species switch
    {
        InterfaceSpecies.Adsorbed => -1,
        InterfaceSpecies.Inserted => 1,
        _ => 0,
    };

    /// <summary>Gamma_s k_A [m^-2 s^-1].</summary>
    public required P RateConstant { get; init; }

    /// <summary>K_A at rest.</summary>
    public required P RestEquilibrium { get; init; }

    /// <summary>Potential of inserted hydrogen.</summary>
    public required InsertionPotential<P> Insertion { get; init; }

    /// <summary>True where WO3 has space charge.</summary>
    public required bool HasSpaceCharge { get; init; }

    /// <summary>The step of a device.</summary>
    public static Absorption<P> Of(Pack<P> pack, Device device) => new()
    {
        RateConstant = pack(d => d.Interface.SiteDensity * d.Interface.AbsorptionRate),
        RestEquilibrium = pack(d => d.Interface.RestCoverage / (1 - d.Interface.RestCoverage)
            * ((1 - d.Wo3.RestComposition) / d.Wo3.RestComposition)),
        Insertion = InsertionPotential<P>.Of(pack, device),
        HasSpaceCharge = device.Wo3.SpaceCharge,
    };

    /// <summary>K_A: theta (1-y) over y (1-theta) at equilibrium.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Equilibrium<T>(T composition, T inverseThermalVoltage)
        where T : struct, IReal<T, P> => Insertion.IsIdeal
            ? T.Constant(RestEquilibrium)
            : Insertion.Coefficient(composition, inverseThermalVoltage) * RestEquilibrium;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Rate<T>(in InterfaceState<T> s, in InterfaceDrive<T> d)
        where T : struct, IReal<T, P>
    {
        T back = Equilibrium(s.Amounts.Inserted, s.InverseThermalVoltage) * s.Amounts.Inserted * (-s.Amounts.Adsorbed + 1.0);
        if (HasSpaceCharge)
            back *= d.Electrons;
        return (s.Amounts.Adsorbed * (-s.Amounts.Inserted + 1.0) - back) * RateConstant;
    }
}
