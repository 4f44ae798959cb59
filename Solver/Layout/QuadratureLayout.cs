using FvSolver.Materials;

namespace FvSolver.Solver.Layout;

/// <summary>Numbers of the quadratures of a system; -1 for those that are not there.</summary>
/// <param name="LeakedGas">Hydrogen molecules that leaked out [1].</param>
/// <param name="Heat">Dissipated heat [J].</param>
/// <param name="Chemical">Change of enthalpy, sum of h dN [J]: with heat the whole of chemical energy.</param>
/// <param name="Count">Number of quadratures.</param>
public readonly record struct QuadratureLayout(int LeakedGas, int Heat, int Chemical, int Count)
{
    /// <summary>Electrical work at the gate [J], which is always there.</summary>
    /// <remarks>
    /// Under an ideal voltage source it leaves out the total derivative d(V_G (Q_M + e N)), with N protons given, which is added from the
    /// states at the ends of a segment: the rest knows no rate of a reaction, however fast that is.
    /// </remarks>
    public const int Work = 0;

    /// <summary>The quadratures of a device.</summary>
    /// <param name="device">Device.</param>
    /// <param name="energyBalance">False to leave out dissipation and chemical work with heat.</param>
    /// <param name="tracksEnergy">True to add them up also when the run is isothermal.</param>
    public static QuadratureLayout Of(Device device, bool energyBalance, bool tracksEnergy = false)
    {
        int next = Work + 1;
        int leaked = device.Gas.Enabled ? next++ : -1;
        bool hasLedger = tracksEnergy || (energyBalance && device.Heat.Enabled);
        return new(leaked, hasLedger ? next++ : -1, hasLedger ? next++ : -1, next);
    }
}
