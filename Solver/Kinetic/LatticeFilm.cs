using FvSolver.Materials;
using static FvSolver.Materials.Constants;

namespace FvSolver.Solver.Kinetic;

/// <summary>What ends the film at its electrodes.</summary>
public enum FilmEnds
{
    /// <summary>Reactions over compact layers.</summary>
    Reactions,

    /// <summary>Reservoirs of constant density at the electrodes' potentials: no compact layers.</summary>
    Reservoirs,
}

/// <summary>PSG as lattice planes one hopping distance apart, and the links over which charge moves.</summary>
/// <remarks>
/// Planes 0 to N lie at l_S + i a; the end planes own half a distance. Link 0 is the compact layer at the gate, link k the
/// step from plane k-1 to plane k, link N+1 the compact layer at the channel. The displacement in link k is q m_k/A with
/// m_{k+1} = m_k + n_k - f_k, f_k the immobile counter-charges of a plane; m_0 is the charge on the metal over q. With
/// kappa_k = q l_k/(eps A), the voltage of one charge over a link,
/// <code>V_G - V_rest = sum kappa_k m_k,   energy = (q/2) sum kappa_k m_k^2.</code>
/// An event moves one charge over one link, m_k to m_k - 1.
/// </remarks>
public sealed class LatticeFilm
{
    /// <summary>The film of a device.</summary>
    /// <param name="device">Resolved parameters; the thickness is rounded to whole hops.</param>
    /// <param name="area">Area that is simulated [m^2]; null for the device's.</param>
    /// <param name="ends">What ends the film.</param>
    /// <exception cref="ArgumentException">There is no room for a hop.</exception>
    public LatticeFilm(Device device, double? area = null, FilmEnds ends = FilmEnds.Reactions)
    {
        Ends = ends;
        double stern = ends == FilmEnds.Reservoirs ? 0 : device.Psg.SternThickness, hop = device.Psg.HopDistance;
        if (device.Psg.Thickness <= 2 * stern + hop / 2)
            throw new ArgumentException($"psg.thickness = {device.Psg.Thickness:g4} m has no room for one hop of {hop:g4} m.");
        Electrolyte psg = device.Psg with { SternThickness = stern };
        Hops = HopLattice.Hops(psg);
        Area = area ?? device.Geometry.Area;
        Thickness = HopLattice.Round(psg).Thickness;
        Device = device with { Psg = device.Psg with { Thickness = Thickness } };
        double perLength = ElementaryCharge / (device.Psg.RelativePermittivity * VacuumPermittivity * Area);
        VoltagePerCharge = [.. Enumerable.Range(0, Hops + 2).Select(k => perLength * (k == 0 || k == Hops + 1 ? stern : hop))];
        TotalVoltagePerCharge = perLength * Thickness;
        double plane = device.Psg.FixedChargeDensity * hop * Area;
        Counter = [.. Enumerable.Range(0, Hops + 1).Select(i => i == 0 || i == Hops ? plane / 2 : plane)];
        CounterBefore = new double[Hops + 2];
        for (int i = 0; i <= Hops; i++)
            CounterBefore[i + 1] = CounterBefore[i] + (ends == FilmEnds.Reservoirs && (i == 0 || i == Hops) ? 0 : Counter[i]);
    }

    /// <summary>The device at the film's thickness.</summary>
    public Device Device { get; }

    /// <summary>What ends the film.</summary>
    public FilmEnds Ends { get; }

    /// <summary>Hops from end plane to end plane, N.</summary>
    public int Hops { get; }

    /// <summary>Links, N + 2.</summary>
    public int Links => Hops + 2;

    /// <summary>Area [m^2].</summary>
    public double Area { get; }

    /// <summary>Thickness d = N a + 2 l_S [m].</summary>
    public double Thickness { get; }

    /// <summary>kappa of each link [V].</summary>
    public double[] VoltagePerCharge { get; }

    /// <summary>Their sum q/C, C = eps A/d [V].</summary>
    public double TotalVoltagePerCharge { get; }

    /// <summary>Counter-charges f of each plane.</summary>
    public double[] Counter { get; }

    /// <summary>Counter-charges of all planes before a link; reservoirs are neutral.</summary>
    public double[] CounterBefore { get; }

    /// <summary>Weight of a charge that passes a link in the charge of the electrodes (Ramo): its share of the film's thickness.</summary>
    public double Ramo(int link) => VoltagePerCharge[link] / TotalVoltagePerCharge;
}
