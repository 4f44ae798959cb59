using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.LinearAlgebra;
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
    private readonly RosenbrockIntegrator<Scalar> _integrator;
    private readonly Scalar[] _before;
    private readonly Scalar[] _segmentQuadratures;

    /// <summary>A device at rest.</summary>
    /// <param name="device">Resolved parameters (see <see cref="Calibration.Resolve"/>).</param>
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
        Device = device;
        Mesh = mesh;
        System = new([new(device, mesh, hopFactors)],
            createSolver ?? (pattern => LinearSolverChoice.ForDevice(pattern, mesh.Dimension, settings.LinearSolver)));
        _integrator = new(System, settings.Method.Tableau(), settings.RelativeTolerance, settings.MaxSteps);
        State = System.RestState();
        RestState = System.RestState();
        Quadratures = new Scalar[System.QuadratureCount];
        _segmentQuadratures = new Scalar[System.QuadratureCount];
        _before = new Scalar[System.Size];
        InitialFieldEnergy = System.FieldEnergy(State);
    }

    /// <summary>A device at rest on the 1-D mesh of its stack.</summary>
    public DeviceSimulation(Device device, MeshSettings mesh, SolverSettings settings)
        : this(device, DeviceStack.Mesh(device, mesh), settings)
    {
    }

    /// <summary>Parameters.</summary>
    public Device Device { get; }

    /// <summary>Mesh.</summary>
    public ControlVolumeMesh Mesh { get; }

    /// <summary>Equations.</summary>
    public DeviceSystem<Scalar> System { get; }

    /// <summary>State vector.</summary>
    public Scalar[] State { get; }

    /// <summary>State of rest, from which inventories are counted.</summary>
    public Scalar[] RestState { get; }

    /// <summary>Quadratures since the start; that of electrical work is complete, see <see cref="DeviceSystem{P}.ElectricalWork"/>.</summary>
    public Scalar[] Quadratures { get; }

    /// <summary>Energy of the field in the state of rest [J].</summary>
    public double InitialFieldEnergy { get; }

    /// <summary>Time since the start [s].</summary>
    public double Time { get; set; }

    /// <summary>Gate voltage [V].</summary>
    public double GateVoltage => State[System.Layout.GateVoltage];

    /// <summary>Voltage of the drain against the source [V]; 0 without electrons.</summary>
    public double DrainVoltage => System.Layout.DrainVoltage >= 0 ? State[System.Layout.DrainVoltage].Value : 0;

    /// <summary>Charge on the gate metal [C].</summary>
    public double GateCharge => State[System.Layout.GateCharge];

    /// <summary>Counts of the integrator.</summary>
    public ref readonly StepStatistics Statistics => ref _integrator.Statistics;

    /// <summary>Runs one linear piece of a waveform.</summary>
    /// <param name="mode">What is connected to the gate.</param>
    /// <param name="start">Voltage [V] or current [A] at its start.</param>
    /// <param name="end">Voltage or current at its end.</param>
    /// <param name="duration">Length [s]; nothing happens when it is 0.</param>
    /// <param name="observer">Sees each step, or null.</param>
    /// <param name="drain">Voltage to which the drain is ramped over the segment [V]; null leaves it as it is.</param>
    public void Segment(
        DriveMode mode, double start, double end, double duration, IStepObserver<Scalar>? observer = null, double? drain = null)
    {
        if (duration <= 0)
            return;
        System.Connect(new GateDrive<Scalar>
        {
            Mode = mode,
            Start = new(start),
            Slope = new((end - start) / duration),
        });
        double before = DrainVoltage;
        System.Prepare(State, new GateDrive<Scalar>
        {
            Mode = DriveMode.Voltage,
            Start = new(before),
            Slope = new(((drain ?? before) - before) / duration),
        });
        State.CopyTo(_before, 0);
        Array.Clear(_segmentQuadratures);
        _integrator.Advance(State, _segmentQuadratures, duration, observer);
        int work = DeviceSystem<Scalar>.Work;
        _segmentQuadratures[work] = System.ElectricalWork(_segmentQuadratures[work], _before, State, mode);
        for (int q = 0; q < Quadratures.Length; q++)
            Quadratures[q] += _segmentQuadratures[q];
        Time += duration;
    }

    /// <summary>Voltage source, ideal or behind the series resistance, as the device says.</summary>
    public DriveMode SourceMode => Device.Gate.SeriesResistance > 0 ? DriveMode.Resistor : DriveMode.Voltage;

    /// <summary>A trapezoid from the present gate voltage to an amplitude and back; the gate is not opened yet.</summary>
    /// <param name="amplitude">Amplitude [V].</param>
    /// <param name="width">Width from base to base [s].</param>
    /// <param name="edge">Rise and fall time [s].</param>
    /// <param name="observer">Sees each step, or null.</param>
    /// <param name="onCorner">Called at each inner corner, or null.</param>
    /// <returns>Energies of the pulse.</returns>
    public PulseEnergy Pulse(
        double amplitude, double width, double edge, IStepObserver<Scalar>? observer = null, Action? onCorner = null)
    {
        double rest = GateVoltage, charge = GateCharge, work = Quadratures[DeviceSystem<Scalar>.Work];
        Segment(SourceMode, rest, amplitude, edge, observer);
        double capacitance = (GateCharge - charge) / (GateVoltage - rest);
        onCorner?.Invoke();
        Segment(SourceMode, amplitude, amplitude, width - 2 * edge, observer);
        onCorner?.Invoke();
        Segment(SourceMode, amplitude, rest, edge, observer);
        return new(Quadratures[DeviceSystem<Scalar>.Work] - work, capacitance * amplitude * amplitude);
    }

    /// <summary>Ramps the drain to a voltage under an open gate, holds it, and ramps it back to 0.</summary>
    /// <param name="voltage">Voltage of the drain [V].</param>
    /// <param name="duration">Time at the voltage [s].</param>
    /// <param name="edge">Time of each ramp [s].</param>
    /// <param name="observer">Sees each step, or null.</param>
    /// <exception cref="InvalidOperationException">The device has no electrons that could follow.</exception>
    public void DrainBias(double voltage, double duration, double edge, IStepObserver<Scalar>? observer = null)
    {
        if (System.Layout.Electron < 0)
            throw new InvalidOperationException("A drain bias needs the electrons of a cross-section (wo3.electrons = true).");
        Segment(DriveMode.Open, 0, 0, edge, observer, voltage);
        Segment(DriveMode.Open, 0, 0, duration, observer);
        Segment(DriveMode.Open, 0, 0, edge, observer, 0);
    }

    /// <summary>Leaves the gate open for a time [s].</summary>
    public void Rest(double duration, IStepObserver<Scalar>? observer = null) =>
        Segment(DriveMode.Open, 0, 0, duration, observer);
}

/// <summary>Energies of a pulse.</summary>
/// <param name="Proton">Integral of V_G I_G over the clamped pulse [J].</param>
/// <param name="Capacitive">Charge over voltage of the rising edge times the amplitude squared [J]: the C V^2 that a driver without recovery loses.</param>
public readonly record struct PulseEnergy(double Proton, double Capacitive)
{
    /// <summary>Upper bound of the energy of the pulse [J].</summary>
    public double Total => Proton + Capacitive;
}
