using FvSolver.Solver.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra;
using Complex = System.Numerics.Complex;

namespace FvSolver.Cases.Electrochemistry;

/// <summary>Solves complex systems with the sparsity pattern of a device, level by level.</summary>
/// <remarks>
/// Block-tridiagonal elimination (Golub and Van Loan, Matrix Computations, 4.5) with pivoting inside the blocks: at high
/// frequency the diagonal is nearly imaginary and at low frequency it may vanish, so that elimination without pivots does
/// not serve. Columns are scaled by the natural size of the unknowns and rows by their largest entry. A pattern with border
/// unknowns is one block.
/// </remarks>
internal sealed class LevelSolver
{
    private readonly SparsityPattern _pattern;
    private readonly int[] _level, _position, _size;

    public LevelSolver(SparsityPattern pattern)
    {
        _pattern = pattern;
        int[] distinct = [.. pattern.Level.Distinct().Order()];
        bool hasBorder = distinct[0] < 0;
        _level = [.. pattern.Level.Select(l => hasBorder ? 0 : Array.BinarySearch(distinct, l))];
        _size = new int[hasBorder ? 1 : distinct.Length];
        _position = [.. _level.Select(l => _size[l]++)];
    }

    /// <summary>Solves A x = b.</summary>
    /// <param name="values">Entries of A in the order of the pattern.</param>
    /// <param name="rhs">b, by unknown.</param>
    public Complex[] Solve(Complex[] values, Complex[] rhs)
    {
        double[] row = new double[_pattern.Size];
        for (int e = 0; e < values.Length; e++)
            row[_pattern.Rows[e]] = Math.Max(row[_pattern.Rows[e]], values[e].Magnitude * _pattern.Scale[_pattern.Columns[e]]);
        int levels = _size.Length;
        Matrix<Complex> Zero(int l, int m) => Matrix<Complex>.Build.Dense(_size[l], _size[m]);
        Matrix<Complex>[] diagonal = [.. Enumerable.Range(0, levels).Select(l => Zero(l, l))];
        // Entry l of lower couples level l to l - 1, entry l of upper to l + 1; the outermost are not used.
        Matrix<Complex>[] lower = [.. Enumerable.Range(0, levels).Select(l => Zero(l, Math.Max(0, l - 1)))];
        Matrix<Complex>[] upper = [.. Enumerable.Range(0, levels).Select(l => Zero(l, Math.Min(levels - 1, l + 1)))];
        for (int e = 0; e < values.Length; e++)
        {
            int i = _pattern.Rows[e], j = _pattern.Columns[e];
            Matrix<Complex>[] blocks = (_level[j] - _level[i]) switch { 0 => diagonal, -1 => lower, _ => upper };
            blocks[_level[i]][_position[i], _position[j]] = values[e] * (_pattern.Scale[j] / row[i]);
        }
        Vector<Complex>[] x = [.. _size.Select(n => Vector<Complex>.Build.Dense(n))];
        for (int i = 0; i < rhs.Length; i++)
            x[_level[i]][_position[i]] = rhs[i] / row[i];
        for (int l = 0; l < levels; l++)
        {
            if (l > 0)
            {
                diagonal[l] -= lower[l] * upper[l - 1];
                x[l] -= lower[l] * x[l - 1];
            }
            var factor = diagonal[l].LU();
            x[l] = factor.Solve(x[l]);
            if (l < levels - 1)
                upper[l] = factor.Solve(upper[l]);
        }
        for (int l = levels - 2; l >= 0; l--)
            x[l] -= upper[l] * x[l + 1];
        return [.. Enumerable.Range(0, rhs.Length).Select(i => x[_level[i]][_position[i]] * _pattern.Scale[i])];
    }
}
