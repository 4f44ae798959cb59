using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using static FvSolver.Materials.Constants;

namespace FvSolver.Solver.Physics;

/// <summary>Classical nucleation of hydrogen bubbles from dissolved hydrogen at the PSG/WO3 interface.</summary>
/// <remarks>
/// The critical nucleus has the fugacity of the dissolved gas: p e^(b p/kT) = f_d, hence the radius r* = 2 gamma/(p - p_0) and the barrier
/// W = 16 pi gamma^3 s/(3 (p - p_0)^2), s the volume of a nucleus over that of the sphere of its curvature. The rate is
/// J = n_d sqrt(2 gamma/(pi m)) e^(-W/kT) (Blander and Katz, AIChE J. 21, 833 (1975); each dissolved molecule a place, m its mass).
/// </remarks>
public readonly struct BubbleNucleation<P>
    where P : struct, IParameter<P>
{
    private const int Steps = 8;

    // Towards an ideal gas the law has a limit, but no form of its own.
    private const double SmallestVolume = 1e-30;

    /// <summary>16 pi gamma^3 s/(3 kT) [Pa^2].</summary>
    public required P BarrierConstant { get; init; }

    /// <summary>sqrt(2 gamma/(pi m)) [1/s].</summary>
    public required P AttemptFrequency { get; init; }

    /// <summary>b/kT [1/Pa].</summary>
    public required P InverseScale { get; init; }

    /// <summary>Dissolved molecules.</summary>
    public required HenryLaw<P> Henry { get; init; }

    /// <summary>Bubbles.</summary>
    public required BubbleGas<P> Gas { get; init; }

    /// <summary>The nuclei of a device.</summary>
    public static BubbleNucleation<P> Of(Pack<P> pack, Device device) => new()
    {
        BarrierConstant = pack(d => 16 * Math.PI / 3 * Math.Pow(d.Gas.SurfaceTension, 3) * d.Gas.ShapeFactor
            / (Boltzmann * d.Heat.AmbientTemperature)),
        AttemptFrequency = pack(d => Math.Sqrt(2 * d.Gas.SurfaceTension / (Math.PI * HydrogenMass))),
        InverseScale = pack(d => Math.Max(d.Gas.ExcludedVolume, SmallestVolume) / (Avogadro * Boltzmann * d.Heat.AmbientTemperature)),
        Henry = HenryLaw<P>.Of(pack, device),
        Gas = BubbleGas<P>.Of(pack, device),
    };

    /// <summary>Pressure p of gas in equilibrium with dissolved hydrogen [Pa].</summary>
    /// <param name="dissolved">n_d [m^-2]; at least 0.</param>
    public T Pressure<T>(T dissolved)
        where T : struct, IReal<T, P>
    {
        P zero = default;
        // y e^y = z with y = b p/kT (Lambert's function), by Newton's method from ln(1 + z), which is above it.
        T z = T.Max(Henry.Fugacity(dissolved), zero) * (InverseScale * PascalPerBar), y = T.Log(z + 1.0);
        for (int i = 0; i < Steps; i++)
        {
            T decayed = z * T.Exp(-y);
            y -= (y - decayed) / (decayed + 1.0);
        }
        return y * P.Reciprocal(InverseScale);
    }

    /// <summary>Barrier W/kT of the critical nucleus at an excess pressure p - p_0 [Pa], which is above 0.</summary>
    public T Barrier<T>(T pressure)
        where T : struct, IReal<T, P>
    {
        T inverse = T.Reciprocal(pressure);
        return inverse * inverse * BarrierConstant;
    }

    /// <summary>ln J [ln m^-2 s^-1], n_d above equilibrium with p_0.</summary>
    /// <param name="dissolved">n_d [m^-2].</param>
    public T LogRate<T>(T dissolved)
        where T : struct, IReal<T, P> =>
        T.Log(dissolved * AttemptFrequency) - Barrier(Pressure(dissolved) - Gas.FilmPressure);
}
