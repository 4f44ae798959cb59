using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Hydrogen in bubbles in mechanical equilibrium with the film: radius, pressure and
/// fugacity by the content of a bubble.</summary>
/// <remarks>
/// A bubble of N = n_b/nu_b molecules has the radius of curvature r that solves p = p_0 + 2 gamma/r (Laplace) and
/// N = p V/(kT + p b), the law of <see cref="AbelNoble{P}"/>, with V = s 4 pi r^3/3. Its fugacity is f_b = p e^(b p/kT), in bar, and its
/// molecules have mu = V_T ln f_b, the scale of <see cref="HenryLaw{P}"/>. The smaller a bubble, the higher its fugacity. Radius and
/// pressure are taken at the ambient temperature, so that mu/T does not vary with T and the enthalpy of the gas is that of dissolved
/// hydrogen. Less than one molecule counts as one.
/// </remarks>
public readonly struct BubbleGas<P>
    where P : struct, IParameter<P>
{
    // N over r has slopes between 2 and 3 on logarithmic scales: Newton's method doubles its digits from the first step on.
    private const int Steps = 6;

    /// <summary>1/nu_b [m^2].</summary>
    public required P InverseDensity { get; init; }

    /// <summary>ln(4 pi s/3), of the volume over r^3.</summary>
    public required P LogVolume { get; init; }

    /// <summary>2 gamma [N/m].</summary>
    public required P TwiceTension { get; init; }

    /// <summary>p_0 [Pa].</summary>
    public required P FilmPressure { get; init; }

    /// <summary>kT at the ambient temperature [J].</summary>
    public required P ThermalEnergy { get; init; }

    /// <summary>Equation of state.</summary>
    public required AbelNoble<P> Gas { get; init; }

    /// <summary>The bubbles of a device.</summary>
    public static BubbleGas<P> Of(Pack<P> pack, Device device) => new()
    {
        InverseDensity = pack(d => 1 / d.Gas.BubbleDensity),
        LogVolume = pack(d => Math.Log(4 * Math.PI / 3 * d.Gas.ShapeFactor)),
        TwiceTension = pack(d => 2 * d.Gas.SurfaceTension),
        FilmPressure = pack(d => d.Gas.FilmPressure),
        ThermalEnergy = pack(d => Constants.Boltzmann * d.Heat.AmbientTemperature),
        Gas = AbelNoble<P>.Of(pack, device),
    };

    /// <summary>Molecules in a bubble, N.</summary>
    /// <param name="bubbles">n_b [m^-2].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Content<T>(T bubbles)
        where T : struct, IReal<T, P> => bubbles * InverseDensity;

    /// <summary>Radius of curvature r [m].</summary>
    /// <param name="bubbles">n_b [m^-2].</param>
    [MethodImpl(Compilation.HotLoop)]
    public T Radius<T>(T bubbles)
        where T : struct, IReal<T, P>
    {
        T logContent = T.Log(T.Max(Content(bubbles), P.From(1)));
        // From a bubble at twice the Laplace pressure of 1 nm, in nm.
        T x = (logContent - LogVolume + T.Constant(
            P.Log(Gas.ExcludedVolume + ThermalEnergy * 1e-9 * P.Reciprocal(FilmPressure * 1e-9 + TwiceTension)))) * (1.0 / 3);
        for (int i = 0; i < Steps; i++)
        {
            // ln N = ln V - ln(b + kT/p).
            T r = T.Exp(x), stiffness = T.Reciprocal(r * FilmPressure + TwiceTension);
            T perMolecule = r * ThermalEnergy * stiffness;
            T volume = perMolecule + Gas.ExcludedVolume;
            T slope = -(perMolecule * (stiffness * TwiceTension) / volume) + 3.0;
            x -= (x * 3 + LogVolume - T.Log(volume) - logContent) / slope;
        }
        return T.Exp(x);
    }

    /// <summary>Pressure p [Pa].</summary>
    /// <param name="radius">r [m].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Pressure<T>(T radius)
        where T : struct, IReal<T, P> => T.Reciprocal(radius) * TwiceTension + FilmPressure;

    /// <summary>ln f_b, f_b in bar.</summary>
    /// <param name="bubbles">n_b [m^-2].</param>
    [MethodImpl(Compilation.HotLoop)]
    public T LogFugacity<T>(T bubbles)
        where T : struct, IReal<T, P>
    {
        T pressure = Pressure(Radius(bubbles));
        return T.Log(pressure * (1 / Constants.PascalPerBar)) + Gas.LogFugacityCoefficient(pressure, T.Constant(ThermalEnergy));
    }
}
