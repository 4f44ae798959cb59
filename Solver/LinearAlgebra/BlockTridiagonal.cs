using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.LinearAlgebra;

/// <summary>LU factorisation of a block-tridiagonal matrix with small blocks, one a level of the pattern.</summary>
/// <remarks>
/// Twisted elimination: from both ends toward a middle level, so that two recurrences run side by side and hide each
/// other's latency (Golub and Van Loan, Matrix Computations, 4.5, from either end). With the blocks D_l, O_l toward
/// the outer and I_l toward the inner neighbour: D'_l = D_l + O_l X_o with X_l = -D'_l^-1 I_l; then
/// y_l = D'_l^-1 b_l + (-D'_l^-1 O_l) y_o inward and x_l = y_l + X_l x_i outward. The inverse of each small block is
/// formed, and products are stored with the sign with which they are added.
/// Runs of equal blocks are unrolled (<see cref="BlockRuns{P}"/>); levels of other sizes go through loops, in plain numbers over
/// columns in vectors (<see cref="WideBlocks"/>).
/// No pivoting between or within blocks: the matrices of this project, a mass matrix minus the Jacobian of fluxes and
/// reactions, have dominant diagonal blocks; a pivot that vanishes is reported. Works for lanes as for numbers.
/// </remarks>
public sealed partial class BlockTridiagonal<P> : ILinearSolver<P>
    where P : struct, IParameter<P>
{
    private readonly int _levels, _middle;
    private readonly Stretch[] _stretches;
    private readonly int[] _size, _first, _order, _lower, _diagonal, _upper, _inverse, _outer, _inner;
    private readonly int[] _level, _position;
    private readonly P[] _values, _factor;
    private readonly int _valueCount;

    // The right-hand side of one level.
    private readonly P[] _rhs;

    // Of wide levels: where their columns begin (D'^-1, then -D'^-1 times the blocks to the outer and the inner neighbour), else -1.
    private readonly int[] _wide;
    private readonly double[] _columns, _rows;

    /// <summary>Analyses a pattern.</summary>
    /// <exception cref="ArgumentException">An entry joins levels that are not adjacent.</exception>
    public BlockTridiagonal(SparsityPattern pattern)
    {
        Size = pattern.Size;
        int[] distinct = [.. pattern.Level.Distinct().Order()];
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
        _middle = Middle();
        _stretches = Stretches();

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
        _valueCount = values;
        // Rows are read in vectors, which reach beyond the end of a block.
        _values = AlignedArray.Create<P>(values + WideBlocks.Width);
        _factor = AlignedArray.Create<P>(factor + WideBlocks.Width);
        int columns = 0;
        _wide = new int[_levels];
        for (int l = 0; l < _levels; l++)
        {
            bool isWide = P.LaneCount == 1 && _size[l + 1] is > 1 and <= WideBlocks.Width;
            _wide[l] = isWide ? columns : -1;
            columns += isWide ? (_size[l] + _size[l + 1] + _size[l + 2]) * WideBlocks.Width : 0;
        }
        _columns = AlignedArray.Create<double>(columns);
        _rows = AlignedArray.Create<double>(WideBlocks.Width * WideBlocks.Width);
        _rhs = AlignedArray.Create<P>(_size.Max());
        for (int i = 0; i < pattern.Rows.Length; i++)
            Slot(pattern.Rows[i], pattern.Columns[i]);
    }

    /// <inheritdoc/>
    public string Name => "managed block-tridiagonal LU";

    /// <inheritdoc/>
    public int Size { get; }

    /// <inheritdoc/>
    public Span<P> Values => _values.AsSpan(0, _valueCount);

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
    [MethodImpl(Compilation.HotLoop)]
    public int Factorise()
    {
        int singular = -1;
        for (int i = 0; i < _stretches.Length && singular < 0; i++)
        {
            Stretch s = _stretches[i];
            int place = s.IsPair
                ? s.BlockSize == 2
                    ? BlockRuns<P>.EliminatePair2(
                        ref Entries(s.Start), ref Factor(s.Start), ref Inner(s.Start - 1),
                        ref Entries(s.Other), ref Factor(s.Other), ref Inner(s.Other + 1), s.Count)
                    : BlockRuns<P>.EliminatePair3(
                        ref Entries(s.Start), ref Factor(s.Start), ref Inner(s.Start - 1),
                        ref Entries(s.Other), ref Factor(s.Other), ref Inner(s.Other + 1), s.Count)
                : s.BlockSize switch
                {
                    1 => BlockRuns<P>.Eliminate1(ref Entries(s.Start), ref Factor(s.Start), ref Inner(s.Start - s.Direction), s.Direction, s.Count),
                    2 => BlockRuns<P>.Eliminate2(ref Entries(s.Start), ref Factor(s.Start), ref Inner(s.Start - s.Direction), s.Direction, s.Count),
                    3 => BlockRuns<P>.Eliminate3(ref Entries(s.Start), ref Factor(s.Start), ref Inner(s.Start - s.Direction), s.Direction, s.Count),
                    _ => -1,
                };
            if (place >= 0)
                singular = _order[_first[s.Start + place * s.Direction]];
            else if (s.BlockSize == 0)
                singular = Eliminate(s.Start, s.Direction);
        }
        return singular >= 0 ? singular : EliminateMiddle();
    }

    /// <inheritdoc/>
    [MethodImpl(Compilation.HotLoop)]
    public void Solve(Span<P> rhs)
    {
        ref P b = ref MemoryMarshal.GetReference(rhs);
        foreach (ref readonly Stretch s in _stretches.AsSpan())
        {
            int l = s.Start, u = _first[l];
            int v = s.IsPair ? _first[s.Other] : 0;
            if (s.IsPair && s.BlockSize == 2)
                BlockRuns<P>.InwardPair2(
                    ref Factor(l), ref Of(ref b, u), ref Of(ref b, u + 1), ref Factor(s.Other), ref Of(ref b, v), ref Of(ref b, v + 1), s.Count);
            else if (s.IsPair)
                BlockRuns<P>.InwardPair3(
                    ref Factor(l), ref Of(ref b, u), ref Of(ref b, u + 1), ref Of(ref b, u + 2),
                    ref Factor(s.Other), ref Of(ref b, v), ref Of(ref b, v + 1), ref Of(ref b, v + 2), s.Count);
            else if (s.BlockSize == 1)
                BlockRuns<P>.Inward1(ref Factor(l), ref Of(ref b, u), s.Direction, s.Count);
            else if (s.BlockSize == 2)
                BlockRuns<P>.Inward2(ref Factor(l), ref Of(ref b, u), ref Of(ref b, u + 1), s.Direction, s.Count);
            else if (s.BlockSize == 3)
                BlockRuns<P>.Inward3(ref Factor(l), ref Of(ref b, u), ref Of(ref b, u + 1), ref Of(ref b, u + 2), s.Direction, s.Count);
            else if (IsWide(l))
                InwardWide(ref b, l, l - s.Direction, -1);
            else
                Inward(ref b, l, l - s.Direction);
        }
        if (IsWide(_middle))
        {
            InwardWide(ref b, _middle, _middle - 1, _middle + 1);
        }
        else
        {
            Inward(ref b, _middle, _middle - 1);
            if (_middle + 1 < _levels)
                Add(ref b, _inner[_middle], _middle, _middle + 1);
        }
        for (int i = _stretches.Length - 1; i >= 0; i--)
        {
            Stretch s = _stretches[i];
            // Outward from the last level of the stretch, which follows on the level of x.
            int l = s.Start + (s.Count - 1) * s.Direction, u = _first[l], other = s.Other - (s.Count - 1), v = s.IsPair ? _first[other] : 0;
            int x = _first[l + s.Direction];
            if (s.IsPair && s.BlockSize == 2)
                BlockRuns<P>.OutwardPair2(
                    ref Factor(l), ref Of(ref b, u), ref Of(ref b, u + 1), ref Factor(other), ref Of(ref b, v), ref Of(ref b, v + 1),
                    ref Of(ref b, x), ref Of(ref b, x + 1), s.Count);
            else if (s.IsPair)
                BlockRuns<P>.OutwardPair3(
                    ref Factor(l), ref Of(ref b, u), ref Of(ref b, u + 1), ref Of(ref b, u + 2),
                    ref Factor(other), ref Of(ref b, v), ref Of(ref b, v + 1), ref Of(ref b, v + 2),
                    ref Of(ref b, x), ref Of(ref b, x + 1), ref Of(ref b, x + 2), s.Count);
            else if (s.BlockSize == 1)
                BlockRuns<P>.Outward1(ref Factor(l), ref Of(ref b, u), ref Of(ref b, x), -s.Direction, s.Count);
            else if (s.BlockSize == 2)
                BlockRuns<P>.Outward2(
                    ref Factor(l), ref Of(ref b, u), ref Of(ref b, u + 1), ref Of(ref b, x), ref Of(ref b, x + 1), -s.Direction, s.Count);
            else if (s.BlockSize == 3)
                BlockRuns<P>.Outward3(
                    ref Factor(l), ref Of(ref b, u), ref Of(ref b, u + 1), ref Of(ref b, u + 2),
                    ref Of(ref b, x), ref Of(ref b, x + 1), ref Of(ref b, x + 2), -s.Direction, s.Count);
            else if (IsWide(l))
                OutwardWide(ref b, l, l + s.Direction, l - s.Direction);
            else
                Add(ref b, _inner[l], l, l + s.Direction);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    /// <summary>The size of the blocks when a level can be part of a run with the one before it in a direction, else 0.</summary>
    private int RunSize(int l, int direction)
    {
        int m = _size[l + 1], before = l - direction;
        if (m is 0 or > 3 || _size[l] != m || _size[l + 2] != m)
            return 0;
        for (int i = 0; i < m; i++)
            if (_order[_first[l] + i] != _order[_first[before] + i] + direction)
                return 0;
        return m;
    }

    /// <summary>The middle of the longest run of 2 x 2 or 3 x 3 blocks, or of all levels.</summary>
    private int Middle()
    {
        int best = 0, middle = _levels / 2, start = 1;
        while (start < _levels - 1)
        {
            int end = start, m = RunSize(start, 1);
            while (m > 1 && end < _levels - 1 && RunSize(end, 1) == m)
                end++;
            if (end - start > best)
                (best, middle) = (end - start, (start + end) / 2);
            start = Math.Max(end, start + 1);
        }
        return middle;
    }

    /// <summary>From both ends toward the middle; where runs of equal blocks meet there, they go side by side.</summary>
    private Stretch[] Stretches()
    {
        List<Stretch> up = Side(0, 1), down = Side(_levels - 1, -1);
        if (up.Count == 0 || down.Count == 0 || up[^1].BlockSize < 2 || down[^1].BlockSize != up[^1].BlockSize)
            return Alternating(up, down);
        Stretch a = up[^1], b = down[^1];
        int pairs = Math.Min(a.Count, b.Count);
        IEnumerable<Stretch> Head(List<Stretch> side) =>
            side[..^1].Concat(side[^1].Count > pairs ? [side[^1] with { Count = side[^1].Count - pairs }] : []);
        return [.. Alternating([.. Head(up)], [.. Head(down)]), new(a.BlockSize, _middle - pairs, 1, pairs, _middle + pairs)];

        // Neither side waits for the other: in turn, the latency of one is hidden behind the other's.
        static Stretch[] Alternating(List<Stretch> up, List<Stretch> down) =>
            [.. Enumerable.Range(0, Math.Max(up.Count, down.Count)).SelectMany(i => up.Skip(i).Take(1).Concat(down.Skip(i).Take(1)))];

        List<Stretch> Side(int start, int direction)
        {
            var side = new List<Stretch>();
            for (int l = start; l != _middle; l += direction)
            {
                int m = RunSize(l, direction);
                if (m > 0 && side.Count > 0 && side[^1].BlockSize == m)
                    side[^1] = side[^1] with { Count = side[^1].Count + 1 };
                else
                    side.Add(new(m, l, direction, 1, -1));
            }
            return side;
        }
    }

    /// <summary>Eliminates the outer neighbour, if there is one, from a level.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private int Eliminate(int l, int direction)
    {
        if (IsWide(l))
            return EliminateWide(l, l - direction, l + direction);
        int neighbour = l - direction;
        (int[] toOuter, int[] toInner) = direction > 0 ? (_lower, _upper) : (_upper, _lower);
        int m = _size[l + 1], outer = neighbour >= 0 && neighbour < _levels ? _size[neighbour + 1] : 0;
        int inner = _size[l] + _size[l + 2] - outer;
        ref P inverse = ref At(_factor, _inverse[l]);
        ref P diagonal = ref At(_values, _diagonal[l]);
        for (int i = 0; i < m * m; i++)
            Unsafe.Add(ref inverse, i) = Unsafe.Add(ref diagonal, i);
        if (outer > 0)
            SmallBlocks<P>.AddProduct(ref inverse, ref At(_values, toOuter[l]), ref At(_factor, _inner[neighbour]), m, outer, m);
        int singular = SmallBlocks<P>.Invert(ref inverse, m);
        if (singular >= 0)
            return _order[_first[l] + singular];
        if (outer > 0)
            SmallBlocks<P>.NegatedProduct(ref At(_factor, _outer[l]), ref inverse, ref At(_values, toOuter[l]), m, m, outer);
        if (inner > 0)
            SmallBlocks<P>.NegatedProduct(ref At(_factor, _inner[l]), ref inverse, ref At(_values, toInner[l]), m, m, inner);
        return -1;
    }

    [MethodImpl(Compilation.HotLoop)]
    private int EliminateMiddle()
    {
        int l = _middle, m = _size[l + 1], before = _size[l], after = _size[l + 2];
        if (IsWide(l))
            return EliminateWide(l, l - 1, l + 1);
        ref P inverse = ref At(_factor, _inverse[l]);
        ref P diagonal = ref At(_values, _diagonal[l]);
        for (int i = 0; i < m * m; i++)
            Unsafe.Add(ref inverse, i) = Unsafe.Add(ref diagonal, i);
        if (before > 0)
            SmallBlocks<P>.AddProduct(ref inverse, ref At(_values, _lower[l]), ref At(_factor, _inner[l - 1]), m, before, m);
        if (after > 0)
            SmallBlocks<P>.AddProduct(ref inverse, ref At(_values, _upper[l]), ref At(_factor, _inner[l + 1]), m, after, m);
        int singular = SmallBlocks<P>.Invert(ref inverse, m);
        if (singular >= 0)
            return _order[_first[l] + singular];
        if (before > 0)
            SmallBlocks<P>.NegatedProduct(ref At(_factor, _outer[l]), ref inverse, ref At(_values, _lower[l]), m, m, before);
        if (after > 0)
            SmallBlocks<P>.NegatedProduct(ref At(_factor, _inner[l]), ref inverse, ref At(_values, _upper[l]), m, m, after);
        return -1;
    }

    /// <summary>y_l = D'^-1 b_l + (-D'^-1 O_l) y_o, in the place of b.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private void Inward(ref P b, int l, int neighbour)
    {
        int m = _size[l + 1], start = _first[l];
        ref P inverse = ref At(_factor, _inverse[l]);
        if (m == 1)
        {
            Of(ref b, start) *= inverse;
        }
        else if (m == 2)
        {
            ref P first = ref Of(ref b, start), second = ref Of(ref b, start + 1);
            P sum = P.MultiplyAdd(inverse, first, Unsafe.Add(ref inverse, 1) * second);
            second = P.MultiplyAdd(Unsafe.Add(ref inverse, 2), first, Unsafe.Add(ref inverse, 3) * second);
            first = sum;
        }
        else
        {
            for (int i = 0; i < m; i++)
                At(_rhs, i) = Of(ref b, start + i);
            for (int i = 0; i < m; i++)
            {
                P sum = default;
                for (int j = 0; j < m; j++)
                    sum = P.MultiplyAdd(Unsafe.Add(ref inverse, i * m + j), At(_rhs, j), sum);
                Of(ref b, start + i) = sum;
            }
        }
        if (neighbour >= 0 && neighbour < _levels)
            Add(ref b, _outer[l], l, neighbour);
    }

    /// <summary>y_l += B y_k for neighbouring levels.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private void Add(ref P y, int block, int target, int source)
    {
        int rows = _size[target + 1], columns = _size[source + 1], row = _first[target], column = _first[source];
        ref P b = ref At(_factor, block);
        if (rows == 2)
        {
            ref P first = ref Of(ref y, row), second = ref Of(ref y, row + 1);
            P sum = first, other = second;
            for (int j = 0; j < columns; j++)
            {
                P x = Of(ref y, column + j);
                sum = P.MultiplyAdd(Unsafe.Add(ref b, j), x, sum);
                other = P.MultiplyAdd(Unsafe.Add(ref b, columns + j), x, other);
            }
            first = sum;
            second = other;
            return;
        }
        for (int i = 0; i < rows; i++)
        {
            P sum = Of(ref y, row + i);
            for (int j = 0; j < columns; j++)
                sum = P.MultiplyAdd(Unsafe.Add(ref b, i * columns + j), Of(ref y, column + j), sum);
            Of(ref y, row + i) = sum;
        }
    }

    private ref P Entries(int l) => ref At(_values, _lower[l]);

    private ref P Factor(int l) => ref At(_factor, _inverse[l]);

    private ref P Inner(int l) => ref At(_factor, _inner[l]);

    /// <summary>The entry of a right-hand side at a place in the order of the levels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref P Of(ref P rhs, int place) => ref Unsafe.Add(ref rhs, At(_order, place));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref T At<T>(T[] array, int index) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(array), index);

    /// <summary>Levels that one sweep takes: a run of equal blocks, or one level of any size (block size 0).</summary>
    /// <param name="BlockSize">1 to 3, or 0.</param>
    /// <param name="Start">First level.</param>
    /// <param name="Direction">+1 upward, -1 downward.</param>
    /// <param name="Count">Number of levels.</param>
    /// <param name="Other">First level of a run downward that is taken side by side, or -1.</param>
    private readonly record struct Stretch(int BlockSize, int Start, int Direction, int Count, int Other)
    {
        public bool IsPair => Other >= 0;
    }
}
