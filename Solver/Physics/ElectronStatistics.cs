using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Density n of the electrons in WO3 by the band b = phi - psi: what the electrostatic potential
/// lies above that of the electrons [V].</summary>
/// <remarks>
/// f_e'(n) = q b with f_e' = E_c + kT ln(n/N_c), hence n = n_ref e^(q b/kT) (Boltzmann), or E_c + kT F_1/2^-1(n/N_c), hence
/// n = N_c F_1/2(eta_ref + q b/kT) (Fermi-Dirac; Sze and Ng, Physics of Semiconductor Devices, 3rd ed., eq. 18 of ch. 1). E_c is such that
/// n = n_ref = C_ref + N_D at b = 0: the film is neutral at rest. The electrons keep the temperature of source and drain, which is the
/// ambient's, and N_c its value there: what they take from the contacts is free energy, whose heat T dS stays in the contacts.
/// </remarks>
public readonly struct ElectronStatistics<P>
    where P : struct, IParameter<P>, IReal<P, P>
{
    // Of n_ref: e^p is then 0 in every rate.
    private const double Vanishing = 1e-30;

    /// <summary>n_ref [m^-3].</summary>
    public required P RestDensity { get; init; }

    /// <summary>q/kT of the contacts [1/V].</summary>
    public required P InverseThermalVoltage { get; init; }

    /// <summary>N_c [m^-3].</summary>
    public required P StateDensity { get; init; }

    /// <summary>eta_ref with N_c F_1/2(eta_ref) = n_ref; with Fermi-Dirac statistics.</summary>
    public required P RestLevel { get; init; }

    /// <summary>True for Fermi-Dirac statistics.</summary>
    public required bool IsFermiDirac { get; init; }

    /// <summary>The electrons of a device's channel.</summary>
    public static ElectronStatistics<P> Of(Pack<P> pack, Device device) => new()
    {
        RestDensity = pack(ElectronStatistics.RestDensity),
        InverseThermalVoltage = pack(d => 1 / Constants.ThermalVoltage(d.Heat.AmbientTemperature)),
        StateDensity = pack(d => d.Wo3.StateDensity),
        RestLevel = device.Wo3.Statistics == ElectronStatisticsLaw.FermiDirac
            ? pack(d => FermiIntegral.InverseHalf(ElectronStatistics.RestDensity(d) / d.Wo3.StateDensity)) : default,
        IsFermiDirac = device.Wo3.Statistics == ElectronStatisticsLaw.FermiDirac,
    };

    /// <summary>n - n_ref [m^-3].</summary>
    /// <param name="band">b [V].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Excess<T>(T band)
        where T : struct, IReal<T, P> =>
        IsFermiDirac ? Degenerate(band) : T.Expm1(band * InverseThermalVoltage) * RestDensity;

    /// <summary>n - n_ref [m^-3] with its derivative [m^-3 V^-1].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public P Excess(P band, out P slope)
    {
        if (!IsFermiDirac)
        {
            P excess = Excess(band);
            slope = (excess + RestDensity) * InverseThermalVoltage;
            return excess;
        }
        P density = FermiIntegral.Half(band * InverseThermalVoltage + RestLevel, out slope) * StateDensity;
        slope *= StateDensity * InverseThermalVoltage;
        return density - RestDensity;
    }

    /// <summary>b [V] by the density, f_e'(n)/q; where there are next to no electrons, that of a density at which nothing depends on
    /// them.</summary>
    /// <param name="density">n [m^-3].</param>
    [MethodImpl(Compilation.HotLoop)]
    public T Band<T>(T density)
        where T : struct, IReal<T, P>
    {
        T n = T.Max(density, RestDensity * Vanishing);
        T level = T.Log(n / T.Constant(RestDensity));
        if (IsFermiDirac)
            level += Degeneracy(n) - T.Constant(Degeneracy(RestDensity));
        return level / T.Constant(InverseThermalVoltage);
    }

    /// <summary>F_1/2^-1(n/N_c) - ln(n/N_c): what Fermi-Dirac statistics add to ln n.</summary>
    /// <param name="density">n [m^-3].</param>
    [MethodImpl(Compilation.HotLoop)]
    public T Degeneracy<T>(T density)
        where T : struct, IReal<T, P> => FermiIntegral.Degeneracy<T, P>(T.Max(density / T.Constant(StateDensity), default));

    /// <summary>Free energy of the electrons above that at rest, int f_e' dn [J/m^3] = q [b n - int n db], all from b = 0.</summary>
    public T Energy<T>(T band)
        where T : struct, IReal<T, P>
    {
        T pressure = IsFermiDirac ? DegeneratePressure(band)
            : (T.Expm1(band * InverseThermalVoltage)) * (RestDensity * P.Reciprocal(InverseThermalVoltage));
        return (band * (Excess(band) + RestDensity) - pressure) * Constants.ElementaryCharge;
    }

    // Calls of their own: most runs have Boltzmann statistics.
    [MethodImpl(Compilation.HotLoop)]
    private T Degenerate<T>(T band)
        where T : struct, IReal<T, P> =>
        FermiIntegral.Half<T, P>(band * InverseThermalVoltage + RestLevel) * StateDensity - RestDensity;

    /// <summary>int_0^b n db [V m^-3] by Gauss and Legendre's five points on panels of ln(1 + e^eta),
    /// over which the integrand varies slowly.</summary>
    private T DegeneratePressure<T>(T band)
        where T : struct, IReal<T, P>
    {
        const int Panels = 24;
        ReadOnlySpan<double> place = [0, 0.5384693101056831, -0.5384693101056831, 0.9061798459386640, -0.9061798459386640];
        ReadOnlySpan<double> weight = [0.5688888888888889, 0.4786286704993665, 0.4786286704993665, 0.2369268850561891, 0.2369268850561891];
        static T Softplus(T eta) => T.Max(eta, default) + T.Log(T.Exp(-T.Abs(eta)) + 1.0);
        T from = Softplus(T.Constant(RestLevel)), to = Softplus(band * InverseThermalVoltage + RestLevel),
            half = (to - from) * (0.5 / Panels), sum = default;
        for (int panel = 0; panel < Panels; panel++)
            for (int k = 0; k < place.Length; k++)
            {
                T s = from + half * (2 * panel + 1 + place[k]);
                // F deta = s sqrt(R) ds/(1 - e^-s).
                sum += s * T.Sqrt(FermiIntegral.Ratio(s)) / -T.Expm1(-s) * weight[k];
            }
        return sum * half * (StateDensity * P.Reciprocal(InverseThermalVoltage));
    }
}

/// <summary>Electrons and donors of WO3 at rest, in numbers.</summary>
public static class ElectronStatistics
{
    /// <summary>N_D = n_loc/d_W [m^-3]: donors of the localised electrons.</summary>
    public static double DonorDensity(Device device) => device.Wo3.LocalisedDensity / device.Wo3.Thickness;

    /// <summary>Band phi - psi at which the film is neutral [V]: n = C + N_D.</summary>
    /// <param name="device">Device.</param>
    /// <param name="hydrogen">C [m^-3].</param>
    public static double NeutralBand(Device device, double hydrogen)
    {
        double rest = RestDensity(device), n = hydrogen + DonorDensity(device), states = device.Wo3.StateDensity;
        return Constants.ThermalVoltage(device.Heat.AmbientTemperature) * (device.Wo3.Statistics == ElectronStatisticsLaw.FermiDirac
            ? FermiIntegral.InverseHalf(n / states) - FermiIntegral.InverseHalf(rest / states)
            : Math.Log(n / rest));
    }

    /// <summary>n_ref = C_ref + N_D [m^-3].</summary>
    public static double RestDensity(Device device) => device.Wo3.RestComposition * device.Wo3.SiteDensity + DonorDensity(device);
}
