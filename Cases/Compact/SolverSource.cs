using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Maps;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Settings;

namespace FvSolver.Cases.Compact;

/// <summary>Readings from the solver: each experiment runs on a device of its own, at rest, at the experiment's temperature.</summary>
/// <param name="device">Device.</param>
/// <param name="mesh">Mesh.</param>
/// <param name="solver">Accuracy and method.</param>
public sealed class SolverSource(Device device, MeshSettings mesh, SolverSettings solver)
{
    /// <summary>Ends a run at its next time step.</summary>
    public CancellationToken Cancel { get; init; }

    /// <summary>Runs an experiment; a <see cref="CompactSource"/>.</summary>
    public IReadOnlyList<CompactReading> Read(CompactExperiment experiment)
    {
        Device ambient = CalibrationRules.Resolve(device) with { Heat = device.Heat with { AmbientTemperature = experiment.Temperature } };
        var simulation = new DeviceSimulation(ambient, mesh, solver);
        bool maps = MapSettings.Pays(solver.PulseMap, experiment.Protocol);
        var recorder = new RunRecorder(simulation, new OutputSettings().Quiet(), mapsPulses: maps) { Cancel = Cancel };
        recorder.Begin();
        var runner = new ProtocolRunner(simulation, experiment.Protocol, recorder);
        MappedProtocol? mapped = maps
            ? new(simulation, runner, recorder, PulseMap.Of(simulation, experiment.Protocol, MapSettings.ForFigures)) : null;
        if (mapped is not null)
            mapped.Map.Cancel = Cancel;
        while (mapped?.Advance() ?? runner.Advance())
        {
        }
        return CompactReading.FromPulses(recorder.Record.Pulses);
    }
}
