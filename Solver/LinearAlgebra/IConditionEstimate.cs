namespace FvSolver.Solver.LinearAlgebra;

/// <summary>What a factorisation says about how close to singular its matrix is.</summary>
public interface IConditionEstimate
{
    /// <summary>
    /// Smallest over largest pivot of the last factorisation, after scaling of rows and columns: a cheap estimate of
    /// the reciprocal condition number, usually within some orders of magnitude of it; 0 for a singular matrix.
    /// </summary>
    double ReciprocalCondition { get; }

    /// <summary>Unknown with the smallest pivot of the last factorisation: the one to name in a report.</summary>
    int WeakestUnknown();
}
