namespace FvSolver.Solver.Maps;

/// <summary>The terms by which a mapped step may be off, each relative to the step.</summary>
/// <param name="Interpolation">What the polynomial leaves out: surpluses that its next terms would have.</param>
/// <param name="Tolerance">Time integration of the pulses that the map is built from.</param>
/// <param name="Reference">Time integration of the direct pulse that it stands for.</param>
/// <param name="Memory">What a state before a pulse remembers beyond its content.</param>
/// <param name="Reading">What the conductance that is read after it remembers, which the content is not concerned by.</param>
public readonly record struct MapErrors(double Interpolation, double Tolerance, double Reference, double Memory, double Reading)
{
    /// <summary>Their sum.</summary>
    public double Total => Interpolation + Tolerance + Reference + Memory + Reading;

    /// <summary>By how much the content may be off beyond what interpolation does.</summary>
    internal double Plain => Tolerance + Reference + Memory;
}
