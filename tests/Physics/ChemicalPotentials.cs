using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Physics;

namespace FvSolver.Tests.Physics;

/// <summary>Chemical potentials over q [V] of the species at nodes, on one scale: at equilibrium
/// their sums balance in every step.</summary>
/// <remarks>
/// Protons, mobile and bound, have q phi besides. Each species takes the temperature of its own node, which makes the
/// balance of energy exact also where temperature varies. Species on interfaces: <see cref="InterfaceChemistry{P}"/>.
/// </remarks>
internal readonly struct ChemicalPotentials<P>
    where P : struct, IParameter<P>
{
    /// <summary>Mobile protons in PSG.</summary>
    public required ProtonActivity<P> Mobile { get; init; }

    /// <summary>Bound protons; without traps of any value.</summary>
    public required TrapExchange<P> Traps { get; init; }

    /// <summary>Inserted hydrogen.</summary>
    public required InsertionPotential<P> Insertion { get; init; }

    /// <summary>1/C_max [m^3].</summary>
    public required P InverseSites { get; init; }

    /// <summary>The potentials of a device.</summary>
    public static ChemicalPotentials<P> Of(Pack<P> pack, Device device) => new()
    {
        Mobile = ProtonActivity<P>.Of(pack, device),
        Traps = TrapExchange<P>.Of(pack, device),
        Insertion = InsertionPotential<P>.Of(pack, device),
        InverseSites = pack(d => 1 / d.Wo3.SiteDensity),
    };

    /// <summary>Mobile proton of density c, without q phi [V].</summary>
    public T Proton<T>(T density, T thermalVoltage)
        where T : struct, IReal<T, P> => Mobile.Potential(density, thermalVoltage);

    /// <summary>Bound proton of density b, without q phi [V].</summary>
    public T Bound<T>(T bound, T thermalVoltage)
        where T : struct, IReal<T, P> => Traps.Potential(bound, thermalVoltage);

    /// <summary>Inserted hydrogen of density C [V].</summary>
    public T Inserted<T>(T density, T thermalVoltage)
        where T : struct, IReal<T, P> => Insertion.Potential(density * InverseSites, thermalVoltage);
}
