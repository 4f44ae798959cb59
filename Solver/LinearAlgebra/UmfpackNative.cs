using System.Runtime.InteropServices;

namespace FvSolver.Solver.LinearAlgebra;

/// <summary>Functions of UMFPACK (int indices, double values); meanings and array positions as in its user guide.</summary>
internal static unsafe partial class UmfpackNative
{
    public const int ControlLength = 20, InfoLength = 90;
    public const int Strategy = 5, RefinementSteps = 7, Ordering = 10;
    public const int ReciprocalCondition = 67;
    public const int StrategySymmetric = 3, OrderingMetis = 3;
    public const int Ok = 0, SingularWarning = 1, OutOfMemory = -1;

    [LibraryImport(SuiteSparse.Umfpack, EntryPoint = "umfpack_di_defaults")]
    public static partial void Defaults(double* control);

    [LibraryImport(SuiteSparse.Umfpack, EntryPoint = "umfpack_di_symbolic")]
    public static partial int Symbolic(int rows, int columns, int* pointers, int* rowIndices, double* values, nint* symbolic,
        double* control, double* info);

    [LibraryImport(SuiteSparse.Umfpack, EntryPoint = "umfpack_di_numeric")]
    public static partial int Numeric(int* pointers, int* rowIndices, double* values, nint symbolic, nint* numeric, double* control,
        double* info);

    [LibraryImport(SuiteSparse.Umfpack, EntryPoint = "umfpack_di_wsolve")]
    public static partial int Solve(int system, int* pointers, int* rowIndices, double* values, double* x, double* b, nint numeric,
        double* control, double* info, int* integerWork, double* work);

    [LibraryImport(SuiteSparse.Umfpack, EntryPoint = "umfpack_di_get_numeric")]
    public static partial int GetNumeric(int* lp, int* lj, double* lx, int* up, int* ui, double* ux, int* p, int* q, double* diagonal,
        int* reciprocal, double* rowScale, nint numeric);

    [LibraryImport(SuiteSparse.Umfpack, EntryPoint = "umfpack_di_free_symbolic")]
    public static partial void FreeSymbolic(nint* symbolic);

    [LibraryImport(SuiteSparse.Umfpack, EntryPoint = "umfpack_di_free_numeric")]
    public static partial void FreeNumeric(nint* numeric);

    /// <summary>Checks the defaults, and keeps its BLAS to one thread.</summary>
    public static string? Check(nint handle)
    {
        double* control = stackalloc double[ControlLength];
        Defaults(control);
        if (control[RefinementSteps] != 2)
            return "the library umfpack that was found has another layout of its control array than versions 5 and 6";
        // The fronts of these matrices are too small for threads to pay, and sweeps use the cores better.
        if (NativeLibrary.TryGetExport(handle, "openblas_set_num_threads", out nint function))
            ((delegate* unmanaged<int, void>)function)(1);
        return null;
    }
}
