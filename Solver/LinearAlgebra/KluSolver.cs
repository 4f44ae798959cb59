using System.Runtime.InteropServices;

namespace FvSolver.Solver.LinearAlgebra;

/// <summary>Sparse LU of SuiteSparse's KLU, analysed once and refactorised with its pivots kept while they are good.</summary>
/// <remarks>
/// T. A. Davis, E. Palamadai Natarajan, "Algorithm 907: KLU", ACM Trans. Math. Softw. 37 (2010) 36. Ordering: AMD, without
/// the block triangular form, which a matrix of a partial differential equation does not have. Columns are scaled by the
/// size of their unknown, rows by KLU. A refactorisation takes over old pivots: when the growth of its entries
/// says that they have gone bad, the matrix is factorised again with new ones.
/// </remarks>
public sealed unsafe class KluSolver : ILinearSolver<double>, IConditionEstimate
{
    // A refactorisation may lose this factor against the growth of its parent before it is done again.
    private const double GrowthLoss = 1e-2;

    private readonly CompressedColumns _matrix;
    private KluCommon* _common;
    private nint _symbolic, _numeric;
    private double _freshGrowth;

    /// <summary>Analyses a pattern.</summary>
    /// <exception cref="PlatformNotSupportedException">KLU is not installed.</exception>
    public KluSolver(SparsityPattern pattern)
    {
        if (SuiteSparse.WhyNoKlu is { } reason)
            throw new PlatformNotSupportedException($"KLU cannot be used: {reason}");
        _matrix = new CompressedColumns(pattern);
        _common = (KluCommon*)NativeMemory.AllocZeroed((nuint)sizeof(KluCommon));
        KluNative.Defaults(_common);
        _common->Btf = 0;
        fixed (int* p = _matrix.Pointers, i = _matrix.Rows)
            _symbolic = KluNative.Analyze(Size, p, i, _common);
        if (_symbolic == 0)
            throw new ArgumentException($"KLU cannot analyse a pattern of {Size} unknowns: status {_common->Status}.");
    }

    /// <inheritdoc/>
    public string Name => "KLU (SuiteSparse)";

    /// <inheritdoc/>
    public int Size => _matrix.Size;

    /// <inheritdoc/>
    public Span<double> Values => _matrix.Values;

    /// <inheritdoc/>
    public double ReciprocalCondition { get; private set; }

    /// <summary>How often pivots were chosen anew, the first time included.</summary>
    public int FreshFactorisations { get; private set; }

    /// <inheritdoc/>
    public int Slot(int row, int column) => _matrix.Slot(row, column);

    /// <inheritdoc/>
    public int Factorise()
    {
        ObjectDisposedException.ThrowIf(_symbolic == 0, this);
        ReciprocalCondition = 0;
        int bad = _matrix.ApplyScale();
        if (bad >= 0)
            return bad;
        fixed (int* p = _matrix.Pointers, i = _matrix.Rows)
        fixed (double* x = _matrix.Scaled)
        {
            if (_numeric != 0)
            {
                bool done = KluNative.Refactor(p, i, x, _symbolic, _numeric, _common) != 0 && _common->Status == 0;
                if (done && Growth(p, i, x) >= GrowthLoss * _freshGrowth)
                    return Judge();
                FreeNumeric();
            }
            FreshFactorisations++;
            _numeric = KluNative.Factor(p, i, x, _symbolic, _common);
            if (_numeric == 0)
            {
                if (_common->Status == KluNative.Singular)
                    return Math.Clamp(_common->SingularColumn, 0, Size - 1);
                throw new InvalidOperationException($"KLU failed with status {_common->Status} on a matrix of {Size} unknowns.");
            }
            _freshGrowth = Growth(p, i, x);
            return Judge();
        }
    }

    /// <inheritdoc/>
    public void Solve(Span<double> rhs)
    {
        if (_numeric == 0)
            throw new InvalidOperationException("There is no factorisation to solve with.");
        if (rhs.Length != Size)
            throw new ArgumentException($"A right-hand side of {Size} values is needed; it has {rhs.Length}.");
        fixed (double* b = rhs)
            KluNative.Solve(_symbolic, _numeric, Size, 1, b, _common);
        _matrix.Unscale(rhs);
    }

    /// <inheritdoc/>
    public int WeakestUnknown()
    {
        if (_numeric == 0)
            return Math.Clamp(_common->SingularColumn, 0, Size - 1);
        // The header of klu_numeric: n, nblocks, lnz, unz.
        int entries = ((int*)_numeric)[3];
        var pointers = new int[Size + 1];
        var rows = new int[entries];
        var values = new double[entries];
        var order = new int[Size];
        fixed (int* up = pointers, ui = rows, q = order)
        fixed (double* ux = values)
            KluNative.Extract(_numeric, _symbolic, null, null, null, up, ui, ux, null, null, null, null, q, null, null, _common);
        int weakest = 0;
        double smallest = double.PositiveInfinity;
        for (int j = 0; j < Size; j++)
            for (int k = pointers[j]; k < pointers[j + 1]; k++)
                if (rows[k] == j && Math.Abs(values[k]) < smallest)
                    (smallest, weakest) = (Math.Abs(values[k]), order[j]);
        return weakest;
    }

    /// <summary>Frees the factors.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the factors of a solver that was not disposed of.</summary>
    ~KluSolver() => Free();

    private double Growth(int* p, int* i, double* x)
    {
        KluNative.ReciprocalGrowth(p, i, x, _symbolic, _numeric, _common);
        return _common->ReciprocalGrowth;
    }

    private int Judge()
    {
        KluNative.ReciprocalCondition(_symbolic, _numeric, _common);
        ReciprocalCondition = _common->ReciprocalCondition;
        if (ReciprocalCondition > 0)
            return -1;
        int weakest = WeakestUnknown();
        FreeNumeric();
        return weakest;
    }

    private void FreeNumeric()
    {
        if (_numeric == 0)
            return;
        nint numeric = _numeric;
        KluNative.FreeNumeric(&numeric, _common);
        _numeric = 0;
    }

    private void Free()
    {
        if (_common == null)
            return;
        FreeNumeric();
        nint symbolic = _symbolic;
        if (symbolic != 0)
            KluNative.FreeSymbolic(&symbolic, _common);
        _symbolic = 0;
        NativeMemory.Free(_common);
        _common = null;
    }
}
