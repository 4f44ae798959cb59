using MathNet.Numerics.LinearAlgebra;

namespace FvSolver.Cases.Fits.Calibration;

/// <summary>What the targets say about the parameters beyond what was known before.</summary>
/// <remarks>
/// All in the scale on which a parameter is fitted (its logarithm or itself). Known before: the prior's standard deviation,
/// or that of a uniform spread between the bounds. The Fisher information of the targets is the inverse covariance less the
/// priors'; over what was known before, an eigenvalue above 1 is a combination of parameters that the targets narrow by
/// more than the square root of 2.
/// </remarks>
public sealed class Determination
{
    private readonly FitResult _fit;
    private readonly IReadOnlyList<CalibrationParameter> _parameters;

    /// <summary>Works it out.</summary>
    public Determination(IReadOnlyList<CalibrationParameter> parameters, FitResult fit)
    {
        (_parameters, _fit) = (parameters, fit);
        int[] free = [.. Enumerable.Range(0, parameters.Count)
            .Where(j => !fit.Parameters[j].Held && double.IsFinite(fit.Parameters[j].StandardError))];
        FreeParameters = free.Length;
        if (free.Length == 0)
            return;
        Matrix<double> covariance = Matrix<double>.Build.Dense(free.Length, free.Length, (a, b) =>
            fit.Covariance[free[a], free[b]] / (Slope(free[a]) * Slope(free[b])) / (Before(free[a]) * Before(free[b])));
        Matrix<double> information = covariance.Inverse()
            - Matrix<double>.Build.DenseDiagonal(free.Length, free.Length, k => parameters[free[k]].Prior is null ? 0 : 1);
        Combinations = ((information + information.Transpose()) / 2).Evd(Symmetricity.Symmetric).EigenValues.Count(e => e.Real > 1);
    }

    /// <summary>Number of parameters that were free and not hidden from every target.</summary>
    public int FreeParameters { get; }

    /// <summary>Number of combinations of them that the targets determine.</summary>
    public int Combinations { get; }

    /// <summary>Standard error over the standard deviation before, 1 when the targets say nothing; NaN when held.</summary>
    public double Narrowing(int j) => _fit.Parameters[j].Held ? double.NaN
        : Math.Min(1, _fit.Parameters[j].StandardError / Slope(j) / Before(j));

    /// <summary>The same in a word or two.</summary>
    public string Word(int j) => Narrowing(j) switch
    {
        double.NaN => "on a bound",
        < 0.3 => "determined",
        < 0.7 => "partly",
        _ => _parameters[j].Prior is null ? "free" : "free (prior)",
    };

    private double Slope(int j) => _parameters[j].LogScale ? _fit.Parameters[j].Value : 1;

    private double Before(int j)
    {
        CalibrationParameter p = _parameters[j];
        return p.Prior?.Sigma ?? (p.LogScale ? Math.Log(p.Upper / p.Lower) : p.Upper - p.Lower) / Math.Sqrt(12);
    }
}
