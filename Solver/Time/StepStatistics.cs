namespace FvSolver.Solver.Time;

/// <summary>Counts of what the integrator did.</summary>
public struct StepStatistics
{
    /// <summary>Accepted steps.</summary>
    public long Steps;

    /// <summary>Rejected steps.</summary>
    public long Rejections;

    /// <summary>Jacobians.</summary>
    public long Jacobians;

    /// <summary>Factorisations.</summary>
    public long Factorisations;

    /// <summary>Evaluations of F.</summary>
    public long Residuals;
}
