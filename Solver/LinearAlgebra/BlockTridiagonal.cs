using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.LinearAlgebra;

/// <summary>LU factorisation of a block-tridiagonal matrix with small blocks, one a level of the pattern.</summary>
/// <remarks>
/// Twisted elimination: from both ends toward a middle level, so that two recurrences run side by side and hide each
/// other's latency (Golub and Van Loan, Matrix Computations, 4.5, from either end). With the blocks D_l, O_l toward
/// the outer and I_l toward the inner neighbour: D'_l = D_l - O_l X_o with X_l = D'_l^-1 I_l; then
/// y_l = D'_l^-1 b_l - (D'_l^-1 O_l) y_o inward and x_l = y_l - X_l x_i outward. The inverse of each small block is formed.
/// No pivoting between or within blocks: the matrices of this project, a mass matrix minus the Jacobian of fluxes and
/// reactions, have dominant diagonal blocks; a pivot that vanishes is reported. Works for lanes as for numbers.
/// </remarks>
public sealed class BlockTridiagonal<P> : ILinearSolver<P>
    where P : struct, IParameter<P>
{
    private readonly int _levels, _middle;

    // Levels [_runStart, _runEnd) have blocks of size 2, as have their neighbours.
    private readonly int _runStart, _runEnd;
    private readonly int[] _size, _first, _order, _lower, _diagonal, _upper, _inverse, _outer, _inner;
    private readonly int[] _level, _position;
    private readonly P[] _values, _factor, _y;

    /// <summary>Analyses a pattern without border unknowns.</summary>
    /// <exception cref="ArgumentException">An entry joins levels that are not adjacent, or there are border unknowns.</exception>
    public BlockTridiagonal(SparsityPattern pattern)
    {
        Size = pattern.Size;
        int[] distinct = [.. pattern.Level.Distinct().Order()];
        if (distinct.Length > 0 && distinct[0] < 0)
            throw new ArgumentException("Border unknowns are not supported by the small-block solver.");
        _levels = distinct.Length;
        _level = [.. pattern.Level.Select(l => Array.BinarySearch(distinct, l))];
        // Sizes are shifted by one so that the neighbours of the first and last level have size 0.
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
        (_runStart, _runEnd) = LongestRun();
        _middle = _runEnd > _runStart ? (_runStart + _runEnd) / 2 : _levels / 2;

        (_lower, _diagonal, _upper) = (new int[_levels], new int[_levels], new int[_levels]);
        (_inverse, _outer, _inner) = (new int[_levels], new int[_levels], new int[_levels]);
        int values = 0, factor = 0;
        for (int l = 0; l < _levels; l++)
        {
            int m = _size[l + 1], before = _size[l], after = _size[l + 2];
            (_lower[l], _diagonal[l], _upper[l]) = (values, values + m * before, values + m * (before + m));
            values += m * (before + m + after);
            int outer = l <= _middle ? before : after;
            // At the middle both neighbours are outer: "inner" is the one below.
            (_inverse[l], _outer[l], _inner[l]) = (factor, factor + m * m, factor + m * (m + outer));
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
        int singular = -1;
        int left = 0, right = _levels - 1;
        for (; left < Math.Min(_runStart, _middle) && singular < 0; left++)
            singular = Eliminate(left, left - 1, _lower, _upper);
        for (; right >= Math.Max(_runEnd, _middle + 1) && singular < 0; right--)
            singular = Eliminate(right, right + 1, _upper, _lower);
        // Two independent eliminations a turn.
        for (; left < _middle && right > _middle && singular < 0; left++, right--)
        {
            bool isUsable = SmallBlocks<P>.EliminatePair(
                ref At(_values, _lower[left]), ref At(_values, _diagonal[left]), ref At(_values, _upper[left]),
                ref At(_factor, _inner[left - 1]), ref At(_factor, _inverse[left]),
                ref At(_values, _upper[right]), ref At(_values, _diagonal[right]), ref At(_values, _lower[right]),
                ref At(_factor, _inner[right + 1]), ref At(_factor, _inverse[right]));
            if (!isUsable)
                singular = _order[_first[left]];
        }
        for (; left < _middle && singular < 0; left++)
            singular = Eliminate(left, left - 1, _lower, _upper);
        for (; right > _middle && singular < 0; right--)
            singular = Eliminate(right, right + 1, _upper, _lower);
        return singular >= 0 ? singular : EliminateMiddle();
    }

    /// <inheritdoc/>
    public void Solve(Span<P> rhs)
    {
        ref P b = ref MemoryMarshal.GetReference(rhs);
        ref int order = ref MemoryMarshal.GetArrayDataReference(_order);
        int left = 0, right = _levels - 1;
        for (; left < Math.Min(_runStart, _middle); left++)
            Inward(rhs, left, left - 1);
        for (; right >= Math.Max(_runEnd, _middle + 1); right--)
            Inward(rhs, right, right + 1);
        int pairs = Math.Min(_middle - left, right - _middle);
        if (pairs > 0)
        {
            ref P y = ref At(_y, _first[left]);
            ref P z = ref At(_y, _first[right]);
            ref P f = ref At(_factor, _inverse[left]);
            ref P h = ref At(_factor, _inverse[right]);
            ref int u = ref Unsafe.Add(ref order, _first[left]);
            ref int v = ref Unsafe.Add(ref order, _first[right]);
            P y0 = Unsafe.Add(ref y, -2), y1 = Unsafe.Add(ref y, -1), z0 = Unsafe.Add(ref z, 2), z1 = Unsafe.Add(ref z, 3);
            for (int k = 0; k < pairs; k++)
            {
                P b0 = Unsafe.Add(ref b, u), b1 = Unsafe.Add(ref b, Unsafe.Add(ref u, 1));
                P c0 = Unsafe.Add(ref b, v), c1 = Unsafe.Add(ref b, Unsafe.Add(ref v, 1));
                P p0 = P.MultiplyAdd(f, b0, Unsafe.Add(ref f, 1) * b1);
                P p1 = P.MultiplyAdd(Unsafe.Add(ref f, 2), b0, Unsafe.Add(ref f, 3) * b1);
                P q0 = P.MultiplyAdd(h, c0, Unsafe.Add(ref h, 1) * c1);
                P q1 = P.MultiplyAdd(Unsafe.Add(ref h, 2), c0, Unsafe.Add(ref h, 3) * c1);
                P n0 = P.MultiplyAdd(-Unsafe.Add(ref f, 5), y1, P.MultiplyAdd(-Unsafe.Add(ref f, 4), y0, p0));
                P n1 = P.MultiplyAdd(-Unsafe.Add(ref f, 7), y1, P.MultiplyAdd(-Unsafe.Add(ref f, 6), y0, p1));
                P m0 = P.MultiplyAdd(-Unsafe.Add(ref h, 5), z1, P.MultiplyAdd(-Unsafe.Add(ref h, 4), z0, q0));
                P m1 = P.MultiplyAdd(-Unsafe.Add(ref h, 7), z1, P.MultiplyAdd(-Unsafe.Add(ref h, 6), z0, q1));
                (y0, y1, z0, z1) = (n0, n1, m0, m1);
                y = y0;
                Unsafe.Add(ref y, 1) = y1;
                z = z0;
                Unsafe.Add(ref z, 1) = z1;
                y = ref Unsafe.Add(ref y, 2);
                z = ref Unsafe.Add(ref z, -2);
                f = ref Unsafe.Add(ref f, 12);
                h = ref Unsafe.Add(ref h, -12);
                u = ref Unsafe.Add(ref u, 2);
                v = ref Unsafe.Add(ref v, -2);
            }
            left += pairs;
            right -= pairs;
        }
        for (; left < _middle; left++)
            Inward(rhs, left, left - 1);
        for (; right > _middle; right--)
            Inward(rhs, right, right + 1);

        Inward(rhs, _middle, _middle - 1);
        if (_middle + 1 < _levels)
            Subtract(_inner[_middle], _middle, _middle + 1);

        left = _middle - 1;
        right = _middle + 1;
        pairs = Math.Min(left - _runStart + 1, _runEnd - right);
        if (pairs > 0)
        {
            ref P y = ref At(_y, _first[left]);
            ref P z = ref At(_y, _first[right]);
            ref P f = ref At(_factor, _inner[left]);
            ref P h = ref At(_factor, _inner[right]);
            P y0 = Unsafe.Add(ref y, 2), y1 = Unsafe.Add(ref y, 3);
            P z0 = Unsafe.Add(ref z, -2), z1 = Unsafe.Add(ref z, -1);
            for (int k = 0; k < pairs; k++)
            {
                P n0 = P.MultiplyAdd(-Unsafe.Add(ref f, 1), y1, P.MultiplyAdd(-f, y0, y));
                P n1 = P.MultiplyAdd(-Unsafe.Add(ref f, 3), y1, P.MultiplyAdd(-Unsafe.Add(ref f, 2), y0, Unsafe.Add(ref y, 1)));
                P m0 = P.MultiplyAdd(-Unsafe.Add(ref h, 1), z1, P.MultiplyAdd(-h, z0, z));
                P m1 = P.MultiplyAdd(-Unsafe.Add(ref h, 3), z1, P.MultiplyAdd(-Unsafe.Add(ref h, 2), z0, Unsafe.Add(ref z, 1)));
                (y0, y1, z0, z1) = (n0, n1, m0, m1);
                y = y0;
                Unsafe.Add(ref y, 1) = y1;
                z = z0;
                Unsafe.Add(ref z, 1) = z1;
                y = ref Unsafe.Add(ref y, -2);
                z = ref Unsafe.Add(ref z, 2);
                f = ref Unsafe.Add(ref f, -12);
                h = ref Unsafe.Add(ref h, 12);
            }
            left -= pairs;
            right += pairs;
        }
        for (; left >= 0; left--)
            Subtract(_inner[left], left, left + 1);
        for (; right < _levels; right++)
            Subtract(_inner[right], right, right - 1);
        for (int i = 0; i < Size; i++)
            Unsafe.Add(ref b, Unsafe.Add(ref order, i)) = _y[i];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    /// <summary>The longest run of levels that have size 2 and neighbours of size 2.</summary>
    private (int Start, int End) LongestRun()
    {
        int bestStart = 0, bestEnd = 0, start = -1;
        for (int l = 0; l <= _levels; l++)
        {
            bool isInRun = l < _levels && _size[l] == 2 && _size[l + 1] == 2 && _size[l + 2] == 2;
            if (isInRun && start < 0)
                start = l;
            if (!isInRun && start >= 0)
            {
                if (l - start > bestEnd - bestStart)
                    (bestStart, bestEnd) = (start, l);
                start = -1;
            }
        }
        return (bestStart, bestEnd);
    }

    /// <summary>Eliminates the outer neighbour (-1 or the number of levels: none) from a level.</summary>
    private int Eliminate(int l, int neighbour, int[] toOuter, int[] toInner)
    {
        int m = _size[l + 1], outer = neighbour >= 0 && neighbour < _levels ? _size[neighbour + 1] : 0;
        int inner = _size[l] + _size[l + 2] - outer;
        ref P inverse = ref At(_factor, _inverse[l]);
        ref P diagonal = ref At(_values, _diagonal[l]);
        for (int i = 0; i < m * m; i++)
            Unsafe.Add(ref inverse, i) = Unsafe.Add(ref diagonal, i);
        if (outer > 0)
            SmallBlocks<P>.SubtractProduct(ref inverse, ref At(_values, toOuter[l]), ref At(_factor, _inner[neighbour]), m, outer, m);
        int singular = SmallBlocks<P>.Invert(ref inverse, m);
        if (singular >= 0)
            return _order[_first[l] + singular];
        if (outer > 0)
            SmallBlocks<P>.Product(ref At(_factor, _outer[l]), ref inverse, ref At(_values, toOuter[l]), m, m, outer);
        if (inner > 0)
            SmallBlocks<P>.Product(ref At(_factor, _inner[l]), ref inverse, ref At(_values, toInner[l]), m, m, inner);
        return -1;
    }

    private int EliminateMiddle()
    {
        int l = _middle, m = _size[l + 1], before = _size[l], after = _size[l + 2];
        ref P inverse = ref At(_factor, _inverse[l]);
        ref P diagonal = ref At(_values, _diagonal[l]);
        for (int i = 0; i < m * m; i++)
            Unsafe.Add(ref inverse, i) = Unsafe.Add(ref diagonal, i);
        if (before > 0)
            SmallBlocks<P>.SubtractProduct(ref inverse, ref At(_values, _lower[l]), ref At(_factor, _inner[l - 1]), m, before, m);
        if (after > 0)
            SmallBlocks<P>.SubtractProduct(ref inverse, ref At(_values, _upper[l]), ref At(_factor, _inner[l + 1]), m, after, m);
        int singular = SmallBlocks<P>.Invert(ref inverse, m);
        if (singular >= 0)
            return _order[_first[l] + singular];
        if (before > 0)
            SmallBlocks<P>.Product(ref At(_factor, _outer[l]), ref inverse, ref At(_values, _lower[l]), m, m, before);
        if (after > 0)
            SmallBlocks<P>.Product(ref At(_factor, _inner[l]), ref inverse, ref At(_values, _upper[l]), m, m, after);
        return -1;
    }

    /// <summary>y_l = D'^-1 b_l - (D'^-1 O_l) y_o.</summary>
    private void Inward(Span<P> rhs, int l, int neighbour)
    {
        int m = _size[l + 1], start = _first[l];
        ref P inverse = ref At(_factor, _inverse[l]);
        ref P y = ref At(_y, start);
        if (m == 1)
        {
            y = inverse * rhs[_order[start]];
        }
        else
        {
            for (int i = 0; i < m; i++)
            {
                P sum = default;
                for (int j = 0; j < m; j++)
                    sum = P.MultiplyAdd(Unsafe.Add(ref inverse, i * m + j), rhs[_order[start + j]], sum);
                Unsafe.Add(ref y, i) = sum;
            }
        }
        if (neighbour >= 0 && neighbour < _levels)
            Subtract(_outer[l], l, neighbour);
    }

    /// <summary>y_l -= B y_k for neighbouring levels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Subtract(int block, int target, int source)
    {
        int rows = _size[target + 1], columns = _size[source + 1];
        ref P b = ref At(_factor, block);
        ref P y = ref At(_y, _first[target]);
        ref P x = ref At(_y, _first[source]);
        for (int i = 0; i < rows; i++)
        {
            P sum = Unsafe.Add(ref y, i);
            for (int j = 0; j < columns; j++)
                sum = P.MultiplyAdd(-Unsafe.Add(ref b, i * columns + j), Unsafe.Add(ref x, j), sum);
            Unsafe.Add(ref y, i) = sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref P At(P[] array, int index) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(array), index);
}
