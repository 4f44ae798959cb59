using FvSolver.Cases.Compact.Model;
using FvSolver.Materials;
using FvSolver.Solver.Drive;

namespace FvSolver.Cases.Compact;

/// <summary>One pulse as the compact model sees it.</summary>
/// <param name="Amplitude">Amplitude [V].</param>
/// <param name="Width">Width from base to base [s].</param>
/// <param name="Conductance">Conductance at the end of the rest [S].</param>
/// <param name="Composition">Composition over its rest value there.</param>
/// <param name="GateVoltage">Gate voltage there [V].</param>
/// <param name="Protons">Protons given by the gate in pulse and rest.</param>
/// <param name="ProtonEnergy">Integral of V_G I_G until the gate opens [J].</param>
/// <param name="CapacitiveEnergy">C V^2 [J].</param>
/// <param name="State">State at the end of the rest.</param>
public sealed record CompactPulse(
    double Amplitude, double Width, double Conductance, double Composition, double GateVoltage, double Protons,
    double ProtonEnergy, double CapacitiveEnergy, CompactState State);

/// <summary>Runs protocols on the compact model of one device.</summary>
public sealed class CompactRun
{
    private readonly CompactModel _model;
    private readonly CompactIntegrator _integrator;
    private readonly double _length, _width, _edge, _hold;
    private double _time;

    /// <param name="model">Model.</param>
    /// <param name="geometry">Size of the device, and edges and hold of pulses for which the protocol names none.</param>
    /// <param name="tolerance">Relative tolerance of the integrator.</param>
    public CompactRun(CompactModel model, CompactGeometry geometry, double tolerance = 1e-6)
    {
        (_model, _length, _width, _edge, _hold) = (model, geometry.Length, geometry.Width, geometry.EdgeTime, geometry.HoldTime);
        _integrator = new CompactIntegrator(model, tolerance);
    }

    /// <summary>A device of given geometry at rest.</summary>
    public static CompactRun Of(CompactModel model, Device device) => new(model, CompactGeometry.Of(device));

    /// <summary>Present state.</summary>
    public CompactState State { get; set; }

    /// <summary>Gate area [m^2].</summary>
    public double Area => _length * _width;

    /// <summary>Present gate voltage [V].</summary>
    public double GateVoltage => _model.GateVoltage(State);

    /// <summary>Present conductance [S].</summary>
    public double Conductance => _model.Conductance(State, _length, _width);

    /// <summary>Time since the start [s].</summary>
    public double Time => _time;

    /// <summary>Steps of the integrator so far.</summary>
    public int Steps => _integrator.Steps;

    /// <summary>Called after each step with time [s] and state; may be null.</summary>
    public Action<double, CompactState>? Observer { get; set; }

    /// <summary>Runs steps in order and returns their pulses.</summary>
    public IReadOnlyList<CompactPulse> Run(IEnumerable<ProtocolStep> steps)
    {
        var pulses = new List<CompactPulse>();
        foreach (ProtocolStep step in steps)
            Run(step, pulses);
        return pulses;
    }

    private void Run(ProtocolStep step, List<CompactPulse> pulses)
    {
        switch (step)
        {
            case PulseTrain train:
                for (int k = 0; k < train.Count; k++)
                {
                    CompactPulse pulse = Pulse(train.Amplitudes[k % train.Amplitudes.Count], train.Widths[k % train.Widths.Count],
                        train.Edge ?? _edge, train.Hold ?? _hold, train.Rest);
                    pulses.Add(pulse);
                    if (train.Until is { } stop && Reached(stop))
                        break;
                }
                break;
            case Rest rest:
                Open(rest.Duration);
                break;
            case Hold hold:
                Ramp(GateVoltage, hold.Voltage, hold.Edge ?? _edge);
                Ramp(hold.Voltage, hold.Voltage, hold.Duration);
                break;
            case CurrentPulse current:
                Segment(current.Duration, () => _integrator.Current(State, current.Current / Area, current.Duration, Watch()));
                break;
            case VoltageTable table:
                if (!double.IsNaN(table.Voltages[0]) && table.Voltages[0] != GateVoltage)
                    Ramp(GateVoltage, table.Voltages[0], _edge);
                foreach (VoltagePiece piece in table.Pieces(_edge))
                    if (piece.To is { } end)
                        Ramp(piece.From ?? GateVoltage, end, piece.Duration);
                    else
                        Open(piece.Duration);
                break;
            case Repeat repeat:
                for (int i = 0; i < repeat.Count; i++)
                    foreach (ProtocolStep inner in repeat.Steps)
                        Run(inner, pulses);
                break;
            default:
                throw new ArgumentException($"The compact model does not know the step {step.GetType().Name}.");
        }
    }

    private CompactPulse Pulse(double amplitude, double width, double edge, double hold, double rest)
    {
        if (width < 2 * edge)
            throw new ArgumentException($"A pulse of {width:g4} s is shorter than its two edges of {edge:g4} s.");
        double given = State.Stored, rested = GateVoltage;
        double energy = 0;
        energy += Ramp(rested, amplitude, edge);
        energy += Ramp(amplitude, amplitude, width - 2 * edge);
        energy += Ramp(amplitude, rested, edge);
        energy += Ramp(rested, rested, hold);
        Open(rest);
        double protons = (State.Stored - given) * Area / Constants.ElementaryCharge;
        return new CompactPulse(amplitude, width, Conductance, _model.Composition(State), GateVoltage, protons,
            energy, _model.GateCapacitance * Area * amplitude * amplitude, State);
    }

    /// <summary>Ramps the gate; returns the integral of V_G I_G [J].</summary>
    private double Ramp(double from, double to, double duration)
    {
        if (duration == 0)
            return 0;
        double energy = 0, before = from, begin = _time;
        // The jump of D where the source meets a gate that is not at its voltage is no part of the ramp.
        CompactState old = State with { Metal = _model.MetalAt(from, State) };
        Segment(duration, () => _integrator.Ramp(State, from, to, duration, (t, s) =>
        {
            double volt = from + (to - from) * t / duration;
            // External charge: what the metal took up plus what it gave.
            double charge = s.Metal - old.Metal + s.Stored - old.Stored;
            energy += (before + volt) / 2 * charge;
            (before, old) = (volt, s);
            Observer?.Invoke(begin + t, s);
        }));
        return energy * Area;
    }

    private void Open(double duration) => Segment(duration, () => _integrator.Current(State, 0, duration, Watch()));

    private Action<double, CompactState>? Watch()
    {
        double begin = _time;
        return Observer is { } observer ? (t, s) => observer(begin + t, s) : null;
    }

    private void Segment(double duration, Func<CompactState> advance)
    {
        State = advance();
        _time += duration;
    }

    private bool Reached(StopCondition stop)
    {
        double value = stop.Quantity == StopQuantity.Conductance
            ? Conductance
            : throw new ArgumentException("The compact model stops at a conductance; it knows the composition only relative to rest.");
        return stop.Above ? value >= stop.Bound : value <= stop.Bound;
    }
}
