using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;

namespace FvSolver.Solver.Drive;

/// <summary>One linear piece of what is done to a device.</summary>
/// <param name="Mode">What is connected to the gate.</param>
/// <param name="Start">Voltage [V] or current [A] at its start.</param>
/// <param name="End">Voltage or current at its end.</param>
/// <param name="Duration">Length [s].</param>
/// <param name="Drain">Voltage to which the drain is ramped [V]; null leaves it as it is.</param>
internal readonly record struct DriveSegment(DriveMode Mode, double Start, double End, double Duration, double? Drain)
{
    /// <summary>Rate of change of voltage or current.</summary>
    public double Slope => (End - Start) / Duration;

    /// <summary>The part between two times since its start [s].</summary>
    /// <param name="from">Start of the part.</param>
    /// <param name="to">End of the part.</param>
    /// <param name="drain">Voltage of the drain at the start of the part [V].</param>
    public DriveSegment Between(double from, double to, double drain) => from == 0 && to == Duration
        ? this
        : new(Mode, Start + Slope * from, Start + Slope * to, to - from,
            Drain is { } end ? drain + (end - drain) * (to - from) / (Duration - from) : null);

    /// <summary>Drive of the gate.</summary>
    public LinearDrive<Scalar> Gate => new() { Mode = Mode, Start = new(Start), Slope = new(Slope) };

    /// <summary>Drive of the drain from its present voltage.</summary>
    public LinearDrive<Scalar> DrainFrom(double voltage) => new()
    {
        Mode = DriveMode.Voltage,
        Start = new(voltage),
        Slope = new(((Drain ?? voltage) - voltage) / Duration),
    };
}
