using FvSolver.Materials;
using FvSolver.Solver.Kinetic;

namespace FvSolver.Cases.Noise;

/// <summary>Fluctuation of the hydrogen behind the interface with the gate open: 1/sd^2 = q^2/(kT C) + 1/N_H.</summary>
/// <remarks>
/// C is the compact layer at the channel beside a ladder: planes of capacitance q^2 n_k/kT joined by eps A/a, behind them the compact
/// layer at the gate, whose other side is held by Pd. In steps from the gate to the channel, with P = q^2/(kT C) of a link and
/// what lies before it,
/// <code>P_0 = kappa_0/V_T,   P_{k+1} = kappa_{k+1}/V_T + 1/(n_k + 1/P_k).</code>
/// n is the most probable profile; the hydrogen is dilute.
/// </remarks>
public static class HydrogenLadder
{
    /// <summary>Standard deviation of the number of atoms.</summary>
    /// <param name="film">The film.</param>
    /// <param name="charge">Most probable charge m of each link.</param>
    /// <param name="hydrogen">N_H.</param>
    public static double Deviation(LatticeFilm film, double[] charge, double hydrogen)
    {
        double thermal = Constants.ThermalVoltage(film.Device.Heat.AmbientTemperature);
        double precision = film.VoltagePerCharge[0] / thermal;
        for (int i = 0; i < film.Counter.Length; i++)
            precision = film.VoltagePerCharge[i + 1] / thermal + 1 / (film.Counter[i] + charge[i + 1] - charge[i] + 1 / precision);
        return 1 / Math.Sqrt(precision + 1 / hydrogen);
    }

    /// <summary>The same with the compact layer at the channel alone, which is not enough.</summary>
    public static double CompactLayerAlone(LatticeFilm film) =>
        Math.Sqrt(Constants.ThermalVoltage(film.Device.Heat.AmbientTemperature) / film.VoltagePerCharge[^1]);
}
