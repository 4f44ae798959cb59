using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Hydrogen gas at high pressure, the Abel-Noble equation of state.</summary>
/// <remarks>
/// p = n kT/(1 - n b) and ln(f/p) = b p/(RT) (San Marchi, Somerday and Robinson, Int. J. Hydrogen Energy 32, 100 (2007)),
/// n the number density; for n b &lt; 1.
/// </remarks>
public readonly struct AbelNoble<P>
    where P : struct, IParameter<P>
{
    /// <summary>Excluded volume b of a molecule [m^3].</summary>
    public required P ExcludedVolume { get; init; }

    /// <summary>The gas of a device.</summary>
    public static AbelNoble<P> Of(Pack<P> pack, Device device) =>
        new() { ExcludedVolume = pack(d => d.Gas.ExcludedVolume / Constants.Avogadro) };

    /// <summary>Pressure [Pa] of a number density [m^-3] below 1/b.</summary>
    /// <param name="numberDensity">n [m^-3].</param>
    /// <param name="thermalEnergy">kT [J].</param>
    public T Pressure<T>(T numberDensity, T thermalEnergy)
        where T : struct, IReal<T, P> => numberDensity * thermalEnergy / (-(numberDensity * ExcludedVolume) + 1.0);

    /// <summary>ln(f/p) at a pressure [Pa].</summary>
    /// <param name="pressure">p [Pa].</param>
    /// <param name="thermalEnergy">kT [J].</param>
    public T LogFugacityCoefficient<T>(T pressure, T thermalEnergy)
        where T : struct, IReal<T, P> => pressure * ExcludedVolume / thermalEnergy;
}
