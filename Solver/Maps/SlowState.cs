namespace FvSolver.Solver.Maps;

/// <summary>All that a device remembers between two pulses when it has settled.</summary>
/// <param name="U">Content, see <see cref="SlowContent"/>.</param>
/// <param name="Given">Hydrogen that the gate has given.</param>
public readonly record struct SlowState(double U, double Given)
{
    /// <summary>A device at rest.</summary>
    public static SlowState Rest => new(0, 0);
}
