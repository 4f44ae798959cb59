using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Volmer step on a second kind of sites, the grain boundaries of the polycrystalline film: H+ + e- + *_d &lt;=&gt; H_d.</summary>
/// <remarks>
/// The law of <see cref="Volmer{P}"/> with an exchange current density and a coverage of their own; the sites give their
/// hydrogen back through the same step only.
/// </remarks>
public readonly struct DefectVolmer<P> : IInterfaceReaction<P>
    where P : struct, IParameter<P>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Makes(int species) => species switch
    {
        InterfaceSpecies.Proton => -1,
        InterfaceSpecies.Defects => 1,
        _ => 0,
    };

    /// <summary>The step.</summary>
    public required Volmer<P> Step { get; init; }

    /// <summary>Hydrogen on the sites.</summary>
    public required LangmuirAdsorption<P> Sites { get; init; }

    /// <summary>The step of a device.</summary>
    public static DefectVolmer<P> Of(Pack<P> pack, Device device) => new()
    {
        Step = Volmer<P>.Of(pack, d => d.Interface.DefectExchangeCurrentDensity, d => d.Interface.DefectRestCoverage),
        Sites = LangmuirAdsorption<P>.Of(pack, d => d.Interface.DefectRestCoverage),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Rate<T>(in InterfaceState<T> s, in InterfaceDrive<T> d)
        where T : struct, IReal<T, P> => Step.Net(s.Amounts.Defects, d);
}
