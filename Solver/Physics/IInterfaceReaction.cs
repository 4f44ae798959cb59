using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>State of the PSG/WO3 interface that its reactions see.</summary>
public struct InterfaceState<T>
    where T : struct
{
    /// <summary>
    /// How much there is of each species: protons at the last PSG node and one hop before it [m^-3], coverages, the composition y_s of
    /// the first lattice plane of WO3, molecules [m^-2]. Species that the device does not have are not set.
    /// </summary>
    public PerSpecies<T> Amounts;

    /// <summary>Drop over the compact layer [V]: phi_N - psi, or phi_N - phi_s where WO3 has space charge.</summary>
    public T Drop;

    /// <summary>phi_s - psi [V], with space charge only: the potential at the face of WO3 above that of its electrons.</summary>
    public T Band;

    /// <summary>phi - psi one hop before the last PSG node [V]; used by <see cref="RemoteHeyrovsky{P}"/> alone.</summary>
    public T RemoteDrop;

    /// <summary>q/kT [1/V].</summary>
    public T InverseThermalVoltage;
}

/// <summary>What several reactions share, worked out once for a state.</summary>
public struct InterfaceDrive<T>
    where T : struct
{
    /// <summary>Activity of protons over that at rest; with space charge times that of electrons.</summary>
    public T Activity;

    /// <summary>Activity e^p of electrons at the face over that at rest, p = q (phi_s - psi)/kT; with space charge only.</summary>
    public T Electrons;

    /// <summary>Forward charge transfer over its value at u = 0, u = (Drop + U_W(y_ref))/V_T.</summary>
    public T Forward;

    /// <summary>Backward charge transfer, e^-u times the forward one.</summary>
    public T Backward;

    /// <summary>e^(q U_W(y_ref)/kT); with gas only.</summary>
    public T Boost;
}

/// <summary>A row of the table of reactions at the PSG/WO3 interface: its rate, and how many of each species an event makes.</summary>
/// <remarks>
/// Balances, Jacobian, heat and energy follow from a row: a species grows at number times rate, and the affinity is minus
/// the sum over species of number times chemical potential. An event that takes a proton from PSG takes an electron from WO3.
/// </remarks>
public interface IInterfaceReaction<P>
    where P : struct, IParameter<P>
{
    /// <summary>How many of a species an event makes; negative for those it takes.</summary>
    /// <param name="species">Place of the species, a constant where speed matters: nothing is then left of the table.</param>
    static abstract int Makes(int species);

    /// <summary>True for a step with the activation energy of the interface.</summary>
    static virtual bool IsActivated => true;

    /// <summary>Events per area and time at the reference temperature [m^-2 s^-1].</summary>
    T Rate<T>(in InterfaceState<T> s, in InterfaceDrive<T> d)
        where T : struct, IReal<T, P>;
}
