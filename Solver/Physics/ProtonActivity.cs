using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Activity of mobile protons relative to that at rest, which drives the interface reactions.</summary>
/// <remarks>Ideal: c/c_rest. With a site limit: [c/(1 - c/c_max)] over its value at rest.</remarks>
public readonly struct ProtonActivity<P>
    where P : struct, IParameter<P>
{
    /// <summary>1/c_rest [m^3].</summary>
    public required P InverseRestDensity { get; init; }

    /// <summary>1/c_max [m^3]; used when <see cref="SiteLimited"/>.</summary>
    public required P InverseSiteDensity { get; init; }

    /// <summary>1 - c_rest/c_max.</summary>
    public required P RestVacancy { get; init; }

    /// <summary>True when the density is bounded by c_max.</summary>
    public required bool SiteLimited { get; init; }

    /// <summary>The law of a device.</summary>
    public static ProtonActivity<P> Of(Pack<P> pack, Device device) => new()
    {
        InverseRestDensity = pack(d => 1 / TrapExchange.RestDensity(d.Psg)),
        InverseSiteDensity = pack(d => d.Psg.SiteDensity > 0 ? 1 / d.Psg.SiteDensity : 0),
        RestVacancy = pack(d => d.Psg.SiteDensity > 0 ? 1 - TrapExchange.RestDensity(d.Psg) / d.Psg.SiteDensity : 1),
        SiteLimited = device.Psg.SiteDensity > 0,
    };

    /// <summary>Activity over that at rest.</summary>
    /// <param name="density">c [m^-3].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T At<T>(T density)
        where T : struct, IReal<T, P> => Ideal(density) * InverseRestDensity;

    /// <summary>Density of ideal protons with the same activity [m^-3]; c itself without a site limit.</summary>
    /// <param name="density">c [m^-3].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Ideal<T>(T density)
        where T : struct, IReal<T, P> =>
        SiteLimited ? density * RestVacancy / (-(density * InverseSiteDensity) + 1.0) : density;

    /// <summary>Chemical potential of a mobile proton over q, without q phi [V].</summary>
    /// <param name="density">c [m^-3].</param>
    /// <param name="thermalVoltage">kT/q [V].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Potential<T>(T density, T thermalVoltage)
        where T : struct, IReal<T, P> => T.Log(At(density)) * thermalVoltage;
}
