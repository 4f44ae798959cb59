using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Conductivity of WO3 by the electrons that inserted hydrogen brings: sigma = q mu_e (C + n_0).</summary>
/// <remarks>
/// Above the percolation threshold, where it is switched on, sigma grows as (y/y_perc)^t instead of linearly (Stauffer and
/// Aharony, Introduction to Percolation Theory, 1994). The gate's image charge changes the sheet conductance of a film with
/// n_2D electrons per area to mu_e softplus(q n_2D + D), D the displacement into the film: the film's own part times
/// softplus(1 + D/(q n_2D)), which is never negative. The factor is put on all of the column's conductivity: a sheet of its
/// own at the interface would have a negative conductance under D below 0, on which the potential is not well posed.
/// </remarks>
public readonly struct ElectronConductivity<P>
    where P : struct, IParameter<P>
{
    // Width of softplus relative to the film's charge: 1 at D = 0 to 1e-10.
    private const double Softness = 0.05;

    /// <summary>q mu_e [C m^2/(V s)].</summary>
    public required P Mobility { get; init; }

    /// <summary>n_0 [m^-3].</summary>
    public required P Background { get; init; }

    /// <summary>True above whose threshold percolation sets in; false keeps sigma linear.</summary>
    public required bool Percolates { get; init; }

    /// <summary>1/(y_perc C_max) [m^3].</summary>
    public required P InverseThreshold { get; init; }

    /// <summary>t - 1.</summary>
    public required P ExcessExponent { get; init; }

    /// <summary>The law of a device's channel.</summary>
    /// <param name="pack">Packs devices.</param>
    /// <param name="device">The device that decides which terms there are.</param>
    public static ElectronConductivity<P> Of(Pack<P> pack, Device device) => new()
    {
        Mobility = pack(d => Constants.ElementaryCharge * d.Wo3.ElectronMobility),
        Background = pack(d => d.Wo3.BackgroundElectrons),
        Percolates = device.Wo3.PercolationThreshold > 0,
        InverseThreshold = pack(d => d.Wo3.PercolationThreshold > 0 ? 1 / (d.Wo3.PercolationThreshold * d.Wo3.SiteDensity) : 0),
        ExcessExponent = pack(d => d.Wo3.PercolationExponent - 1),
    };

    /// <summary>sigma [S/m] at a density of hydrogen [m^-3].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T At<T>(T density)
        where T : struct, IReal<T, P>
    {
        T sigma = (density + Background) * Mobility;
        return Percolates ? sigma * Percolation(density) : sigma;
    }

    /// <summary>(y/y_perc)^(t - 1) above the threshold, 1 below.</summary>
    public T Percolation<T>(T density)
        where T : struct, IReal<T, P> => T.Exp(T.Log(T.Max(density * InverseThreshold, P.From(1))) * ExcessExponent);

    /// <summary>softplus(1 + D/(q n_2D)): factor of the image charge on the conductance of the film.</summary>
    /// <param name="relativeCharge">D/(q n_2D), positive for electrons drawn into the film.</param>
    public static T ImageFactor<T>(T relativeCharge)
        where T : struct, IReal<T, P>
    {
        T x = (relativeCharge + 1.0) * (1 / Softness);
        return (T.Max(x, default) + T.Log(T.Exp(-T.Abs(x)) + 1.0)) * Softness;
    }
}
