using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace FvSolver.Cases.Fits;

/// <summary>Straight-line least squares that give laws their start values.</summary>
internal static class LogLinear
{
    /// <summary>Coefficients b of y = sum_k b_k column_k in the least-squares sense; zeros where
    /// the columns do not determine them.</summary>
    public static double[] Solve(IReadOnlyList<double[]> columns, double[] y)
    {
        // Of size one, so that squares stay finite: the decomposition does not end on numbers that are not.
        double[] size = [.. columns.Select(c => c.Max(Math.Abs) is > 0 and < double.PositiveInfinity and var s ? s : 1)];
        Matrix<double> a = Matrix<double>.Build.DenseOfColumns(columns.Select((c, k) => c.Select(x => x / size[k])));
        if (a.Enumerate().Any(x => !double.IsFinite(x)) || y.Any(x => !double.IsFinite(x)))
            return new double[columns.Count];
        try
        {
            return [.. (a.PseudoInverse() * Vector<double>.Build.Dense(y)).Select((b, k) => b / size[k])];
        }
        // The decomposition gives up now and then on columns that are nearly the same.
        catch (NonConvergenceException)
        {
            return new double[columns.Count];
        }
    }

    /// <summary>A column of ones.</summary>
    public static double[] Ones(int count)
    {
        var ones = new double[count];
        Array.Fill(ones, 1);
        return ones;
    }
}
