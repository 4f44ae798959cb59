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
