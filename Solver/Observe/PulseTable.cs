namespace FvSolver.Solver.Observe;

/// <summary>Declares what is recorded of each pulse: the group <c>/pulses</c> of a result.</summary>
public static class PulseTable
{
    /// <summary>Columns in order.</summary>
    public static IReadOnlyList<RecordedColumn<PulseReadings>> Columns { get; } =
    [
        new("start", "s", "time at which the pulse starts", p => p.Start),
        new("amplitude", "V", "amplitude of the pulse", p => p.Amplitude),
        new("width", "s", "width of the pulse from base to base", p => p.Width),
        new("conductance_before", "S", "conductance before the pulse", p => p.ConductanceBefore),
        new("conductance_after", "S", "conductance at the read after the rest", p => p.ConductanceAfter),
        new("conductance_step", "S", "change of conductance by the pulse", p => p.ConductanceAfter - p.ConductanceBefore),
        new("protons_from_pd", "1", "hydrogen injected by Pd in the pulse and its rest, number for the device", p => p.Injected),
        new("protons_into_wo3", "1", "hydrogen that entered WO3 in the pulse and its rest, number for the device", p => p.Inserted),
        new("gate_charge", "C", "charge that the source drove into the gate in the clamped pulse", p => p.GateCharge),
        new("energy_total", "J", "energy_proton + C V^2 of the rising edge: an upper bound", p => p.Energy.Total),
        new("energy_proton", "J", "integral of V_G I_G over the clamped pulse", p => p.Energy.Proton),
        new("coverage", "1", "coverage of adsorbed hydrogen at the read", p => p.Now.MeanCoverage),
        new("gate_voltage", "V", "gate voltage at the read", p => p.Now.Device.GateVoltage),
        new("composition", "1", "mean composition of WO3 at the read", p => p.Now.Inventory.Composition),
        new("log_fugacity", "1", "largest ln f (f in bar) that the coverage stood for at a corner of the pulse", p => p.LogFugacity),
        new("hydrogen_dissolved", "m^-2", "largest density of dissolved hydrogen at a corner or the read", p => p.Dissolved),
        new("hydrogen_bubbles", "m^-2", "largest density of hydrogen in bubbles at the read", p => p.Now.Gas.Bubbles),
        new("bubble_radius", "m", "largest radius of curvature of a bubble in the pulse and its rest", p => p.BubbleRadius),
        new("bubble_pressure", "Pa", "pressure in the fullest bubbles at the read", p => p.Now.Gas.Pressure),
        new("temperature_rise", "K", "highest temperature in the pulse above the ambient", p => p.TemperatureRise),
        new("time_steps", "1", "accepted time steps in the pulse and its rest", p => p.TimeSteps),
    ];

    /// <summary>The columns of a run that maps pulses: for each pulse also whether it was computed or
    /// mapped, and by how much it may be off.</summary>
    public static IReadOnlyList<RecordedColumn<PulseReadings>> MappedColumns { get; } =
    [
        .. Columns,
        new("origin", "1", "0 where the pulse was computed, 1 where it was mapped", _ => 0),
        new("bound", "S", "bound on the error of conductance_step", p => p.Bound.Step),
        new("bound_after", "S", "bound on the error of conductance_after, from all pulses so far", p => p.Bound.After),
    ];

    /// <summary>The columns of a run.</summary>
    /// <param name="maps">True where pulses are mapped.</param>
    /// <param name="leavesOut">True where not every pulse has a row: each row then has the number of its pulse.</param>
    public static IReadOnlyList<RecordedColumn<PulseReadings>> Of(bool maps, bool leavesOut)
    {
        IReadOnlyList<RecordedColumn<PulseReadings>> columns = maps ? MappedColumns : Columns;
        return leavesOut ? [.. columns, new("pulse", "1", "number of the pulse", p => p.Number)] : columns;
    }

    /// <summary>Number of a column among <see cref="MappedColumns"/>.</summary>
    public static int PlaceOf(string name) => MappedColumns.Index().First(c => c.Item.Name == name).Index;
}
