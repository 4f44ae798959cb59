using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Flux of inserted hydrogen in WO3, J = -D_H(y) dC/dz with the <see cref="HydrogenDiffusivity{P}"/> of the edge's mean composition.</summary>
/// <remarks>Equilibrium is a uniform composition, to rounding.</remarks>
public readonly struct InsertionDiffusion<P>
    where P : struct, IParameter<P>
{
    /// <summary>D_H(y).</summary>
    public required HydrogenDiffusivity<P> Diffusivity { get; init; }

    /// <summary>Temperature dependence.</summary>
    public required Arrhenius<P> Temperature { get; init; }

    /// <summary>1/C_max [m^3].</summary>
    public required P InverseSiteDensity { get; init; }

    /// <summary>True when every rate is taken at the reference temperature, where the Arrhenius factor is 1.</summary>
    public required bool IsAtReference { get; init; }

    /// <summary>The law of a device's channel.</summary>
    /// <param name="pack">Packs devices.</param>
    /// <param name="device">The device that decides which terms there are.</param>
    /// <param name="isAtReference">See <see cref="IsAtReference"/>.</param>
    public static InsertionDiffusion<P> Of(Pack<P> pack, Device device, bool isAtReference = false) => new()
    {
        Diffusivity = HydrogenDiffusivity<P>.Of(pack, device),
        Temperature = Arrhenius<P>.Of(pack, d => d.Wo3.DiffusionActivationEnergy),
        InverseSiteDensity = pack(d => 1 / d.Wo3.SiteDensity),
        IsAtReference = isAtReference,
    };

    /// <summary>Flux times area, positive from left to right [1/s].</summary>
    /// <param name="left">C_L [m^-3].</param>
    /// <param name="right">C_R [m^-3].</param>
    /// <param name="inverseThermalVoltage">q/kT on the edge [1/V].</param>
    /// <param name="areaOverLength">Area over length of the edge [m].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Evaluate<T>(T left, T right, T inverseThermalVoltage, P areaOverLength)
        where T : struct, IReal<T, P>
    {
        T flux = Diffusivity.IsThermodynamic
            ? (left - right) * Diffusivity.Thermodynamic((left + right) * (InverseSiteDensity * 0.5), inverseThermalVoltage)
            : (left - right) * Diffusivity.Constant;
        return (IsAtReference ? flux : flux * Temperature.At(inverseThermalVoltage)) * areaOverLength;
    }
}
