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
/// Levels are taken in the order of a <see cref="PassPlan"/>. Runs of equal blocks go along in unrolled steps
/// (<see cref="IBlockSteps{P,TSelf}"/>); levels of other sizes go through loops, in plain numbers over columns in vectors
/// (<see cref="WideBlocks"/>). No pivoting between or within blocks: the matrices of this project, a mass matrix minus the Jacobian of
/// fluxes and reactions, have dominant diagonal blocks; a pivot that vanishes is reported. Works for lanes as for numbers.
/// </remarks>
public sealed partial class BlockTridiagonal<P> : ILinearSolver<P>
    where P : struct, IParameter<P>
{
    private readonly int _levels, _middle;
    private readonly Part[] _elimination, _inward, _outward;
    private readonly int[] _size, _first, _order, _lower, _diagonal, _upper, _inverse, _outer, _inner;
    private readonly int[] _level, _position;
    private readonly P[] _values, _factor;
    private readonly int _valueCount;

    // The right-hand side of one level.
    private readonly P[] _rhs;

    // Entries of a middle within a run, from which one neighbour is eliminated before it is taken as the last level of that run.
    private readonly P[] _middleEntries = [];
    private readonly Stretch<P>? _middleElimination;

    // Of each level, the size of its block if the pass inward takes it in a run, else 0.
    private readonly int[] _inwardRun;

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
        int[] sizes = _size[1..^1], all = [.. Enumerable.Range(0, _levels)], join = [.. all.Select(Join)];
        _middle = PassPlan.FindMiddle(sizes, join);

        (_lower, _diagonal, _upper) = (new int[_levels], new int[_levels], new int[_levels]);
        (_inverse, _outer, _inner) = (new int[_levels], new int[_levels], new int[_levels]);
        int values = 0, factor = 0;
        for (int l = 0; l < _levels; l++)
        {
            int m = _size[l + 1], before = _size[l], after = _size[l + 2];
            (_lower[l], _diagonal[l], _upper[l]) = (values, values + m * before, values + m * (before + m));
            values += m * (before + m + after);
        }
        // The factor lies in the order of the pass inward: X, which comes last, is at the same distance from that of the next level in a
        // run whatever the outer neighbour.
        foreach (int l in all[.._middle].Concat(all[(_middle + 1)..].Reverse()).Append(_middle))
        {
            int m = _size[l + 1], outer = SizeOf(Outer(l));
            // At the middle both neighbours are outer: "inner" is the one above.
            (_inverse[l], _outer[l], _inner[l]) = (factor, factor + m * m, factor + m * (m + outer));
            factor += m * (m + outer + SizeOf(Inner(l)));
        }
        _valueCount = values;
        // Rows are read in vectors, which reach beyond the end of a block.
        _values = AlignedArray.Create<P>(values + 2 * WideBlocks.Width);
        _factor = AlignedArray.Create<P>(factor + WideBlocks.Width);
        int columns = 0, stride = 0;
        _wide = new int[_levels];
        for (int l = 0; l < _levels; l++)
        {
            bool isWide = P.LaneCount == 1 && _size[l + 1] is > 1 and <= WideBlocks.Width;
            _wide[l] = isWide ? columns : -1;
            stride = Math.Max(stride, WideStride(_size[l] + _size[l + 2]));
            columns += isWide ? (_size[l] + _size[l + 1] + _size[l + 2]) * WideBlocks.Width : 0;
        }
        _columns = AlignedArray.Create<double>(columns);
        _rows = AlignedArray.Create<double>(WideBlocks.Width * (stride + 1));
        _rhs = AlignedArray.Create<P>(_size.Max());
        _inwardRun = [.. all.Select(l => l > _middle ? join[l] : l > 0 ? join[l - 1] : 0)];
        Part[] Plan(Pass pass) =>
            [.. new PassPlan(sizes, join, _middle, pass).Parts.Select(p => new Part(p.First, p.Second, MakeStretch(p, pass)))];
        (_elimination, _inward, _outward) = (Plan(Pass.Elimination), Plan(Pass.Inward), Plan(Pass.Outward));
        if (Math.Min(_inwardRun[_middle], join[_middle]) > 0)
        {
            // One step more inward from below and one outward from above.
            PassPlan.Run run = new(join[_middle], _middle, 1, 1);
            Stretch<P> Step(Pass pass) => Stretches<P>.Single(run.BlockSize, PlaceOf(run, pass), 1, 1);
            _inward = [.. _inward, new(run, default, Step(Pass.Inward))];
            _outward = [.. _outward, new(run, default, Step(Pass.Outward))];
            _middleEntries = AlignedArray.Create<P>(3 * run.BlockSize * run.BlockSize + WideBlocks.Width);
            _middleElimination = Stretches<P>.Single(run.BlockSize, PlaceOf(run, Pass.Elimination) with { Values = 0 }, 1, 1);
        }
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
        ref P values = ref At(_values, 0), factor = ref At(_factor, 0);
        foreach (ref readonly Part part in _elimination.AsSpan())
        {
            if (part.Stretch is null)
            {
                int singular = Eliminate(part.First.Start, part.First.Start - part.First.Direction,
                    part.First.Start + part.First.Direction);
                if (singular >= 0)
                    return singular;
            }
            else
            {
                int step = part.Stretch.Eliminate(ref values, ref factor);
                if (step >= 0)
                    return _order[_first[part.LevelAt(step)]];
            }
        }
        return EliminateMiddle();
    }

    /// <inheritdoc/>
    [MethodImpl(Compilation.HotLoop)]
    public void Solve(Span<P> rhs)
    {
        ref P b = ref MemoryMarshal.GetReference(rhs), factor = ref At(_factor, 0);
        foreach (ref readonly Part part in _inward.AsSpan())
        {
            int l = part.First.Start;
            if (part.Stretch is not null)
                part.Stretch.Inward(ref factor, ref b);
            else if (IsWide(l))
                InwardWide(ref b, l, l - part.First.Direction, -1);
            else
                Inward(ref b, l, l - part.First.Direction);
        }
        if (_middleElimination is null)
            SolveMiddle(ref b);
        for (int i = _outward.Length - 1; i >= 0; i--)
        {
            ref readonly Part part = ref At(_outward, i);
            int l = part.First.Start, direction = part.First.Direction;
            if (part.Stretch is not null)
                part.Stretch.Outward(ref factor, ref b);
            else if (IsWide(l))
                OutwardWide(ref b, l, l + direction, l - direction);
            else
                Add(ref b, _inner[l], l, l + direction);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    /// <summary>Number of unknowns of a level, 0 beyond the ends.</summary>
    private int SizeOf(int l) => l < -1 || l > _levels ? 0 : _size[l + 1];

    /// <summary>The neighbour away from the middle; of the middle itself the one below.</summary>
    private int Outer(int l) => l <= _middle ? l - 1 : l + 1;

    private int Inner(int l) => l <= _middle ? l + 1 : l - 1;

    /// <summary>The size of the block of a level from which a run can go on to the level above, else 0.</summary>
    /// <remarks>Both have the same size, and their unknowns are numbered in the order of the levels, which makes a row of each.</remarks>
    private int Join(int l)
    {
        int m = _size[l + 1];
        if (m > 3 || _size[l + 2] != m)
            return 0;
        for (int i = 0; i < m; i++)
            if (_order[_first[l + 1] + i] != _order[_first[l] + i] + 1)
                return 0;
        return m;
    }

    private Stretch<P>? MakeStretch(PassPlan.Part part, Pass pass)
    {
        (PassPlan.Run first, PassPlan.Run second) = part;
        if (first.BlockSize == 0)
            return null;
        RunPlace place = PlaceOf(first, pass);
        return second.Count == 0
            ? Stretches<P>.Single(first.BlockSize, place, first.Direction, first.Count)
            : Stretches<P>.Pair(first.BlockSize, place, second.BlockSize, PlaceOf(second, pass), Math.Min(first.Count, second.Count));
    }

    private RunPlace PlaceOf(PassPlan.Run run, Pass pass)
    {
        int l = run.Start, outer = l - run.Direction;
        ReadOnlySpan<int> unknowns = _order.AsSpan(_first[l], run.BlockSize);
        return new(_lower[l], pass == Pass.Outward ? _inner[l] : _inverse[l], SizeOf(outer) > 0 ? _inner[outer] : -1,
            unknowns[0], unknowns.Length > 1 ? unknowns[1] : -1, unknowns.Length > 2 ? unknowns[2] : -1);
    }

    /// <summary>Eliminates up to two outer neighbours from a level.</summary>
    /// <param name="l">Level.</param>
    /// <param name="outer">Outer neighbour, which may lie beyond the end.</param>
    /// <param name="other">Inner neighbour; at the middle the second outer one.</param>
    [MethodImpl(Compilation.HotLoop)]
    private int Eliminate(int l, int outer, int other)
    {
        if (IsWide(l))
            return EliminateWide(l, outer, other);
        int m = _size[l + 1], first = SizeOf(outer), second = SizeOf(other);
        ref P inverse = ref At(_factor, _inverse[l]);
        ref P diagonal = ref At(_values, _diagonal[l]);
        ref P toOuter = ref At(_values, outer < l ? _lower[l] : _upper[l]), toOther = ref At(_values, other < l ? _lower[l] : _upper[l]);
        for (int i = 0; i < m * m; i++)
            Unsafe.Add(ref inverse, i) = Unsafe.Add(ref diagonal, i);
        if (first > 0)
            SmallBlocks<P>.AddProduct(ref inverse, ref toOuter, ref At(_factor, _inner[outer]), m, first, m);
        if (second > 0 && l == _middle)
            SmallBlocks<P>.AddProduct(ref inverse, ref toOther, ref At(_factor, _inner[other]), m, second, m);
        int singular = SmallBlocks<P>.Invert(ref inverse, m);
        if (singular >= 0)
            return _order[_first[l] + singular];
        if (first > 0)
            SmallBlocks<P>.NegatedProduct(ref At(_factor, _outer[l]), ref inverse, ref toOuter, m, m, first);
        if (second > 0)
            SmallBlocks<P>.NegatedProduct(ref At(_factor, _inner[l]), ref inverse, ref toOther, m, m, second);
        return -1;
    }

    [MethodImpl(Compilation.HotLoop)]
    private int EliminateMiddle()
    {
        int l = _middle, m = _size[l + 1];
        if (_middleElimination is null)
            return Eliminate(l, l - 1, l + 1);
        _values.AsSpan(_lower[l], 3 * m * m).CopyTo(_middleEntries);
        SmallBlocks<P>.AddProduct(ref At(_middleEntries, m * m), ref At(_values, _upper[l]), ref At(_factor, _inner[l + 1]), m, m, m);
        return _middleElimination.Eliminate(ref At(_middleEntries, 0), ref At(_factor, 0)) < 0 ? -1 : _order[_first[l]];
    }

    /// <summary>The solution of a middle outside of runs, from both neighbours.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private void SolveMiddle(ref P b)
    {
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

    /// <summary>The entry of a right-hand side at a place in the order of the levels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref P Of(ref P rhs, int place) => ref Unsafe.Add(ref rhs, At(_order, place));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref T At<T>(T[] array, int index) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(array), index);

    /// <summary>A part of the plan; without a stretch, it is one level outside of runs.</summary>
    private readonly record struct Part(PassPlan.Run First, PassPlan.Run Second, Stretch<P>? Stretch)
    {
        /// <summary>The level at a step, counted on through both runs.</summary>
        public int LevelAt(int step) => step < First.Count ? First.Start + step * First.Direction
            : Second.Start + (step - First.Count) * Second.Direction;
    }
}
