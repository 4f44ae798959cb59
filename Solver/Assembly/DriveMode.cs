namespace FvSolver.Solver.Assembly;

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
