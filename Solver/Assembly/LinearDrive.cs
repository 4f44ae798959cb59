using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Assembly;

/// <summary>Drive of one segment: a mode and a linear waveform in the time since the segment's start.</summary>
public struct LinearDrive<P>
    where P : struct, IParameter<P>
{
    /// <summary>Mode.</summary>
    public DriveMode Mode;

    /// <summary>Voltage [V] or current [A] at the start of the segment.</summary>
    public P Start;

    /// <summary>Its rate of change [V/s or A/s].</summary>
    public P Slope;

    /// <summary>Value at a time since the segment's start [s].</summary>
    public readonly P At(double time) => Start + Slope * time;
}
