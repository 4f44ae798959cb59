namespace FvSolver.Solver.LinearAlgebra;

/// <summary>Multifrontal sparse LU of SuiteSparse's UMFPACK; its analysis is reused, pivots are chosen each time.</summary>
/// <remarks>
/// T. A. Davis, "Algorithm 832: UMFPACK V4.3", ACM Trans. Math. Softw. 30 (2004) 196. Columns are scaled by the size of
/// their unknown, rows by UMFPACK. Nested dissection gives fewer operations than minimum degree, a quarter at 200 x 200 nodes.
/// </remarks>
public sealed unsafe class UmfpackSolver : ILinearSolver<double>, IConditionEstimate
{
    private readonly CompressedColumns _matrix;
    private readonly double[] _control = new double[UmfpackNative.ControlLength];
    private readonly double[] _info = new double[UmfpackNative.InfoLength];
    private readonly double[] _rhs, _work;
    private readonly int[] _integerWork;
    private nint _symbolic, _numeric;
    private int _singular = -1;

    /// <summary>Analyses a pattern.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="refinementSteps">Most steps of iterative refinement in a solve; each costs about as much as the solve.</param>
    /// <exception cref="PlatformNotSupportedException">UMFPACK is not installed.</exception>
    public UmfpackSolver(SparsityPattern pattern, int refinementSteps = 0)
    {
        if (SuiteSparse.WhyNoUmfpack is { } reason)
            throw new PlatformNotSupportedException($"UMFPACK cannot be used: {reason}");
        ArgumentOutOfRangeException.ThrowIfNegative(refinementSteps);
        _matrix = new CompressedColumns(pattern);
        _rhs = new double[Size];
        _work = new double[refinementSteps > 0 ? 5 * Size : Size];
        _integerWork = new int[Size];
        fixed (double* control = _control, info = _info)
        fixed (int* p = _matrix.Pointers, i = _matrix.Rows)
        {
            UmfpackNative.Defaults(control);
            control[UmfpackNative.RefinementSteps] = refinementSteps;
            control[UmfpackNative.Strategy] = UmfpackNative.StrategySymmetric;
            control[UmfpackNative.Ordering] = UmfpackNative.OrderingMetis;
            nint symbolic;
            int status = UmfpackNative.Symbolic(Size, Size, p, i, null, &symbolic, control, info);
            if (status != UmfpackNative.Ok)
                throw new ArgumentException($"UMFPACK cannot analyse a pattern of {Size} unknowns: status {status}.");
            _symbolic = symbolic;
        }
    }

    /// <inheritdoc/>
    public string Name => "UMFPACK (SuiteSparse)";

    /// <inheritdoc/>
    public int Size => _matrix.Size;

    /// <inheritdoc/>
    public Span<double> Values => _matrix.Values;

    /// <inheritdoc/>
    public double ReciprocalCondition { get; private set; }

    /// <inheritdoc/>
    public int Slot(int row, int column) => _matrix.Slot(row, column);

    /// <inheritdoc/>
    public int Factorise()
    {
        ObjectDisposedException.ThrowIf(_symbolic == 0, this);
        FreeNumeric();
        ReciprocalCondition = 0;
        _singular = _matrix.ApplyScale();
        if (_singular >= 0)
            return _singular;
        int status;
        fixed (int* p = _matrix.Pointers, i = _matrix.Rows)
        fixed (double* x = _matrix.Scaled, control = _control, info = _info)
        {
            nint numeric;
            status = UmfpackNative.Numeric(p, i, x, _symbolic, &numeric, control, info);
            _numeric = numeric;
        }
        if (status == UmfpackNative.Ok)
        {
            ReciprocalCondition = _info[UmfpackNative.ReciprocalCondition];
            return -1;
        }
        if (status != UmfpackNative.SingularWarning)
            throw new InvalidOperationException(status == UmfpackNative.OutOfMemory
                ? $"UMFPACK ran out of memory on a matrix of {Size} unknowns."
                : $"UMFPACK failed with status {status} on a matrix of {Size} unknowns.");
        _singular = WeakestUnknown();
        FreeNumeric();
        return _singular;
    }

    /// <inheritdoc/>
    public void Solve(Span<double> rhs)
    {
        if (_numeric == 0)
            throw new InvalidOperationException("There is no factorisation to solve with.");
        if (rhs.Length != Size)
            throw new ArgumentException($"A right-hand side of {Size} values is needed; it has {rhs.Length}.");
        rhs.CopyTo(_rhs);
        fixed (int* p = _matrix.Pointers, i = _matrix.Rows, wi = _integerWork)
        fixed (double* a = _matrix.Scaled, b = _rhs, x = rhs, w = _work, control = _control, info = _info)
            UmfpackNative.Solve(0, p, i, a, x, b, _numeric, control, info, wi, w);
        _matrix.Unscale(rhs);
    }

    /// <inheritdoc/>
    public int WeakestUnknown()
    {
        if (_numeric == 0)
            return Math.Max(_singular, 0);
        var order = new int[Size];
        var diagonal = new double[Size];
        fixed (int* q = order)
        fixed (double* d = diagonal)
            UmfpackNative.GetNumeric(null, null, null, null, null, null, null, q, d, null, null, _numeric);
        int weakest = 0;
        for (int k = 1; k < Size; k++)
            if (!(Math.Abs(diagonal[k]) >= Math.Abs(diagonal[weakest])))
                weakest = k;
        return order[weakest];
    }

    /// <summary>Frees the factors.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the factors of a solver that was not disposed of.</summary>
    ~UmfpackSolver() => Free();

    private void FreeNumeric()
    {
        if (_numeric == 0)
            return;
        nint numeric = _numeric;
        UmfpackNative.FreeNumeric(&numeric);
        _numeric = 0;
    }

    private void Free()
    {
        if (_symbolic == 0)
            return;
        FreeNumeric();
        nint symbolic = _symbolic;
        UmfpackNative.FreeSymbolic(&symbolic);
        _symbolic = 0;
    }
}
