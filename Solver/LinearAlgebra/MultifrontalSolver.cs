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
/// <para>Where a group is nearly singular by itself, what it adds to later ones outgrows them and their digits are lost. Pivots that are
/// larger than the scaled entries warn of it, and the first solution after them shows whether it is so: the solutions of that
/// factorisation are then refined until each row holds to rounding (M. Arioli, J. W. Demmel, I. S. Duff, "Solving sparse linear systems
/// with sparse backward error", SIAM J. Matrix Anal. Appl. 10 (1989) 165).</para>
/// </remarks>
public sealed unsafe class MultifrontalSolver : ILinearSolver<double>, IConditionEstimate
{
    // Pivots above this, where the largest entry of each row is about 1, may tell of lost digits: below a sharp edge of a gate rows miss
    // 1e-3 after pivots of 12 to 26, elsewhere 1e-10 at most after pivots of 3e4.
    private const double LargestPivot = 4;

    // Of a row over the sum of the sizes of its terms: what a factorisation may leave, what rounding does, and how much less a refinement
    // must leave to be worth another.
    private const double Harmless = 1e-11, Rounding = 4.5e-16, LeastGain = 0.25;
    private const int MostRefinements = 5;

    private readonly CompressedColumns _matrix;
    private readonly FrontTree _tree;
    private readonly FactorStore _factors;

    // Where each entry of the compressed columns stands among the values.
    private readonly int[] _slot;
    private readonly double[] _values, _columnScale, _rowScale, _vector, _scaled, _given, _left;

    // Entries row by row: where each row starts, and of each entry its place among the values and its column.
    private readonly int[] _rowStart, _entryOfRow, _columnOfRow;
    private double* _rests, _front, _work;
    private bool _factorised, _refines, _isTried;
    private int _weakest;

    /// <summary>Analyses a pattern.</summary>
    public MultifrontalSolver(SparsityPattern pattern)
    {
        _matrix = new CompressedColumns(pattern);
        _tree = new FrontTree(_matrix);
        _factors = new FactorStore(_tree);
        _values = new double[_tree.Entries.Length];
        _slot = new int[_values.Length];
        for (int k = 0; k < _slot.Length; k++)
            _slot[_tree.Entries[k].Source] = k;
        _columnScale = [.. _tree.Unknowns.Select(u => _matrix.Scale[u])];
        _rowScale = new double[Size];
        _vector = new double[Size];
        _scaled = new double[_values.Length];
        (_given, _left) = (new double[Size], new double[Size]);
        (_rowStart, _entryOfRow) = CompressedPairs.Of(Size, [.. _tree.Entries.Select((entry, k) => (entry.Row, k))]);
        _columnOfRow = [.. _entryOfRow.Select(k => _tree.Entries[k].Column)];
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
        (_refines, _isTried) = (range.Largest > LargestPivot, false);
        if (_refines)
            KeepEntries();
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
        if (_refines)
            _vector.CopyTo(_given, 0);
        _factors.Solve(_vector);
        if (_refines)
            Refine();
        for (int k = 0; k < unknowns.Length; k++)
            rhs[unknowns[k]] = _vector[k] * _columnScale[k];
    }

    // The scaled matrix, of which a solution is told what it leaves.
    [MethodImpl(Compilation.HotLoop)]
    private void KeepEntries()
    {
        double[] values = _values, columnScale = _columnScale;
        for (int i = 0; i < _rowScale.Length; i++)
            for (int k = _rowStart[i]; k < _rowStart[i + 1]; k++)
                _scaled[k] = values[_entryOfRow[k]] * columnScale[_columnOfRow[k]] * _rowScale[i];
    }

    private void Refine()
    {
        double before = double.PositiveInfinity;
        for (int refinement = 0; refinement < MostRefinements; refinement++)
        {
            double worst = Leave();
            if (!_isTried)
                (_isTried, _refines) = (true, worst > Harmless);
            // Not a number compares false: such a solution stays what it is.
            if (!(_refines && worst > Rounding && worst < LeastGain * before))
                return;
            before = worst;
            _factors.Solve(_left);
            for (int i = 0; i < _vector.Length; i++)
                _vector[i] += _left[i];
        }
    }

    /// <summary>What a solution leaves of each row; the most of one over the sum of the sizes of its terms.</summary>
    [MethodImpl(Compilation.HotLoop)]
    private double Leave()
    {
        double[] scaled = _scaled, vector = _vector;
        int[] columns = _columnOfRow;
        double worst = 0;
        for (int i = 0; i < _left.Length; i++)
        {
            double left = _given[i], size = Math.Abs(left);
            for (int k = _rowStart[i]; k < _rowStart[i + 1]; k++)
            {
                double term = scaled[k] * vector[columns[k]];
                left -= term;
                size += Math.Abs(term);
            }
            _left[i] = left;
            if (Math.Abs(left) > worst * size)
                worst = Math.Abs(left) / size;
        }
        return worst;
    }

    /// <summary>Frees the factors.</summary>
    public void Dispose()
    {
        _factorised = false;
        _factors.Dispose();
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
        fixed (int* order = _factors.Order)
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
                _factors.Keep(front, rows, border);
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

    private static double* Allocate(long count) =>
        (double*)NativeMemory.AlignedAlloc((nuint)(Math.Max(count, 1) * sizeof(double)), 64);

    private void Free()
    {
        NativeMemory.AlignedFree(_front);
        NativeMemory.AlignedFree(_rests);
        NativeMemory.AlignedFree(_work);
        _front = _rests = _work = null;
    }
}
