using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.LinearAlgebra;

/// <summary>Managed multifrontal LU of a matrix with a symmetric pattern, in an order by nested dissection.</summary>
/// <remarks>
/// <para>I. S. Duff, J. K. Reid, "The multifrontal solution of unsymmetric sets of linear equations", SIAM J. Sci. Stat. Comput. 5
/// (1984) 633. A group of unknowns is eliminated as a dense block, and what that adds to later ones goes up the tree. On a
/// grid of n unknowns a factorisation takes of the order of n^1.5 operations, a solution n log n.</para>
/// <para>Pivots are chosen within a group: each group by itself must be regular, as those of balances with a mass matrix are. A
/// pivot that vanishes is reported.</para>
/// <para>Columns are scaled by the size of their unknown, rows by their largest entry, both by powers of two.</para>
/// </remarks>
public sealed unsafe class MultifrontalSolver : ILinearSolver<double>, IConditionEstimate
{
    // Row j tells which numbers of column j of a block belong to L^-1, and which to U^-1.
    private static readonly long[] s_behindDiagonal = Mask((i, j) => i > j), s_upToDiagonal = Mask((i, j) => i <= j);

    // Factors larger than this [bytes] come from memory: they are fetched this many numbers ahead.
    private const long LargestCached = 4 << 20;
    private const int Ahead = 1024;

    private readonly CompressedColumns _matrix;
    private readonly FrontTree _tree;

    // Row exchanges by place in the elimination order, and where each entry of the compressed columns stands among the values.
    private readonly int[] _order, _slot;
    private readonly double[] _values, _columnScale, _rowScale, _vector;
    private readonly bool _areFar;
    private double* _lower, _upper, _rests, _front, _work;
    private bool _factorised;
    private int _weakest;

    /// <summary>Analyses a pattern.</summary>
    public MultifrontalSolver(SparsityPattern pattern)
    {
        _matrix = new CompressedColumns(pattern);
        _tree = new FrontTree(_matrix);
        _order = new int[Size];
        _values = new double[_tree.Entries.Length];
        _slot = new int[_values.Length];
        for (int k = 0; k < _slot.Length; k++)
            _slot[_tree.Entries[k].Source] = k;
        _columnScale = [.. _tree.Unknowns.Select(u => _matrix.Scale[u])];
        _rowScale = new double[Size];
        _vector = new double[Size];
        _lower = Allocate(_tree.LowerLength);
        _upper = Allocate(_tree.UpperLength);
        _areFar = FactorBytes > LargestCached;
        _front = Allocate(_tree.WorkLength);
        _rests = Allocate(_tree.RestLength);
        _work = Allocate((long)DenseLu.Panel * _tree.LargestFront);
    }

    /// <inheritdoc/>
    public string Name => "managed multifrontal LU";

    /// <inheritdoc/>
    public int Size => _matrix.Size;

    /// <inheritdoc/>
    public Span<double> Values => _values;

    /// <inheritdoc/>
    public double ReciprocalCondition { get; private set; }

    /// <summary>Floating-point operations of one factorisation, about.</summary>
    public double Operations => _tree.Operations;

    /// <summary>Memory of the factors [bytes].</summary>
    public long FactorBytes => sizeof(double) * (_tree.LowerLength + _tree.UpperLength);

    /// <inheritdoc/>
    public int Slot(int row, int column) => _slot[_matrix.Slot(row, column)];

    /// <inheritdoc/>
    public int WeakestUnknown() => _weakest;

    /// <inheritdoc/>
    public int Factorise()
    {
        ObjectDisposedException.ThrowIf(_front == null, this);
        _factorised = false;
        ReciprocalCondition = 0;
        int bad = ScaleRows();
        var range = new PivotRange();
        if (bad < 0)
            bad = FactoriseFronts(ref range);
        if (bad >= 0)
            return _weakest = bad;
        _weakest = _tree.Unknowns[range.Weakest];
        ReciprocalCondition = range.Smallest / range.Largest;
        _factorised = true;
        return -1;
    }

    /// <inheritdoc/>
    [MethodImpl(Compilation.HotLoop)]
    public void Solve(Span<double> rhs)
    {
        if (!_factorised)
            throw new InvalidOperationException("There is no factorisation to solve with.");
        if (rhs.Length != Size)
            throw new ArgumentException($"A right-hand side of {Size} values is needed; it has {rhs.Length}.");
        int[] unknowns = _tree.Unknowns;
        for (int k = 0; k < unknowns.Length; k++)
            _vector[k] = rhs[unknowns[k]] * _rowScale[k];
        fixed (double* x = _vector)
        {
            Forward(x);
            Backward(x);
        }
        for (int k = 0; k < unknowns.Length; k++)
            rhs[unknowns[k]] = _vector[k] * _columnScale[k];
    }

    /// <summary>Frees the factors.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the factors of a solver that was not disposed of.</summary>
    ~MultifrontalSolver() => Free();

    // The largest entry of each row, and what is no finite number.
    [MethodImpl(Compilation.HotLoop)]
    private int ScaleRows()
    {
        double[] values = _values, scale = _rowScale;
        FrontEntry[] entries = _tree.Entries;
        Array.Clear(scale);
        double poison = 0;
        for (int k = 0; k < entries.Length; k++)
        {
            double size = Math.Abs(values[k] * _columnScale[entries[k].Column]);
            poison += size * 0;
            scale[entries[k].Row] = Math.Max(scale[entries[k].Row], size);
        }
        if (poison != 0)
            return _tree.Unknowns[entries[Array.FindIndex(values, v => !double.IsFinite(v))].Column];
        for (int i = 0; i < scale.Length; i++)
        {
            if (scale[i] == 0)
                return _tree.Unknowns[i];
            scale[i] = 1 / CompressedColumns.PowerOfTwo(scale[i]);
        }
        return -1;
    }

    [MethodImpl(Compilation.HotLoop)]
    private int FactoriseFronts(ref PivotRange range)
    {
        double[] values = _values;
        FrontEntry[] entries = _tree.Entries;
        int[] targets = _tree.Targets;
        int next = 0;
        fixed (int* order = _order)
            foreach (Front front in _tree.Fronts)
            {
                double* rows = _front, border = _front + front.BorderStart, rest = _rests + front.RestStart;
                new Span<double>(rows, front.WorkLength).Clear();
                for (int end = next + front.Entries; next < end; next++)
                    rows[targets[next]] = values[next] * _columnScale[entries[next].Column] * _rowScale[entries[next].Row];
                foreach (int child in front.Children)
                    TakeUp(front, _tree.Fronts[child], rows, border);
                int bad = DenseLu.Eliminate(front, rows, border, order + front.First, _work, ref range);
                if (bad >= 0)
                    return _tree.Unknowns[front.First + bad];
                DenseKernel.NegatedProduct(
                    rest, front.BorderRowLength, border, front.BorderRowLength, rows + front.PaddedPivots, front.RowLength,
                    front.PaddedBorder, front.PaddedBorder, front.Pivots);
                foreach (int child in front.Children)
                    PassOn(front, _tree.Fronts[child], rest);
                Keep(front, rows, border);
            }
        return -1;
    }

    // Adds what the elimination of a child leaves to the pivots of its parent, ...
    [MethodImpl(Compilation.HotLoop)]
    private void TakeUp(Front front, Front child, double* rows, double* border)
    {
        int[] to = child.InParent;
        int padded = front.PaddedPivots, ld = front.RowLength, borderLd = front.BorderRowLength, first = child.PivotsOfParent;
        double* source = _rests + child.RestStart;
        for (int i = 0; i < first; i++, source += child.BorderRowLength)
            foreach (Run run in child.Runs)
                DenseKernel.Add(rows + (long)to[i] * ld + run.To, source + run.From, run.Length);
        for (int i = first; i < to.Length; i++, source += child.BorderRowLength)
            for (int j = 0; j < first; j++)
                border[(long)to[j] * borderLd + to[i] - padded] += source[j];
    }

    // ... and to the border, where the rest of the parent itself is written first.
    [MethodImpl(Compilation.HotLoop)]
    private void PassOn(Front front, Front child, double* rest)
    {
        int[] to = child.InParent;
        int padded = front.PaddedPivots;
        for (int i = child.PivotsOfParent; i < to.Length; i++)
        {
            double* source = _rests + child.RestStart + (long)i * child.BorderRowLength;
            double* target = rest + (long)(to[i] - padded) * front.BorderRowLength - padded;
            for (int r = child.FirstBorderRun; r < child.Runs.Length; r++)
                DenseKernel.Add(target + child.Runs[r].To, source + child.Runs[r].From, child.Runs[r].Length);
        }
    }

    // Writes the factors down in the order in which a solve reads them: memory is fastest when it is read as one stream.
    [MethodImpl(Compilation.HotLoop)]
    private void Keep(Front front, double* rows, double* border)
    {
        const int Padding = DenseKernel.Padding;
        int padded = front.PaddedPivots, columns = padded + front.PaddedBorder;
        double* lower = _lower + front.LowerStart, upper = _upper + front.UpperStart;
        for (int i = 0; i < padded; i++)
            lower = DenseKernel.Copy(rows + (long)i * front.RowLength, lower, i / Padding * Padding + Padding, _areFar);
        for (int i = 0; i < front.Pivots; i++)
            lower = DenseKernel.Copy(border + (long)i * front.BorderRowLength, lower, front.PaddedBorder, _areFar);
        for (int k = padded - Padding; k >= 0; k -= Padding)
            for (int i = k; i < k + Padding; i++)
                upper = DenseKernel.Copy(rows + (long)i * front.RowLength + k, upper, columns - k, _areFar);
    }

    // Down the order: y = L^-1 P b of each front, and what it leaves to its border.
    [MethodImpl(Compilation.HotLoop)]
    private void Forward(double* x)
    {
        const int Padding = DenseKernel.Padding;
        double* y = _work, rows = _lower, own = x;
        fixed (int* orders = _order, borderPlaces = _tree.BorderPlaces)
        fixed (long* behind = s_behindDiagonal)
        {
            int* order = orders, places = borderPlaces;
            foreach (FrontShape shape in _tree.Shapes)
            {
                int pivots = shape.Pivots, border = shape.Border, padded = DenseKernel.Padded(pivots), paddedBorder = DenseKernel.Padded(border);
                for (int i = 0; i < pivots; i++)
                    y[i] = own[order[i]];
                for (int i = pivots; i < padded; i++)
                    y[i] = 0;
                for (int k = 0, length = Padding; k < padded; k += Padding, rows += Padding * length, length += Padding)
                {
                    FetchAhead(rows, Padding * length);
                    if (k > 0)
                        (Vector512.Load(y + k) - DenseKernel.RowProducts(rows, length, y, k)).Store(y + k);
                    (Vector512.Load(y + k) + DenseKernel.MaskedColumns(rows + k, length, behind, y + k)).Store(y + k);
                }
                for (int i = 0; i < pivots; i++)
                    own[i] = y[i];
                double* added = y + padded;
                FetchAhead(rows, pivots * paddedBorder);
                new Span<double>(added, paddedBorder).Clear();
                DenseKernel.SubtractColumns(added, rows, paddedBorder, y, paddedBorder, pivots);
                for (int i = 0; i < border; i++)
                    x[places[i]] += added[i];
                rows += pivots * paddedBorder;
                own += pivots;
                order += pivots;
                places += border;
            }
        }
    }

    // Up the order: x = U^-1 (y - U_border x_border) of each front.
    [MethodImpl(Compilation.HotLoop)]
    private void Backward(double* x)
    {
        const int Padding = DenseKernel.Padding;
        double* y = _work, rows = _upper, own = x + Size;
        FrontShape[] shapes = _tree.Shapes;
        fixed (int* borderPlaces = _tree.BorderPlaces)
        fixed (long* upTo = s_upToDiagonal)
        {
            int* places = borderPlaces + _tree.BorderPlaces.Length;
            for (int f = shapes.Length - 1; f >= 0; f--)
            {
                int pivots = shapes[f].Pivots, border = shapes[f].Border, padded = DenseKernel.Padded(pivots), columns = padded + DenseKernel.Padded(border);
                own -= pivots;
                places -= border;
                for (int i = 0; i < pivots; i++)
                    y[i] = own[i];
                for (int i = pivots; i < padded; i++)
                    y[i] = 0;
                for (int i = 0; i < border; i++)
                    y[padded + i] = x[places[i]];
                for (int i = padded + border; i < columns; i++)
                    y[i] = 0;
                for (int k = padded - Padding; k >= 0; k -= Padding)
                {
                    int length = columns - k;
                    FetchAhead(rows, Padding * length);
                    (Vector512.Load(y + k) - DenseKernel.RowProducts(rows + Padding, length, y + k + Padding, length - Padding)).Store(y + k);
                    DenseKernel.MaskedColumns(rows, length, upTo, y + k).Store(y + k);
                    rows += Padding * length;
                }
                for (int i = 0; i < pivots; i++)
                    own[i] = y[i];
            }
        }
    }

    // The processor by itself looks ahead too late: each piece is only some thousand numbers long.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void FetchAhead(double* from, int length)
    {
        if (!_areFar || !Sse.IsSupported)
            return;
        for (int i = 0; i < length; i += DenseKernel.Padding)
            Sse.Prefetch0(from + Ahead + i);
    }

    private static long[] Mask(Func<int, int, bool> counts) =>
        [.. Enumerable.Range(0, DenseKernel.Padding * DenseKernel.Padding).Select(k => counts(k % DenseKernel.Padding, k / DenseKernel.Padding) ? -1L : 0)];

    private static double* Allocate(long count) =>
        (double*)NativeMemory.AlignedAlloc((nuint)(Math.Max(count, 1) * sizeof(double)), 64);

    private void Free()
    {
        NativeMemory.AlignedFree(_lower);
        NativeMemory.AlignedFree(_upper);
        NativeMemory.AlignedFree(_front);
        NativeMemory.AlignedFree(_rests);
        NativeMemory.AlignedFree(_work);
        _lower = _upper = _front = _rests = _work = null;
    }
}
