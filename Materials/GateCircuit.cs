namespace FvSolver.Materials;

/// <summary>What drives the gate, and where it rests.</summary>
public sealed record GateCircuit
{
    /// <summary>Gate voltage at which nothing moves at y_ref [V]; follows from the cell unless it is
    /// set, which sets the cell's offset.</summary>
    [Quantity("V_rest", "V", Kind.Derived, "rule: U_Pd - U_W(y_ref) + V_cell; set, it fixes hypotheses.cell_offset", ByRule = true)]
    public double RestVoltage { get; init; } = double.NaN;

    /// <summary>Resistance in series with a voltage source; 0 makes the gate voltage data [ohm].</summary>
    [Quantity("R_s", "ohm", Kind.Estimate, "ideal driver", Min = 0)]
    public double SeriesResistance { get; init; }

    /// <summary>Rise and fall time of a pulse unless the protocol says otherwise [s].</summary>
    [Quantity("t_edge", "s", Kind.Calibrated, "exponent 1.2 of onen2022 Fig. 3A by means over 1000 pulses", Min = 0, ExclusiveMin = true)]
    public double EdgeTime { get; init; } = 0.945e-9;

    /// <summary>Time for which the source stays at the base voltage after the falling edge, before the gate opens [s].</summary>
    /// <remarks>
    /// A gate that opens at the last instant of the edge leaves on the metal whatever charge the channel has not yet given back, and that
    /// charge then crosses as protons.
    /// </remarks>
    [Quantity("t_hold", "s", Kind.Estimate, "ten times the edge: charge of the channel flows back within it, protons hardly move", Min = 0)]
    public double HoldTime { get; init; } = 10e-9;

    /// <summary>Drain voltage of a read [V].</summary>
    [Quantity("V_DS", "V", Kind.Paper, "onen2022: 0.1 V", ExclusiveMin = true, Min = 0)]
    public double ReadVoltage { get; init; } = 0.1;
}
