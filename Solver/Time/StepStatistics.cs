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

    /// <summary>Adds what was done between two counts of an integrator.</summary>
    public void AddDifference(in StepStatistics after, in StepStatistics before)
    {
        Steps += after.Steps - before.Steps;
        Rejections += after.Rejections - before.Rejections;
        Jacobians += after.Jacobians - before.Jacobians;
        Factorisations += after.Factorisations - before.Factorisations;
        Residuals += after.Residuals - before.Residuals;
    }
}
