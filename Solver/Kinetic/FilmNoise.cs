using FvSolver.Materials;
using static FvSolver.Materials.Constants;

namespace FvSolver.Solver.Kinetic;

/// <summary>Scatter of a write step in closed form: independent hops seen through the electrodes, kT C when the gate opens.</summary>
/// <remarks>
/// A hop of length a moves the share a/d of a charge through the lead (S. Ramo, Proc. IRE 27, 584 (1939)). Hops along and against a
/// uniform field are two Poisson processes whose rates are as exp(q a V/kTd); the pulse is short against the transit of the film.
/// The reset is equipartition at fixed protons: no double layer can follow the electrons. Both are independent.
/// </remarks>
public static class FilmNoise
{
    /// <summary>Variance over mean of the charge of a pulse, in protons: (a/d) coth(q a V/(2 k T d)).</summary>
    /// <param name="psg">The film, neutral.</param>
    /// <param name="voltage">Voltage against rest, V [V].</param>
    /// <param name="temperature">Temperature [K].</param>
    public static double Fano(Electrolyte psg, double voltage, double temperature)
    {
        double share = psg.HopDistance / psg.Thickness;
        return share / Math.Tanh(share * Math.Abs(voltage) / (2 * ThermalVoltage(temperature)));
    }

    /// <summary>Standard deviation that opening the gate leaves on it, in electrons: sqrt(kT C)/q with C = eps A/d.</summary>
    /// <param name="psg">The film.</param>
    /// <param name="area">Area of the gate, A [m^2].</param>
    /// <param name="temperature">Temperature [K].</param>
    public static double Reset(Electrolyte psg, double area, double temperature) => Math.Sqrt(
        ThermalVoltage(temperature) * psg.RelativePermittivity * VacuumPermittivity * area / (psg.Thickness * ElementaryCharge));
}
