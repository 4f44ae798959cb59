namespace FvSolver.Solver.Time;

/// <summary>The integration cannot go on; says when, after how many steps, and which unknown is worst.</summary>
public sealed class NumericalException : Exception
{
    /// <summary>A failure at a time and step.</summary>
    /// <param name="reason">What happened.</param>
    /// <param name="time">Time since the start of the segment [s].</param>
    /// <param name="step">Accepted steps in the segment so far.</param>
    /// <param name="stepSize">Last step size [s].</param>
    /// <param name="unknown">Number of the worst unknown, or -1.</param>
    public NumericalException(string reason, double time, long step, double stepSize, int unknown)
        : base($"{reason} at {time:g6} s of the segment, step {step}, step size {stepSize:g3} s")
    {
        Time = time;
        Step = step;
        StepSize = stepSize;
        Unknown = unknown;
    }

    /// <summary>Time since the start of the segment [s].</summary>
    public double Time { get; }

    /// <summary>Accepted steps in the segment.</summary>
    public long Step { get; }

    /// <summary>Last step size [s].</summary>
    public double StepSize { get; }

    /// <summary>Number of the worst unknown, or -1.</summary>
    public int Unknown { get; }
}
