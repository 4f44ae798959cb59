using FvSolver.Cases.Input;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Maps;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Settings;

namespace FvSolver.Cases.Measures;

/// <summary>Mean step of conductance over trains of equal pulses, each from rest, for several pulses of one device.</summary>
/// <remarks>Long trains are mapped where the map is certified, unless <c>solver.pulse_map</c> forbids it; all share one map.</remarks>
public sealed class TrainMeans
{
    private static readonly OutputSettings s_quiet = new OutputSettings().Quiet();

    private readonly (double Amplitude, double Width)[] _pulses;
    private readonly int _count;
    private readonly DeviceSimulation _device;
    private readonly PulseMap? _map;

    /// <summary>Trains of a case's device.</summary>
    /// <param name="definition">The case.</param>
    /// <param name="device">The device.</param>
    /// <param name="pulses">Amplitude [V] and width [s] of the pulses of each train.</param>
    /// <param name="count">Pulses of a train.</param>
    public TrainMeans(CaseDefinition definition, DeviceSimulation device, (double Amplitude, double Width)[] pulses, int count)
    {
        (_pulses, _count, _device) = (pulses, count, device);
        if (!MapSettings.Pays(definition.Solver.PulseMap, [Train(0)]))
            return;
        double edge = definition.Device.Gate.EdgeTime;
        _map = new(_device, [.. pulses.Select(p => new PulseFamily(p.Amplitude, p.Amplitude, p.Width, p.Width, edge, null, 1))],
            MapSettings.ForFigures);
    }

    /// <summary>Pulses computed for the map; 0 without one.</summary>
    public int DirectPulses => _map?.DirectPulses ?? 0;

    /// <summary>What one train asks for, with rests of 1 s.</summary>
    /// <param name="train">Number of the train.</param>
    /// <param name="done">Takes its mean step [S] when all is done.</param>
    /// <param name="cancel">Ends it.</param>
    public IEnumerable<DriveRequest> Requests(int train, Action<double> done, CancellationToken cancel)
    {
        _device.RestState.CopyTo(_device.State, 0);
        _device.Time = 0;
        var recorder = new RunRecorder(_device, s_quiet, mapsPulses: _map is not null);
        recorder.Begin();
        double start = recorder.Readout.Conductance;
        var runner = new ProtocolRunner(_device, [Train(train)], recorder);
        if (_map is not null)
            _map.Cancel = cancel;
        foreach (DriveRequest request in _map is null ? runner.Requests() : new MappedProtocol(_device, runner, recorder, _map).Requests())
        {
            cancel.ThrowIfCancellationRequested();
            yield return request;
        }
        done((recorder.Readout.Conductance - start) / _count);
    }

    private PulseTrain Train(int train) =>
        new() { Amplitudes = [_pulses[train].Amplitude], Widths = [_pulses[train].Width], Count = _count };

    /// <summary>Mean step of one train [S].</summary>
    public double Of(int train, CancellationToken cancel)
    {
        double mean = 0;
        foreach (DriveRequest request in Requests(train, m => mean = m, cancel))
            request.Run();
        return mean;
    }
}
