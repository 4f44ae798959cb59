using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Rate factor exp(-E (1/kT - 1/kT_0)), 1 at the reference temperature.</summary>
public readonly struct Arrhenius<P>
    where P : struct, IParameter<P>
{
    /// <summary>Activation energy E [eV].</summary>
    public required P Energy { get; init; }

    /// <summary>q/kT_0 [1/V].</summary>
    public required P ReferenceInverseThermalVoltage { get; init; }

    /// <summary>The factor of a device's process.</summary>
    /// <param name="pack">Packs devices.</param>
    /// <param name="energy">Activation energy of the process [eV].</param>
    public static Arrhenius<P> Of(Pack<P> pack, Func<Device, double> energy) => new()
    {
        Energy = pack(energy),
        ReferenceInverseThermalVoltage = pack(d => 1 / Constants.ThermalVoltage(d.Heat.ReferenceTemperature)),
    };

    /// <summary>The factor at a temperature given as q/kT [1/V].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T At<T>(T inverseThermalVoltage)
        where T : struct, IReal<T, P> =>
        T.Exp((inverseThermalVoltage - ReferenceInverseThermalVoltage) * -Energy);
}
