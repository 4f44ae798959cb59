using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Kinetic law of the charge transfer at an interface: <see cref="ButlerVolmer{P}"/> or
/// <see cref="MarcusHushChidsey{P}"/>.</summary>
/// <remarks>The ratio of forward to backward is e^u in both: detailed balance.</remarks>
public readonly struct ChargeTransfer<P>
    where P : struct, IParameter<P>
{
    /// <summary>Butler-Volmer.</summary>
    public required ButlerVolmer<P> ButlerVolmer { get; init; }

    /// <summary>Marcus-Hush-Chidsey.</summary>
    public required MarcusHushChidsey<P> Marcus { get; init; }

    /// <summary>True for Marcus-Hush-Chidsey.</summary>
    public required bool IsMarcus { get; init; }

    /// <summary>The law at Pd.</summary>
    public static ChargeTransfer<P> AtGate(Pack<P> pack, Device device) => new()
    {
        ButlerVolmer = ButlerVolmer<P>.Of(pack, d => d.Pd.TransferCoefficient),
        Marcus = MarcusHushChidsey<P>.Of(pack, d => d.Pd.ReorganisationEnergy),
        IsMarcus = device.Pd.Kinetics == KineticLaw.Marcus,
    };

    /// <summary>The law at WO3.</summary>
    public static ChargeTransfer<P> Of(Pack<P> pack, Device device) => new()
    {
        ButlerVolmer = ButlerVolmer<P>.Of(pack, d => d.Interface.TransferCoefficient),
        Marcus = MarcusHushChidsey<P>.Of(pack, d => d.Interface.ReorganisationEnergy),
        IsMarcus = device.Interface.Kinetics == KineticLaw.Marcus,
    };

    /// <summary>Forward rate over its value at u = 0; the backward rate comes with it.</summary>
    /// <param name="u">Driving force over kT.</param>
    /// <param name="inverseThermalVoltage">q/kT [1/V].</param>
    /// <param name="backward">Backward rate, e^-u times the forward one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Forward<T>(T u, T inverseThermalVoltage, out T backward)
        where T : struct, IReal<T, P> =>
        IsMarcus ? Marcus.Forward(u, inverseThermalVoltage, out backward) : ButlerVolmer.Forward(u, out backward);
}
