namespace FvSolver.Solver.Maps;

/// <summary>The four terms by which a mapped step may be off, each relative to the step.</summary>
/// <param name="Interpolation">What the polynomial leaves out: surpluses that its next terms would have.</param>
/// <param name="Tolerance">Time integration of the pulses that the map is built from.</param>
/// <param name="Reference">Time integration of the direct pulse that it stands for.</param>
/// <param name="Memory">What a state before a pulse remembers beyond its content.</param>
public readonly record struct MapErrors(double Interpolation, double Tolerance, double Reference, double Memory)
{
    /// <summary>Their sum.</summary>
    public double Total => Interpolation + Tolerance + Reference + Memory;
}
