using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.LinearAlgebra;

/// <summary>LU factorisation of a block-tridiagonal matrix with small blocks, one a level of the pattern.</summary>
/// <remarks>
/// With blocks L_i, D_i, U_i of row i: D'_i = D_i - L_i E_(i-1), E_i = D'_i^-1 U_i, G_i = D'_i^-1 L_i
/// (Golub and Van Loan, Matrix Computations, 4.5). The inverse of each small block is formed, so that a solve is two
/// recurrences of one product a level: y_i = D'_i^-1 b_i - G_i y_(i-1), x_i = y_i - E_i x_(i+1).
/// No pivoting between or within blocks: the matrices of this project, a mass matrix minus the Jacobian of fluxes and
/// reactions, have dominant diagonal blocks; a pivot that vanishes is reported. Works for lanes as for numbers.
/// </remarks>
public sealed class BlockTridiagonal<P> : ILinearSolver<P>
    where P : struct, IParameter<P>
{
    private readonly int _levels;
    private readonly int[] _size, _first, _order, _lower, _diagonal, _upper, _inverse, _g, _e;
    private readonly int[] _level, _position;
    private readonly P[] _values, _factor, _y;

    /// <summary>Analyses a pattern without border unknowns.</summary>
    /// <exception cref="ArgumentException">An entry joins levels that are not adjacent.</exception>
    public BlockTridiagonal(SparsityPattern pattern)
    {
        Size = pattern.Size;
        int[] distinct = [.. pattern.Level.Distinct().Order()];
        if (distinct.Length > 0 && distinct[0] < 0)
            throw new ArgumentException("Border unknowns are not supported by the small-block solver.");
        _levels = distinct.Length;
        _level = [.. pattern.Level.Select(l => Array.BinarySearch(distinct, l))];
        _size = new int[_levels + 2];
        _position = new int[Size];
        for (int u = 0; u < Size; u++)
            _position[u] = _size[_level[u] + 1]++;
        _first = new int[_levels + 1];
        for (int l = 0; l < _levels; l++)
            _first[l + 1] = _first[l] + _size[l + 1];
        _order = new int[Size];
        for (int u = 0; u < Size; u++)
            _order[_first[_level[u]] + _position[u]] = u;

        // Sizes are shifted by one so that the neighbours of the first and last level have size 0.
        _lower = new int[_levels];
        _diagonal = new int[_levels];
        _upper = new int[_levels];
        _inverse = new int[_levels];
        _g = new int[_levels];
        _e = new int[_levels];
        int values = 0, factor = 0;
        for (int l = 0; l < _levels; l++)
        {
            int m = _size[l + 1], before = _size[l], after = _size[l + 2];
            (_lower[l], _diagonal[l], _upper[l]) = (values, values + m * before, values + m * (before + m));
            values += m * (before + m + after);
            (_inverse[l], _g[l], _e[l]) = (factor, factor + m * m, factor + m * (m + before));
            factor += m * (before + m + after);
        }
        _values = new P[values];
        _factor = new P[factor];
        _y = new P[Size];
        for (int i = 0; i < pattern.Rows.Length; i++)
            Slot(pattern.Rows[i], pattern.Columns[i]);
    }

    /// <inheritdoc/>
    public string Name => "managed block-tridiagonal LU";

    /// <inheritdoc/>
    public int Size { get; }

    /// <inheritdoc/>
    public Span<P> Values => _values;

    /// <inheritdoc/>
    public int Slot(int row, int column)
    {
        int l = _level[row], k = _level[column], i = _position[row], j = _position[column];
        return (k - l) switch
        {
            -1 => _lower[l] + i * _size[l] + j,
            0 => _diagonal[l] + i * _size[l + 1] + j,
            1 => _upper[l] + i * _size[l + 2] + j,
            _ => throw new ArgumentException($"Entry ({row}, {column}) joins levels {l} and {k}, which are not adjacent."),
        };
    }

    /// <inheritdoc/>
    public int Factorise()
    {
        for (int l = 0; l < _levels; l++)
        {
            int m = _size[l + 1], before = _size[l], after = _size[l + 2];
            ref P lower = ref At(_values, _lower[l]);
            ref P inverse = ref At(_factor, _inverse[l]);
            ref P g = ref At(_factor, _g[l]);
            ref P e = ref At(_factor, _e[l]);
            ref P upper = ref At(_values, _upper[l]);
            ref P diagonal = ref At(_values, _diagonal[l]);
            if (m == 2 && before == 2 && after == 2)
            {
                ref P previous = ref At(_factor, _e[l - 1]);
                P l00 = lower, l01 = Unsafe.Add(ref lower, 1), l10 = Unsafe.Add(ref lower, 2), l11 = Unsafe.Add(ref lower, 3);
                P p00 = previous, p01 = Unsafe.Add(ref previous, 1), p10 = Unsafe.Add(ref previous, 2), p11 = Unsafe.Add(ref previous, 3);
                P d00 = diagonal - (l00 * p00 + l01 * p10);
                P d01 = Unsafe.Add(ref diagonal, 1) - (l00 * p01 + l01 * p11);
                P d10 = Unsafe.Add(ref diagonal, 2) - (l10 * p00 + l11 * p10);
                P d11 = Unsafe.Add(ref diagonal, 3) - (l10 * p01 + l11 * p11);
                // Elimination, not the determinant: its products of rates and capacitances would lose the smaller one.
                P ratio = d10 / d00;
                P pivot = d11 - ratio * d01;
                if (!P.IsUsable(d00))
                    return _order[_first[l]];
                if (!P.IsUsable(pivot))
                    return _order[_first[l] + 1];
                P i11 = P.Reciprocal(pivot), i00 = P.Reciprocal(d00);
                P i10 = -(ratio * i11);
                P i01 = -(i00 * d01 * i11);
                i00 = i00 - i01 * ratio;
                inverse = i00;
                Unsafe.Add(ref inverse, 1) = i01;
                Unsafe.Add(ref inverse, 2) = i10;
                Unsafe.Add(ref inverse, 3) = i11;
                g = i00 * l00 + i01 * l10;
                Unsafe.Add(ref g, 1) = i00 * l01 + i01 * l11;
                Unsafe.Add(ref g, 2) = i10 * l00 + i11 * l10;
                Unsafe.Add(ref g, 3) = i10 * l01 + i11 * l11;
                P u00 = upper, u01 = Unsafe.Add(ref upper, 1), u10 = Unsafe.Add(ref upper, 2), u11 = Unsafe.Add(ref upper, 3);
                e = i00 * u00 + i01 * u10;
                Unsafe.Add(ref e, 1) = i00 * u01 + i01 * u11;
                Unsafe.Add(ref e, 2) = i10 * u00 + i11 * u10;
                Unsafe.Add(ref e, 3) = i10 * u01 + i11 * u11;
                continue;
            }
            for (int i = 0; i < m * m; i++)
                Unsafe.Add(ref inverse, i) = Unsafe.Add(ref diagonal, i);
            if (l > 0)
                SubtractProduct(ref inverse, ref lower, ref At(_factor, _e[l - 1]), m, before, m);
            int singular = Invert(ref inverse, m);
            if (singular >= 0)
                return _order[_first[l] + singular];
            Product(ref g, ref inverse, ref lower, m, m, before);
            Product(ref e, ref inverse, ref upper, m, m, after);
        }
        return -1;
    }

    /// <inheritdoc/>
    public void Solve(Span<P> rhs)
    {
        // The products with the inverses do not wait for each other; only the recurrences below do.
        for (int l = 0; l < _levels; l++)
        {
            int m = _size[l + 1], start = _first[l];
            ref P inverse = ref At(_factor, _inverse[l]);
            if (m == 2)
            {
                P b0 = rhs[_order[start]], b1 = rhs[_order[start + 1]];
                _y[start] = inverse * b0 + Unsafe.Add(ref inverse, 1) * b1;
                _y[start + 1] = Unsafe.Add(ref inverse, 2) * b0 + Unsafe.Add(ref inverse, 3) * b1;
                continue;
            }
            for (int i = 0; i < m; i++)
            {
                P sum = default;
                for (int j = 0; j < m; j++)
                    sum += Unsafe.Add(ref inverse, i * m + j) * rhs[_order[start + j]];
                _y[start + i] = sum;
            }
        }
        for (int l = 1; l < _levels; l++)
            Recur(ref At(_factor, _g[l]), _size[l + 1], _size[l], _first[l], _first[l - 1]);
        for (int l = _levels - 2; l >= 0; l--)
            Recur(ref At(_factor, _e[l]), _size[l + 1], _size[l + 2], _first[l], _first[l + 1]);
        for (int i = 0; i < Size; i++)
            rhs[_order[i]] = _y[i];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    /// <summary>y_i -= B y_j for neighbouring levels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Recur(ref P block, int rows, int columns, int target, int source)
    {
        ref P y = ref At(_y, target);
        ref P x = ref At(_y, source);
        if (rows == 2 && columns == 2)
        {
            P x0 = x, x1 = Unsafe.Add(ref x, 1);
            y = y - block * x0 - Unsafe.Add(ref block, 1) * x1;
            Unsafe.Add(ref y, 1) = Unsafe.Add(ref y, 1) - Unsafe.Add(ref block, 2) * x0 - Unsafe.Add(ref block, 3) * x1;
            return;
        }
        for (int i = 0; i < rows; i++)
        {
            P sum = Unsafe.Add(ref y, i);
            for (int j = 0; j < columns; j++)
                sum -= Unsafe.Add(ref block, i * columns + j) * Unsafe.Add(ref x, j);
            Unsafe.Add(ref y, i) = sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref P At(P[] array, int index) =>
        ref Unsafe.Add(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(array), index);

    /// <summary>In-place inverse by Gauss-Jordan elimination; returns the row of a vanishing pivot, or -1.</summary>
    private static int Invert(ref P a, int m)
    {
        for (int k = 0; k < m; k++)
        {
            P pivot = Unsafe.Add(ref a, k * m + k);
            if (!P.IsUsable(pivot))
                return k;
            P inverse = P.Reciprocal(pivot);
            Unsafe.Add(ref a, k * m + k) = P.From(1);
            for (int j = 0; j < m; j++)
                Unsafe.Add(ref a, k * m + j) *= inverse;
            for (int i = 0; i < m; i++)
            {
                if (i == k)
                    continue;
                P factor = Unsafe.Add(ref a, i * m + k);
                Unsafe.Add(ref a, i * m + k) = default;
                for (int j = 0; j < m; j++)
                    Unsafe.Add(ref a, i * m + j) -= factor * Unsafe.Add(ref a, k * m + j);
            }
        }
        return -1;
    }

    private static void Product(ref P c, ref P a, ref P b, int rows, int inner, int columns)
    {
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
            {
                P sum = default;
                for (int k = 0; k < inner; k++)
                    sum += Unsafe.Add(ref a, i * inner + k) * Unsafe.Add(ref b, k * columns + j);
                Unsafe.Add(ref c, i * columns + j) = sum;
            }
    }

    private static void SubtractProduct(ref P c, ref P a, ref P b, int rows, int inner, int columns)
    {
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
            {
                P sum = Unsafe.Add(ref c, i * columns + j);
                for (int k = 0; k < inner; k++)
                    sum -= Unsafe.Add(ref a, i * inner + k) * Unsafe.Add(ref b, k * columns + j);
                Unsafe.Add(ref c, i * columns + j) = sum;
            }
    }
}
