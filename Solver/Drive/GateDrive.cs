using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Drive;

/// <summary>What is connected to the gate.</summary>
public enum DriveMode
{
    /// <summary>Nothing: the gate floats.</summary>
    Open,

    /// <summary>An ideal voltage source: V_G is data.</summary>
    Voltage,

    /// <summary>A voltage source behind the series resistance.</summary>
    Resistor,

    /// <summary>A current source.</summary>
    Current,
}

/// <summary>Drive of one segment: a mode and a linear waveform in the time since the segment's start.</summary>
public struct GateDrive<P>
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
