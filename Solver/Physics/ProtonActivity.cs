using System.Runtime.CompilerServices;
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

    /// <summary>Activity over that at rest.</summary>
    /// <param name="density">c [m^-3].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T>(T density)
        where T : struct, IReal<T, P> => Ideal(density) * InverseRestDensity;

    /// <summary>Density of ideal protons with the same activity [m^-3]; c itself without a site limit.</summary>
    /// <param name="density">c [m^-3].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Ideal<T>(T density)
        where T : struct, IReal<T, P> =>
        SiteLimited ? density * RestVacancy / (-(density * InverseSiteDensity) + 1.0) : density;
}
