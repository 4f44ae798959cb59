using MathNet.Numerics.LinearAlgebra;

namespace FvSolver.Cases.Fits;

/// <summary>Straight-line least squares that give laws their start values.</summary>
internal static class LogLinear
{
    /// <summary>Coefficients b of y = sum_k b_k column_k in the least-squares sense; zeros where the columns do not determine them.</summary>
    public static double[] Solve(IReadOnlyList<double[]> columns, double[] y)
    {
        Matrix<double> a = Matrix<double>.Build.DenseOfColumns(columns);
        return [.. a.PseudoInverse() * Vector<double>.Build.Dense(y)];
    }

    /// <summary>A column of ones.</summary>
    public static double[] Ones(int count)
    {
        var ones = new double[count];
        Array.Fill(ones, 1);
        return ones;
    }
}
