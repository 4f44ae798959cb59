using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Layout;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Settings;
using FvSolver.Solver.Time;

namespace FvSolver.Solver.Drive;

/// <summary>A device in time: its state, and what can be done to its gate.</summary>
/// <remarks>
/// Each linear piece of the waveform is one segment of the integrator, so that a step never crosses a corner. Time within
/// a segment starts at 0: a pulse of 5 ns keeps all its digits after 1e5 s of rests.
/// </remarks>
public sealed class DeviceSimulation
{
    // Made when they are first asked for: a device whose segments all go in lanes may need none.
    private DeviceSystem<Scalar>? _system;
    private RosenbrockIntegrator<Scalar>? _integrator;
    private readonly Func<SparsityPattern, ILinearSolver<Scalar>> _createSolver;
    private readonly Scalar[] _before;
    private readonly Scalar[] _segmentQuadratures;
    private readonly DriveSegment[] _segments = new DriveSegment[4];
    private readonly BubbleNuclei? _nuclei;
    private StepStatistics _statistics;
    private double _chargeAfterFirst, _voltageAfterFirst;
    private (double Amplitude, double Base, double Charge, double Work) _pulse;

    /// <summary>A device at rest.</summary>
    /// <param name="device">Resolved parameters (see <see cref="CalibrationRules.Resolve"/>).</param>
    /// <param name="mesh">Its mesh.</param>
    /// <param name="settings">Accuracy and method.</param>
    /// <param name="createSolver">Makes the linear solver; null chooses one by the settings, see <see cref="LinearSolverChoice"/>.</param>
    /// <param name="hopFactors">Factor on the hop rate of each edge of the mesh; null for 1 everywhere.</param>
    public DeviceSimulation(
        Device device,
        ControlVolumeMesh mesh,
        SolverSettings settings,
        Func<SparsityPattern, ILinearSolver<Scalar>>? createSolver = null,
        IReadOnlyList<double>? hopFactors = null)
    {
        Column = new(device, mesh, hopFactors);
        Settings = settings;
        _createSolver = createSolver ?? (pattern => LinearSolverChoice.ForDevice(pattern, mesh.Dimension, settings.LinearSolver));
        QuadratureLayout = QuadratureLayout.Of(device, settings.EnergyBalance);
        State = Column.RestState();
        RestState = Column.RestState();
        Quadratures = new Scalar[QuadratureLayout.Count];
        _segmentQuadratures = new Scalar[QuadratureLayout.Count];
        _before = new Scalar[State.Length];
        _nuclei = device.Gas.Enabled ? new(this, RunPiece) : null;
    }

    /// <summary>A device at rest on the 1-D mesh of its stack.</summary>
    public DeviceSimulation(Device device, MeshSettings mesh, SolverSettings settings)
        : this(device, DeviceStack.Mesh(device, mesh), settings)
    {
    }

    /// <summary>Parameters.</summary>
    public Device Device => Column.Device;

    /// <summary>Mesh.</summary>
    public ControlVolumeMesh Mesh => Column.Mesh;

    /// <summary>Equations.</summary>
    public DeviceSystem<Scalar> System => _system ??= new([Column], _createSolver, energyBalance: Settings.EnergyBalance);

    /// <summary>Where the unknowns live.</summary>
    public UnknownLayout Layout => Column.Layout;

    /// <summary>Which quadratures there are.</summary>
    public QuadratureLayout QuadratureLayout { get; }

    /// <summary>State vector.</summary>
    public Scalar[] State { get; }

    /// <summary>State of rest, from which inventories are counted.</summary>
    public Scalar[] RestState { get; }

    /// <summary>Quadratures since the start; that of electrical work is complete, see <see cref="QuadratureLayout.Work"/>.</summary>
    public Scalar[] Quadratures { get; }

    /// <summary>Energy of the field in the state of rest [J].</summary>
    public double InitialFieldEnergy => System.FieldEnergy(RestState);

    /// <summary>Time since the start [s].</summary>
    public double Time { get; set; }

    /// <summary>Nucleation of bubbles so far, for a checkpoint: the expected number of nuclei, and the due
    /// numbers that it has reached. 0 without gas.</summary>
    public (double Hazard, double Count) Nucleation
    {
        get => (_nuclei?.Hazard ?? 0, _nuclei?.Count ?? 0);
        set
        {
            if (_nuclei is not null)
                (_nuclei.Hazard, _nuclei.Count) = (value.Hazard, (int)value.Count);
        }
    }

    /// <summary>Gate voltage [V].</summary>
    public double GateVoltage => State[Layout.GateVoltage];

    /// <summary>Voltage of the drain against the source [V]; 0 without electrons.</summary>
    public double DrainVoltage => Layout.DrainVoltage >= 0 ? State[Layout.DrainVoltage].Value : 0;

    /// <summary>Charge on the gate metal [C].</summary>
    public double GateCharge => State[Layout.GateCharge];

    /// <summary>Counts of the integrator; steps that were shared with other devices count in full.</summary>
    public ref readonly StepStatistics Statistics => ref _statistics;

    internal SolverSettings Settings { get; }

    internal DeviceColumn Column { get; }

    /// <summary>Runs one linear piece of a waveform.</summary>
    /// <param name="mode">What is connected to the gate.</param>
    /// <param name="start">Voltage [V] or current [A] at its start.</param>
    /// <param name="end">Voltage or current at its end.</param>
    /// <param name="duration">Length [s]; nothing happens when it is 0.</param>
    /// <param name="observer">Sees each step, or null.</param>
    /// <param name="drain">Voltage to which the drain is ramped over the segment [V]; null leaves it as it is.</param>
    public void Segment(
        DriveMode mode, double start, double end, double duration, IStepObserver<Scalar>? observer = null, double? drain = null) =>
        AskSegment(mode, start, end, duration, observer, drain).Run();

    /// <summary>The same as a request, for runs that go together with others; see <see cref="DeviceEnsemble"/>.</summary>
    public DriveRequest AskSegment(
        DriveMode mode, double start, double end, double duration, IStepObserver<Scalar>? observer = null, double? drain = null)
    {
        _segments[0] = new(mode, start, end, duration, drain);
        return new(this, _segments.AsMemory(0, 1), observer, null);
    }

    /// <summary>Makes the integrator, which else the first segment does: a device that only goes in lanes needs none.</summary>
    public void MakeIntegrator() => _integrator ??= new(System, Settings.Method.Tableau(), Settings.RelativeTolerance, Settings.MaxSteps);

    /// <summary>Runs one segment with the device's own integrator.</summary>
    internal void RunAlone(in DriveSegment segment, IStepObserver<Scalar>? observer)
    {
        if (_nuclei is null)
            RunPiece(segment, observer);
        else
            _nuclei.Run(segment, observer);
    }

    private void RunPiece(in DriveSegment segment, IStepObserver<Scalar>? observer)
    {
        Begin(segment);
        MakeIntegrator();
        StepStatistics before = _integrator!.Statistics;
        try
        {
            _integrator.Advance(State, _segmentQuadratures, segment.Duration, observer);
        }
        finally
        {
            _statistics.AddDifference(_integrator.Statistics, before);
        }
        End(segment);
    }

    /// <summary>Prepares for a segment: connects the drive and remembers the state.</summary>
    private void Begin(in DriveSegment segment)
    {
        System.Connect(segment.Gate);
        System.Prepare(State, segment.DrainFrom(DrainVoltage));
        Keep();
        Array.Clear(_segmentQuadratures);
    }

    /// <summary>Remembers the state at the start of a segment.</summary>
    internal void Keep() => State.CopyTo(_before, 0);

    /// <summary>Goes back to the state at the start of the segment.</summary>
    internal void Return() => _before.CopyTo(State, 0);

    /// <summary>Completes a segment whose final state and quadratures are there.</summary>
    private void End(in DriveSegment segment)
    {
        // Under an ideal source the quadrature leaves out d(V_G (Q_M + e N)).
        if (segment.Mode == DriveMode.Voltage)
            _segmentQuadratures[QuadratureLayout.Work] +=
                DeviceSystem<Scalar>.StoredAtGate(Layout, State) - DeviceSystem<Scalar>.StoredAtGate(Layout, _before);
        for (int q = 0; q < Quadratures.Length; q++)
            Quadratures[q] += _segmentQuadratures[q];
        Time += segment.Duration;
    }

    /// <summary>Takes over what a segment in lanes gave this device.</summary>
    internal void Take(in DriveSegment segment, Lanes[] state, Lanes[] quadratures, int lane, in StepStatistics after,
        in StepStatistics before)
    {
        Lanes.CopyLane(state, lane, State);
        Lanes.CopyLane(quadratures, lane, _segmentQuadratures);
        _statistics.AddDifference(after, before);
        _nuclei?.Keep();
        End(segment);
    }

    /// <summary>What sees the steps of a segment in lanes: an observer, and with gas also what counts nuclei.</summary>
    internal IStepObserver<Scalar>? Follow(IStepObserver<Scalar>? observer) => _nuclei?.Follow(observer) ?? observer;

    /// <summary>Marks the end of a segment of a list.</summary>
    internal void Corner(int index, int count, Action? onCorner)
    {
        if (index == 0)
            (_chargeAfterFirst, _voltageAfterFirst) = (GateCharge, GateVoltage);
        if (index < count - 1)
            onCorner?.Invoke();
    }

    /// <summary>Voltage source, ideal or behind the series resistance, as the device says.</summary>
    public DriveMode SourceMode => Device.Gate.SeriesResistance > 0 ? DriveMode.Resistor : DriveMode.Voltage;

    /// <summary>A trapezoid from the present gate voltage to an amplitude and back, held there; the gate is not opened yet.</summary>
    /// <param name="amplitude">Amplitude [V].</param>
    /// <param name="width">Width from base to base [s].</param>
    /// <param name="edge">Rise and fall time [s].</param>
    /// <param name="observer">Sees each step, or null.</param>
    /// <param name="onCorner">Called at each inner corner, or null.</param>
    /// <param name="hold">Time at the base voltage after the falling edge [s]; null takes the device's.</param>
    /// <returns>Energies of the pulse and of the hold.</returns>
    public PulseEnergy Pulse(
        double amplitude, double width, double edge, IStepObserver<Scalar>? observer = null, Action? onCorner = null, double? hold = null)
    {
        AskPulse(amplitude, width, edge, observer, onCorner, hold).Run();
        return EnergyOfPulse();
    }

    /// <summary>The same as a request, for runs that go together with others; see <see cref="DeviceEnsemble"/>.</summary>
    public DriveRequest AskPulse(
        double amplitude, double width, double edge, IStepObserver<Scalar>? observer = null, Action? onCorner = null, double? hold = null)
    {
        double rest = GateVoltage, held = hold ?? Device.Gate.HoldTime;
        BeginPulse(amplitude);
        _segments[0] = new(SourceMode, rest, amplitude, edge, null);
        _segments[1] = new(SourceMode, amplitude, amplitude, width - 2 * edge, null);
        _segments[2] = new(SourceMode, amplitude, rest, edge, null);
        _segments[3] = new(SourceMode, rest, rest, held, null);
        return new(this, _segments.AsMemory(0, held > 0 ? 4 : 3), observer, onCorner);
    }

    /// <summary>Energies of the pulse that was asked for last, once it is done.</summary>
    public PulseEnergy EnergyOfPulse() => EnergyOfPulse(_chargeAfterFirst, _voltageAfterFirst);

    /// <summary>Takes note of where a pulse starts, for its energies.</summary>
    internal void BeginPulse(double amplitude) => _pulse = (amplitude, GateVoltage, GateCharge, Quadratures[QuadratureLayout.Work]);

    /// <summary>Energies of the present pulse, once it is done.</summary>
    /// <param name="charge">Charge of the gate after the rising edge [C].</param>
    /// <param name="voltage">Gate voltage then [V].</param>
    internal PulseEnergy EnergyOfPulse(double charge, double voltage)
    {
        double capacitance = (charge - _pulse.Charge) / (voltage - _pulse.Base);
        return new(Quadratures[QuadratureLayout.Work] - _pulse.Work, capacitance * _pulse.Amplitude * _pulse.Amplitude);
    }

    /// <summary>Ramps the drain to a voltage under an open gate, holds it, and ramps it back to 0.</summary>
    /// <param name="voltage">Voltage of the drain [V].</param>
    /// <param name="duration">Time at the voltage [s].</param>
    /// <param name="edge">Time of each ramp [s].</param>
    /// <param name="observer">Sees each step, or null.</param>
    /// <exception cref="InvalidOperationException">The device has no electrons that could follow.</exception>
    public void DrainBias(double voltage, double duration, double edge, IStepObserver<Scalar>? observer = null)
    {
        foreach (DriveRequest request in AskDrainBias(voltage, duration, edge, observer))
            request.Run();
    }

    /// <summary>The same as requests, for runs that go together with others; see <see cref="DeviceEnsemble"/>.</summary>
    public IEnumerable<DriveRequest> AskDrainBias(double voltage, double duration, double edge, IStepObserver<Scalar>? observer = null)
    {
        if (Layout.DrainVoltage < 0)
            throw new InvalidOperationException("A drain bias needs the electrons of a cross-section (wo3.electrons = true).");
        yield return AskSegment(DriveMode.Open, 0, 0, edge, observer, voltage);
        yield return AskSegment(DriveMode.Open, 0, 0, duration, observer);
        yield return AskSegment(DriveMode.Open, 0, 0, edge, observer, 0);
    }

    /// <summary>Leaves the gate open for a time [s].</summary>
    public void Rest(double duration, IStepObserver<Scalar>? observer = null) =>
        Segment(DriveMode.Open, 0, 0, duration, observer);

    /// <summary>The same as a request, for runs that go together with others; see <see cref="DeviceEnsemble"/>.</summary>
    public DriveRequest AskRest(double duration, IStepObserver<Scalar>? observer = null) =>
        AskSegment(DriveMode.Open, 0, 0, duration, observer);
}

/// <summary>Energies of a pulse.</summary>
/// <param name="Proton">Integral of V_G I_G until the gate opens [J].</param>
/// <param name="Capacitive">Charge over voltage of the rising edge times the amplitude squared [J]: the C
/// V^2 that a driver without recovery loses.</param>
public readonly record struct PulseEnergy(double Proton, double Capacitive)
{
    /// <summary>Upper bound of the energy of the pulse [J].</summary>
    public double Total => Proton + Capacitive;
}
