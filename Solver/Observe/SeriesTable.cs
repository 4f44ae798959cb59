namespace FvSolver.Solver.Observe;

/// <summary>Declares what is recorded over time: the group <c>/series</c> of a result.</summary>
public static class SeriesTable
{
    /// <summary>Current into the gate: constant from the start of a time step, where it has a row of its own, to its end.</summary>
    public static RecordedColumn<DeviceReadings> GateCurrent { get; } =
        new("gate_current", "A", "current into the gate from outside, mean over the time step", r => r.GateCurrent);

    /// <summary>Columns in order.</summary>
    public static IReadOnlyList<RecordedColumn<DeviceReadings>> Columns { get; } =
    [
        new("time", "s", "time since the start of the run", r => r.Time),
        new("gate_voltage", "V", "potential of the gate", r => r.Device.GateVoltage),
        GateCurrent,
        new("conductance", "S", "conductance of the channel on the present composition", r => r.Readout.Conductance),
        new("coverage", "1", "coverage of adsorbed hydrogen, mean over the interface", r => r.MeanCoverage),
        new("surface_composition", "1", "composition of the first lattice plane of WO3, mean over the interface",
            r => r.SurfaceComposition),
        new("protons_electrolyte", "1", "protons in PSG in excess of equilibrium", r => r.Inventory.Electrolyte),
        new("protons_coverage", "1", "adsorbed hydrogen in excess of equilibrium", r => r.Inventory.Coverage),
        new("protons_channel", "1", "hydrogen in WO3 in excess of equilibrium", r => r.Inventory.Channel),
        new("protons_given", "1", "hydrogen injected by the Pd gate", r => r.Inventory.Given),
        new("hydrogen_dissolved", "1", "dissolved hydrogen molecules in excess of equilibrium", r => r.Inventory.Dissolved),
        new("hydrogen_bubbles", "1", "hydrogen molecules in bubbles", r => r.Inventory.Bubbles),
        new("temperature", "K", "highest temperature", r => r.HighestTemperature),
    ];
}
