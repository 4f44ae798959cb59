using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Settings;

namespace FvSolver.Solver.Maps;

/// <summary>Computes pulses of one kind of device directly, up to eight at a time in lanes, and counts them.</summary>
internal sealed class DirectPulses
{
    private static readonly OutputSettings s_quiet = new OutputSettings().Quiet();

    private readonly DeviceSimulation _like;
    private readonly Dictionary<double, DeviceSimulation[]> _devices = [];
    private readonly ChannelReadout _readout;

    /// <summary>Pulses of devices like one.</summary>
    public DirectPulses(DeviceSimulation like) =>
        (_like, Content, Names, _readout) = (like, new(like), ResponseNames.Names(like), new(like));

    /// <summary>Ends what is under way.</summary>
    public CancellationToken Cancel { get; set; }

    /// <summary>The slow coordinate.</summary>
    public SlowContent Content { get; }

    /// <summary>Names of the responses of its pulses.</summary>
    public string[] Names { get; }

    /// <summary>Conductance that is read of a state [S].</summary>
    public double Conductance(Scalar[] state) => _readout.Of(state);

    /// <summary>Pulses computed so far.</summary>
    public int Count { get; private set; }

    /// <summary>Rests by which devices came to their settled states so far.</summary>
    public int Settlings { get; private set; }

    /// <summary>Carries pulses out.</summary>
    /// <param name="family">Edges, hold and rest.</param>
    /// <param name="starts">Where they start, and what they are.</param>
    /// <param name="tolerance">Relative tolerance of the time integration.</param>
    /// <param name="settled">States that strain is measured from; null for none.</param>
    /// <exception cref="Time.NumericalException">One of them failed.</exception>
    public PulseSample[] Run(PulseFamily family, IReadOnlyList<PulseStart> starts, double tolerance, SettledStates? settled)
    {
        var samples = new PulseSample[starts.Count];
        InLanes(starts.Count, tolerance, (device, i) => Pulse(device, family, starts[i], settled, s => samples[i] = s));
        Count += starts.Count;
        return samples;
    }

    /// <summary>Leaves devices alone with their gates open, and looks at each when its time is over.</summary>
    /// <param name="count">Devices.</param>
    /// <param name="duration">Time [s].</param>
    /// <param name="tolerance">Relative tolerance of the time integration.</param>
    /// <param name="place">Puts a device into its first state, by its number.</param>
    /// <param name="look">Sees it at the end.</param>
    public void Settle(int count, double duration, double tolerance, Action<DeviceSimulation, int> place,
        Action<DeviceSimulation, int> look)
    {
        InLanes(count, tolerance, Requests);
        Settlings += count;
        IEnumerable<DriveRequest> Requests(DeviceSimulation device, int i)
        {
            Clear(device);
            place(device, i);
            yield return device.AskRest(duration);
            look(device, i);
        }
    }

    /// <summary>Carries out trains of equal pulses, and looks at each device when its train is over.</summary>
    /// <param name="count">Devices.</param>
    /// <param name="family">The pulse.</param>
    /// <param name="pulses">Pulses of a train.</param>
    /// <param name="tolerance">Relative tolerance of the time integration.</param>
    /// <param name="place">Puts a device into its first state, by its number.</param>
    /// <param name="look">Sees it at the end.</param>
    public void Train(
        int count, PulseFamily family, int pulses, double tolerance, Action<DeviceSimulation, int> place,
        Action<DeviceSimulation, int> look)
    {
        InLanes(count, tolerance, Requests);
        Count += count * pulses;
        IEnumerable<DriveRequest> Requests(DeviceSimulation device, int i)
        {
            Clear(device);
            place(device, i);
            for (int k = 0; k < pulses; k++)
            {
                yield return device.AskPulse(family.LeastAmplitude, family.LeastWidth, family.Edge, null, null, family.Hold);
                yield return device.AskRest(family.Rest);
            }
            look(device, i);
        }
    }

    private void InLanes(int count, double tolerance, Func<DeviceSimulation, int, IEnumerable<DriveRequest>> requests)
    {
        Cancel.ThrowIfCancellationRequested();
        // The reactions of gas in lanes take longer to compile than their lanes save.
        int members = _like.Device.Gas.Enabled ? 1 : Math.Min(count, DeviceEnsemble.Capacity);
        DeviceSimulation[] devices = Devices(tolerance);
        IEnumerable<DriveRequest> Member(int member)
        {
            for (int i = member; i < count; i += members)
            {
                Cancel.ThrowIfCancellationRequested();
                foreach (DriveRequest request in requests(devices[member], i))
                    yield return request;
            }
        }
        var ensemble = DeviceEnsemble.Run([.. Enumerable.Range(0, members).Select(Member)]);
        if (ensemble.Failures.FirstOrDefault(f => f is not null) is { } failure)
            throw failure;
    }

    private DeviceSimulation[] Devices(double tolerance)
    {
        if (!_devices.TryGetValue(tolerance, out DeviceSimulation[]? devices))
            _devices[tolerance] = devices = [.. Enumerable.Range(0, DeviceEnsemble.Capacity).Select(_ => new DeviceSimulation(
                _like.Device, _like.Mesh, _like.Settings with { RelativeTolerance = tolerance }, hopFactors: _like.Column.HopFactors))];
        return devices;
    }

    private static void Clear(DeviceSimulation device)
    {
        Array.Clear(device.Quadratures);
        device.Nucleation = (0, 0);
        device.Time = 0;
    }

    private IEnumerable<DriveRequest> Pulse(
        DeviceSimulation device, PulseFamily family, PulseStart start, SettledStates? settled, Action<PulseSample> done)
    {
        Clear(device);
        start.Place(device);
        var recorder = new RunRecorder(device, s_quiet);
        recorder.Begin();
        var watch = new GivenWatch(recorder, device);
        double before = SlowContent.Excess(recorder.Inventory, device), u = Content.Of(recorder.Inventory, device);
        foreach (DriveRequest request in new ProtocolRunner(device, [family.Train(start.Amplitude, start.Width)], watch).Requests())
            yield return request;
        double end = Content.Of(recorder.Inventory, device);
        Table pulses = recorder.Record.Pulses;
        done(new(
            u, end, (SlowContent.Excess(recorder.Inventory, device) - before) / Content.Atoms, watch.Least, watch.Most,
            [.. pulses.Columns.Select(c => pulses[c.Name][^1])], [.. device.Quadratures.Select(q => q.Value)], device.Nucleation.Hazard,
            recorder.Extremes, settled?.Distance(device.State, end) ?? 0, [.. device.State]));
    }

    /// <summary>Passes everything on to a recorder, and follows what the gate gives.</summary>
    private sealed class GivenWatch(RunRecorder recorder, DeviceSimulation device) : IProtocolObserver
    {
        private readonly double _start = device.State[device.Layout.GateHydrogen];

        public double Least { get; private set; }

        public double Most { get; private set; }

        public bool MustStop => recorder.MustStop;

        public void OnStep(double time, Scalar[] state)
        {
            double given = state[device.Layout.GateHydrogen] - _start;
            (Least, Most) = (Math.Min(Least, given), Math.Max(Most, given));
            recorder.OnStep(time, state);
        }

        public void OnPulseStart(double amplitude, double width) => recorder.OnPulseStart(amplitude, width);

        public void OnStepStart() => recorder.OnStepStart();

        public void OnStepEnd() => recorder.OnStepEnd();

        public void OnCorner() => recorder.OnCorner();

        public void OnPulseEnd(PulseEnergy energy) => recorder.OnPulseEnd(energy);

        public void OnRead() => recorder.OnRead();

        public double Read(StopQuantity quantity) => recorder.Read(quantity);
    }
}
