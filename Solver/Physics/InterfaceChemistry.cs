using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>The table of reactions at the PSG/WO3 interface, and the chemical potentials of the species that live there.</summary>
/// <remarks>
/// Each row is a law of its own, in detailed balance by itself; here they are chosen and added up. U_W(y_ref) varies with the
/// temperature, as the entropy of the reactions has it.
/// </remarks>
internal readonly struct InterfaceChemistry<P>
    where P : struct, IParameter<P>
{
    public readonly Volmer<P> Volmer;
    public readonly Absorption<P> Absorption;
    public readonly DefectVolmer<P> Defects;
    public readonly Tafel<P> Tafel;
    public readonly Heyrovsky<P> Heyrovsky;
    public readonly RemoteHeyrovsky<P> Remote;
    public readonly HydrogenLeak<P> Leak;
    public readonly BubbleGrowth<P> Growth;

    private readonly ChargeTransfer<P> _transfer;
    private readonly ProtonActivity<P> _activity;
    private readonly Arrhenius<P> _temperature;
    private readonly LangmuirAdsorption<P> _adsorption;
    private readonly HenryLaw<P> _gas;
    private readonly bool _hasDefects, _hasGas, _hasRemote, _hasSpaceCharge;

    private InterfaceChemistry(Pack<P> pack, Device device)
    {
        Volmer = Volmer<P>.Of(pack, device);
        Absorption = Absorption<P>.Of(pack, device);
        Defects = DefectVolmer<P>.Of(pack, device);
        Tafel = Tafel<P>.Of(pack, device);
        Heyrovsky = Heyrovsky<P>.Of(pack, device);
        Remote = RemoteHeyrovsky<P>.Of(pack, device);
        Leak = HydrogenLeak<P>.Of(pack, device);
        Growth = BubbleGrowth<P>.Of(pack, device);
        _transfer = ChargeTransfer<P>.Of(pack, device);
        _activity = ProtonActivity<P>.Of(pack, device);
        _temperature = Arrhenius<P>.Of(pack, d => d.Interface.ActivationEnergy);
        _adsorption = LangmuirAdsorption<P>.Of(pack, device);
        _gas = HenryLaw<P>.Of(pack, device);
        _hasDefects = device.Interface.DefectDensity > 0;
        _hasGas = device.Gas.Enabled;
        _hasRemote = device.Hypotheses.RemoteHeyrovsky;
        _hasSpaceCharge = device.Wo3.SpaceCharge;
    }

    /// <summary>The chemistry of a device.</summary>
    public static InterfaceChemistry<P> Of(Pack<P> pack, Device device) => new(pack, device);

    /// <summary>What all reactions of the device make of each species [m^-2 s^-1], and the power that they dissipate.</summary>
    /// <param name="s">State of the interface.</param>
    /// <param name="isothermal">True when the temperature is the reference one, where Arrhenius factors are 1.</param>
    /// <param name="hasPower">True to work the power out.</param>
    /// <param name="potentials">Chemical potentials over q [V], of protons against the channel's electrons; used with power only.</param>
    /// <param name="made">What is made, written in place: to give back structures of lanes copies them.</param>
    /// <param name="joint">
    /// Atoms made of protons and of what reacts with them directly, together: from this sum the charge transfers, however fast, are gone.
    /// </param>
    /// <param name="power">Affinity times rate, over q [V m^-2 s^-1].</param>
    [MethodImpl(Compilation.HotLoop)]
    public void React<T>(
        in InterfaceState<T> s, bool isothermal, bool hasPower, in PerSpecies<T> potentials, out PerSpecies<T> made, out T joint,
        out T power)
        where T : struct, IReal<T, P>
    {
        SetShared(s, isothermal, out Shared<T> shared);
        made = default;
        (joint, power) = (default, default);
        Add(Volmer, s, shared, potentials, hasPower, ref made, ref joint, ref power);
        Add(Absorption, s, shared, potentials, hasPower, ref made, ref joint, ref power);
        if (_hasDefects)
            Add(Defects, s, shared, potentials, hasPower, ref made, ref joint, ref power);
        if (!_hasGas)
            return;
        Add(Tafel, s, shared, potentials, hasPower, ref made, ref joint, ref power);
        Add(Heyrovsky, s, shared, potentials, hasPower, ref made, ref joint, ref power);
        if (_hasRemote)
            Add(Remote, s, shared, potentials, hasPower, ref made, ref joint, ref power);
        Add(Leak, s, shared, potentials, hasPower, ref made, ref joint, ref power);
        Add(Growth, s, shared, potentials, hasPower, ref made, ref joint, ref power);
    }

    /// <summary>Rate of one row [m^-2 s^-1].</summary>
    public T Rate<TRow, T>(in TRow row, in InterfaceState<T> s, bool isothermal)
        where TRow : struct, IInterfaceReaction<P>
        where T : struct, IReal<T, P>
    {
        SetShared(s, isothermal, out Shared<T> shared);
        return Rate(row, s, shared);
    }

    /// <summary>Chemical potential over q [V] of a species of <see cref="InterfaceSpecies.All"/>.</summary>
    /// <param name="place">Place of the species.</param>
    /// <param name="amount">The unknown on which it depends.</param>
    /// <param name="thermalVoltage">kT/q [V].</param>
    [MethodImpl(Compilation.HotLoop)]
    public T Potential<T>(int place, T amount, T thermalVoltage)
        where T : struct, IReal<T, P> => place switch
        {
            InterfaceSpecies.Adsorbed => _adsorption.Potential(amount, thermalVoltage),
            InterfaceSpecies.Defects => Defects.Sites.Potential(amount, thermalVoltage),
            InterfaceSpecies.Bubbles => Growth.Gas.LogFugacity(amount) * thermalVoltage,
            _ => _gas.Potential(amount, thermalVoltage),
        };

    /// <summary>Partial molar enthalpy over q [V] of a species of <see cref="InterfaceSpecies.All"/>.</summary>
    public P Enthalpy(int place) => place is InterfaceSpecies.Adsorbed or InterfaceSpecies.Defects ? -_adsorption.Rest.Enthalpy : default;

    [MethodImpl(Compilation.HotLoop)]
    private void SetShared<T>(in InterfaceState<T> s, bool isothermal, out Shared<T> shared)
        where T : struct, IReal<T, P>
    {
        Unsafe.SkipInit(out shared);
        P rest = _adsorption.Rest.Enthalpy, slope = _adsorption.Rest.Slope;
        shared.Drive.Activity = _activity.At(s.Amounts.Proton);
        if (_hasSpaceCharge)
        {
            shared.Drive.Electrons = T.Exp(s.Band * s.InverseThermalVoltage);
            shared.Drive.Activity *= shared.Drive.Electrons;
        }
        shared.Drive.Forward = _transfer.Forward((s.Drop + rest) * s.InverseThermalVoltage + slope, s.InverseThermalVoltage,
            out shared.Drive.Backward);
        if (_hasGas)
            shared.Drive.Boost = T.Exp(s.InverseThermalVoltage * rest + slope);
        shared.IsIsothermal = isothermal;
        if (!isothermal)
            shared.Arrhenius = _temperature.At(s.InverseThermalVoltage);
    }

    /// <summary>Adds a row. A method of its own for each: one with all rows is too long for the compiler's budget for inlining.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private static void Add<TRow, T>(in TRow row, in InterfaceState<T> s, in Shared<T> shared, in PerSpecies<T> potentials, bool hasPower,
        ref PerSpecies<T> made, ref T joint, ref T power)
        where TRow : struct, IInterfaceReaction<P>
        where T : struct, IReal<T, P>
    {
        T rate = Rate(row, s, shared);
        Add(ref made.Proton, rate, TRow.Makes(InterfaceSpecies.Proton));
        Add(ref made.Adsorbed, rate, TRow.Makes(InterfaceSpecies.Adsorbed));
        Add(ref made.Defects, rate, TRow.Makes(InterfaceSpecies.Defects));
        Add(ref made.Inserted, rate, TRow.Makes(InterfaceSpecies.Inserted));
        Add(ref made.Dissolved, rate, TRow.Makes(InterfaceSpecies.Dissolved));
        Add(ref made.Bubbles, rate, TRow.Makes(InterfaceSpecies.Bubbles));
        Add(ref made.Leaked, rate, TRow.Makes(InterfaceSpecies.Leaked));
        Add(ref made.Remote, rate, TRow.Makes(InterfaceSpecies.Remote));
        Add(ref joint, rate, TRow.Makes(InterfaceSpecies.Proton) + TRow.Makes(InterfaceSpecies.Adsorbed)
            + TRow.Makes(InterfaceSpecies.Defects) + 2 * TRow.Makes(InterfaceSpecies.Dissolved));
        if (hasPower)
            power += Affinity<TRow, T>(potentials) * rate;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Rate<TRow, T>(in TRow row, in InterfaceState<T> s, in Shared<T> shared)
        where TRow : struct, IInterfaceReaction<P>
        where T : struct, IReal<T, P>
    {
        T rate = row.Rate(s, shared.Drive);
        return TRow.IsActivated && !shared.IsIsothermal ? rate * shared.Arrhenius : rate;
    }

    /// <summary>Affinity of a row over q [V]: minus the sum over species of number times chemical potential.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Affinity<TRow, T>(in PerSpecies<T> potentials)
        where TRow : struct, IInterfaceReaction<P>
        where T : struct, IReal<T, P>
    {
        T affinity = default;
        Add(ref affinity, potentials.Proton, -TRow.Makes(InterfaceSpecies.Proton));
        Add(ref affinity, potentials.Adsorbed, -TRow.Makes(InterfaceSpecies.Adsorbed));
        Add(ref affinity, potentials.Defects, -TRow.Makes(InterfaceSpecies.Defects));
        Add(ref affinity, potentials.Inserted, -TRow.Makes(InterfaceSpecies.Inserted));
        Add(ref affinity, potentials.Dissolved, -TRow.Makes(InterfaceSpecies.Dissolved));
        Add(ref affinity, potentials.Bubbles, -TRow.Makes(InterfaceSpecies.Bubbles));
        Add(ref affinity, potentials.Remote, -TRow.Makes(InterfaceSpecies.Remote));
        Add(ref affinity, potentials.Leaked, -TRow.Makes(InterfaceSpecies.Leaked));
        return affinity;
    }

    // The number is known to the compiler: a species that a row leaves alone costs nothing.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<T>(ref T sum, in T rate, int number)
        where T : struct, IReal<T, P>
    {
        if (number == 1)
            sum += rate;
        else if (number == -1)
            sum -= rate;
        else if (number != 0)
            sum += rate * number;
    }

    /// <summary>What the rows share.</summary>
    private struct Shared<T>
        where T : struct
    {
        public InterfaceDrive<T> Drive;
        public T Arrhenius;
        public bool IsIsothermal;
    }
}
