using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.LinearAlgebra;

/// <summary>Managed block-tridiagonal LU over the levels of a pattern, e.g. the columns of a 2-D grid, with a border.</summary>
/// <remarks>
/// <para>With D, L, U the blocks of level k on and beside the diagonal, S_0 = D_0 and S_k = D_k - L_k S_(k-1)^-1 U_(k-1): Golub, Van
/// Loan, "Matrix Computations", 4th ed., section 4.5. Only the S_k are stored, as dense LU with pivots chosen within
/// the level; the sparse L and U are used as they are. One factorisation takes about 2/3 n^3 + 4/3 m^3 operations a level
/// with n unknowns of which m are coupled to other levels.</para>
/// <para>Border unknowns are eliminated last, through their Schur complement: the matrix without them must be regular.</para>
/// <para>Columns are scaled by the size of their unknown, rows by their largest entry, both by powers of two.</para>
/// </remarks>
public sealed unsafe class BlockColumnSolver : ILinearSolver<double>, IConditionEstimate
{
    private readonly CompressedColumns _matrix;
    private readonly BlockColumnLayout _layout;
    private readonly long[] _blockStart;
    private readonly int[] _start, _rowLength, _order, _first;
    private readonly double[] _rowScale, _borderSolutions, _vector, _temporary;
    private double* _blocks, _product;
    private double* _border;
    private bool _factorised;
    private int _weakest;

    /// <summary>Sorts a pattern into levels and allocates the blocks.</summary>
    /// <exception cref="ArgumentException">An entry joins levels that are not adjacent.</exception>
    public BlockColumnSolver(SparsityPattern pattern)
    {
        _matrix = new CompressedColumns(pattern);
        _layout = new BlockColumnLayout(pattern, _matrix);
        BlockLevel[] levels = _layout.Levels;
        _blockStart = new long[levels.Length + 1];
        _start = new int[levels.Length + 1];
        _rowLength = new int[levels.Length];
        long product = 0;
        for (int l = 0; l < levels.Length; l++)
        {
            _rowLength[l] = DenseKernel.RowLength(levels[l].Size);
            _start[l + 1] = _start[l] + levels[l].Size;
            _blockStart[l + 1] = _blockStart[l] + (long)levels[l].Size * _rowLength[l];
            if (l > 0)
                product = Math.Max(product, (long)levels[l - 1].Size * DenseKernel.RowLength(levels[l].Coupled));
        }
        int border = _layout.Border.Length, largest = Math.Max(_layout.LargestLevel, border);
        _order = new int[Size];
        _first = new int[largest / DenseKernel.TileColumns + 2];
        _rowScale = new double[Size];
        _borderSolutions = new double[(long)Size * border];
        _vector = new double[Size];
        _temporary = new double[2 * largest];
        _blocks = Allocate(_blockStart[^1]);
        _product = Allocate(product);
        _border = Allocate((long)border * DenseKernel.RowLength(border));
    }

    /// <inheritdoc/>
    public string Name => "block-tridiagonal LU by grid columns";

    /// <inheritdoc/>
    public int Size => _matrix.Size;

    /// <inheritdoc/>
    public Span<double> Values => _matrix.Values;

    /// <inheritdoc/>
    public double ReciprocalCondition { get; private set; }

    /// <summary>Floating-point operations of one factorisation, about.</summary>
    public double Operations => _layout.Operations;

    /// <inheritdoc/>
    public int Slot(int row, int column) => _matrix.Slot(row, column);

    /// <inheritdoc/>
    public int WeakestUnknown() => _weakest;

    /// <inheritdoc/>
    public int Factorise()
    {
        ObjectDisposedException.ThrowIf(_blocks == null, this);
        _factorised = false;
        ReciprocalCondition = 0;
        int bad = _matrix.ApplyScale();
        if (bad < 0)
            bad = ScaleRows();
        double smallest = double.PositiveInfinity, largest = 0;
        if (bad < 0)
            bad = FactoriseLevels(ref smallest, ref largest);
        if (bad < 0 && _layout.Border.Length > 0)
            bad = FactoriseBorder(ref smallest, ref largest);
        if (bad >= 0)
            return _weakest = bad;
        ReciprocalCondition = smallest / largest;
        _factorised = true;
        return -1;
    }

    /// <inheritdoc/>
    public void Solve(Span<double> rhs)
    {
        if (!_factorised)
            throw new InvalidOperationException("There is no factorisation to solve with.");
        if (rhs.Length != Size)
            throw new ArgumentException($"A right-hand side of {Size} values is needed; it has {rhs.Length}.");
        for (int i = 0; i < rhs.Length; i++)
            rhs[i] *= _rowScale[i];
        SolveLevels(rhs);
        if (_layout.Border.Length > 0)
            SolveBorder(rhs);
        _matrix.Unscale(rhs);
    }

    /// <summary>Frees the blocks.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the blocks of a solver that was not disposed of.</summary>
    ~BlockColumnSolver() => Free();

    [MethodImpl(Compilation.HotLoop)]
    private int ScaleRows()
    {
        double[] scaled = _matrix.Scaled, scale = _rowScale;
        int[] rows = _matrix.Rows;
        Array.Clear(scale);
        for (int k = 0; k < rows.Length; k++)
            scale[rows[k]] = Math.Max(scale[rows[k]], Math.Abs(scaled[k]));
        for (int i = 0; i < scale.Length; i++)
        {
            if (scale[i] == 0)
                return i;
            scale[i] = 1 / CompressedColumns.PowerOfTwo(scale[i]);
        }
        for (int k = 0; k < rows.Length; k++)
            scaled[k] *= scale[rows[k]];
        return -1;
    }

    [MethodImpl(Compilation.HotLoop)]
    private int FactoriseLevels(ref double smallest, ref double largest)
    {
        BlockLevel[] levels = _layout.Levels;
        double[] values = _matrix.Scaled;
        fixed (int* order = _order)
            for (int l = 0; l < levels.Length; l++)
            {
                BlockLevel level = levels[l];
                int n = level.Size, ld = _rowLength[l];
                double* block = _blocks + _blockStart[l];
                new Span<double>(block, checked(n * ld)).Clear();
                foreach (BlockEntry e in level.Diagonal)
                    block[(long)e.Row * ld + e.Column] = values[e.Source];
                if (l > 0 && level.Lower.Length > 0 && levels[l - 1].Upper.Length > 0)
                {
                    SolveForNext(l - 1);
                    int m = level.Coupled, width = DenseKernel.RowLength(m);
                    foreach (BlockEntry e in level.Lower)
                        DenseKernel.SubtractMultiple(block + (long)e.Row * ld + level.Uncoupled, values[e.Source], _product + (long)e.Column * width, m);
                }
                int weakest = -1;
                int bad = DenseLu.Factorise(block, n, ld, order + _start[l], ref smallest, ref largest, ref weakest);
                if (weakest >= 0)
                    _weakest = level.Unknowns[weakest];
                if (bad >= 0)
                    return level.Unknowns[bad];
            }
        return -1;
    }

    // S^-1 U of a level, in the rows that the next level needs.
    [MethodImpl(Compilation.HotLoop)]
    private void SolveForNext(int l)
    {
        BlockLevel level = _layout.Levels[l], next = _layout.Levels[l + 1];
        int n = level.Size, width = DenseKernel.RowLength(next.Coupled);
        double[] values = _matrix.Scaled;
        new Span<double>(_product, checked(n * width)).Clear();
        fixed (int* order = &_order[_start[l]], first = _first)
        fixed (double* buffer = _temporary)
        {
            // The place of each row after the exchanges: the inverse of the order.
            int* place = (int*)buffer;
            for (int i = 0; i < n; i++)
                place[order[i]] = i;
            int tiles = (width + DenseKernel.TileColumns - 1) / DenseKernel.TileColumns;
            new Span<int>(first, tiles).Fill(n);
            foreach (BlockEntry e in level.Upper)
            {
                int row = place[e.Row], column = e.Column - next.Uncoupled;
                _product[(long)row * width + column] = values[e.Source];
                int tile = column / DenseKernel.TileColumns;
                first[tile] = Math.Min(first[tile], row);
            }
            DenseLu.SolveMany(_blocks + _blockStart[l], n, _rowLength[l], _product, width, first, level.Uncoupled);
        }
    }

    [MethodImpl(Compilation.HotLoop)]
    private int FactoriseBorder(ref double smallest, ref double largest)
    {
        int[] border = _layout.Border;
        int b = border.Length, ld = DenseKernel.RowLength(b), n = Size;
        double[] values = _matrix.Scaled;
        Array.Clear(_borderSolutions);
        foreach (BlockEntry e in _layout.BorderColumns)
            _borderSolutions[(long)e.Column * n + e.Row] = values[e.Source];
        for (int j = 0; j < b; j++)
            SolveLevels(_borderSolutions.AsSpan(j * n, n));
        new Span<double>(_border, b * ld).Clear();
        foreach (BlockEntry e in _layout.BorderDiagonal)
            _border[e.Row * ld + e.Column] = values[e.Source];
        foreach (BlockEntry e in _layout.BorderRows)
            for (int j = 0; j < b; j++)
                _border[e.Row * ld + j] -= values[e.Source] * _borderSolutions[(long)j * n + e.Column];
        fixed (int* order = &_order[_start[^1]])
        {
            int weakest = -1;
            int bad = DenseLu.Factorise(_border, b, ld, order, ref smallest, ref largest, ref weakest);
            if (weakest >= 0)
                _weakest = border[weakest];
            return bad >= 0 ? border[bad] : -1;
        }
    }

    // x = T^-1 x for the matrix without its border; border places are left alone.
    [MethodImpl(Compilation.HotLoop)]
    private void SolveLevels(Span<double> x)
    {
        BlockLevel[] levels = _layout.Levels;
        double[] values = _matrix.Scaled, vector = _vector;
        fixed (double* v = vector, temporary = _temporary)
        fixed (int* order = _order)
        {
            double* solution = temporary + _layout.LargestLevel;
            // Forward: right-hand sides z_k = b_k - L_k S_(k-1)^-1 z_(k-1).
            for (int l = 0; l < levels.Length; l++)
            {
                BlockLevel level = levels[l];
                double* z = v + _start[l];
                for (int i = 0; i < level.Size; i++)
                    z[i] = x[level.Unknowns[i]];
                if (l > 0)
                    foreach (BlockEntry e in level.Lower)
                        z[e.Row] -= values[e.Source] * solution[e.Column];
                if (l + 1 < levels.Length)
                    DenseLu.Solve(_blocks + _blockStart[l], level.Size, _rowLength[l], order + _start[l], z, solution);
            }
            // Backward: x_k = S_k^-1 (z_k - U_k x_(k+1)).
            for (int l = levels.Length - 1; l >= 0; l--)
            {
                BlockLevel level = levels[l];
                double* z = v + _start[l];
                foreach (BlockEntry e in level.Upper)
                    z[e.Row] -= values[e.Source] * solution[e.Column];
                new Span<double>(z, level.Size).CopyTo(new Span<double>(temporary, level.Size));
                DenseLu.Solve(_blocks + _blockStart[l], level.Size, _rowLength[l], order + _start[l], temporary, solution);
                for (int i = 0; i < level.Size; i++)
                    x[level.Unknowns[i]] = solution[i];
            }
        }
    }

    [MethodImpl(Compilation.HotLoop)]
    private void SolveBorder(Span<double> x)
    {
        int[] border = _layout.Border;
        int b = border.Length, n = Size;
        double[] values = _matrix.Scaled;
        foreach (BlockEntry e in _layout.BorderRows)
            x[border[e.Row]] -= values[e.Source] * x[e.Column];
        fixed (double* t = _temporary)
        fixed (int* order = &_order[_start[^1]])
        {
            for (int j = 0; j < b; j++)
                t[j] = x[border[j]];
            DenseLu.Solve(_border, b, DenseKernel.RowLength(b), order, t, t + b);
            for (int j = 0; j < b; j++)
            {
                // Border places of the columns are zero: no border unknown disturbs another.
                double y = t[b + j];
                ReadOnlySpan<double> column = _borderSolutions.AsSpan(j * n, n);
                for (int i = 0; i < n; i++)
                    x[i] -= column[i] * y;
                x[border[j]] = y;
            }
        }
    }

    private static double* Allocate(long count)
    {
        return (double*)NativeMemory.AlignedAlloc((nuint)(Math.Max(count, 1) * sizeof(double)), 64);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_blocks);
        NativeMemory.AlignedFree(_product);
        NativeMemory.AlignedFree(_border);
        _blocks = _product = _border = null;
    }
}
