using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Volmer step H+ + e- + * &lt;=&gt; H_ads.</summary>
/// <remarks>
/// r_V = (j0_W/q) [(a_N)(1-theta)/(1-theta_0) e^(alpha u) - (theta/theta_0) e^(-(1-alpha) u)] [m^-2 s^-1], a_N the activity of
/// protons over that at rest (Parsons, Trans. Faraday Soc. 54, 1053 (1958)).
/// </remarks>
public readonly struct Volmer<P> : IInterfaceReaction<P>
    where P : struct, IParameter<P>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Makes(int species) => species switch
    {
        InterfaceSpecies.Proton => -1,
        InterfaceSpecies.Adsorbed => 1,
        _ => 0,
    };

    /// <summary>j0_W/q [m^-2 s^-1].</summary>
    public required P ExchangeRate { get; init; }

    /// <summary>1/theta_0.</summary>
    public required P PerRestCoverage { get; init; }

    /// <summary>1/(1-theta_0).</summary>
    public required P PerRestVacancy { get; init; }

    /// <summary>The step of a device.</summary>
    public static Volmer<P> Of(Pack<P> pack, Device device) =>
        Of(pack, d => d.Interface.ExchangeCurrentDensity, d => d.Interface.RestCoverage);

    /// <summary>The step on sites of a kind.</summary>
    /// <param name="pack">Packs numbers of devices.</param>
    /// <param name="exchangeCurrentDensity">j0 [A/m^2].</param>
    /// <param name="restCoverage">theta_0.</param>
    public static Volmer<P> Of(Pack<P> pack, Func<Device, double> exchangeCurrentDensity, Func<Device, double> restCoverage) => new()
    {
        ExchangeRate = pack(d => exchangeCurrentDensity(d) / Constants.ElementaryCharge),
        PerRestCoverage = pack(d => 1 / restCoverage(d)),
        PerRestVacancy = pack(d => 1 / (1 - restCoverage(d))),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Rate<T>(in InterfaceState<T> s, in InterfaceDrive<T> d)
        where T : struct, IReal<T, P> => Net(s.Amounts.Adsorbed, d);

    /// <summary>Net rate on sites of a coverage [m^-2 s^-1].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Net<T>(T coverage, in InterfaceDrive<T> d)
        where T : struct, IReal<T, P> =>
        (d.Activity * (-coverage + 1.0) * d.Forward * PerRestVacancy - coverage * d.Backward * PerRestCoverage) * ExchangeRate;
}
