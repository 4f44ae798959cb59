using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Hop rate at low field, Gamma0 = nu exp(-E_a/kT) [1/s].</summary>
public readonly struct HopRate<P>
    where P : struct, IParameter<P>
{
    /// <summary>nu [1/s].</summary>
    public required P AttemptFrequency { get; init; }

    /// <summary>E_a [eV].</summary>
    public required P ActivationEnergy { get; init; }

    /// <summary>The rate in a device's electrolyte.</summary>
    /// <param name="pack">Packs devices.</param>
    /// <param name="device">The device that decides which terms there are.</param>
    public static HopRate<P> Of(Pack<P> pack, Device device) => new()
    {
        AttemptFrequency = pack(d => d.Psg.AttemptFrequency),
        ActivationEnergy = pack(d => d.Psg.ActivationEnergy),
    };

    /// <summary>The rate at a temperature given as q/kT [1/V].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T At<T>(T inverseThermalVoltage)
        where T : struct, IReal<T, P> => T.Exp(-(inverseThermalVoltage * ActivationEnergy)) * AttemptFrequency;
}

/// <summary>The hop rate in numbers.</summary>
public static class HopRate
{
    /// <summary>Gamma0 [1/s] at a temperature [K].</summary>
    public static double At(Electrolyte psg, double temperature) =>
        new HopRate<Scalar> { AttemptFrequency = new(psg.AttemptFrequency), ActivationEnergy = new(psg.ActivationEnergy) }
            .At(new Scalar(1 / Constants.ThermalVoltage(temperature)));
}
