using System.Runtime.InteropServices;

namespace FvSolver.Solver.LinearAlgebra;

/// <summary>Control and statistics of KLU: <c>klu_common</c> of klu.h, 160 bytes in versions 1.3 and 2.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct KluCommon
{
    public double PivotTolerance, MemoryGrowth, InitialMemoryAmd, InitialMemory, MaxWork;
    public int Btf, Ordering, Scale;
    public nint UserOrder, UserData;
    public int HaltIfSingular, Status, Reallocations, StructuralRank, NumericalRank, SingularColumn, OffDiagonalPivots;
    public double Flops, ReciprocalCondition, ConditionEstimate, ReciprocalGrowth, Work;
    public nuint MemoryUsage, MemoryPeak;

    // A later version may append fields: they are written here instead of over a neighbour.
    public long Spare0, Spare1, Spare2, Spare3, Spare4, Spare5, Spare6, Spare7;
}

/// <summary>Functions of KLU (int indices, double values); meanings as in its user guide.</summary>
internal static unsafe partial class KluNative
{
    public const int Singular = 1;

    [LibraryImport(SuiteSparse.Klu, EntryPoint = "klu_defaults")]
    public static partial int Defaults(KluCommon* common);

    [LibraryImport(SuiteSparse.Klu, EntryPoint = "klu_analyze")]
    public static partial nint Analyze(int n, int* pointers, int* rows, KluCommon* common);

    [LibraryImport(SuiteSparse.Klu, EntryPoint = "klu_factor")]
    public static partial nint Factor(int* pointers, int* rows, double* values, nint symbolic, KluCommon* common);

    [LibraryImport(SuiteSparse.Klu, EntryPoint = "klu_refactor")]
    public static partial int Refactor(int* pointers, int* rows, double* values, nint symbolic, nint numeric, KluCommon* common);

    [LibraryImport(SuiteSparse.Klu, EntryPoint = "klu_solve")]
    public static partial int Solve(nint symbolic, nint numeric, int leading, int rightHandSides, double* b, KluCommon* common);

    [LibraryImport(SuiteSparse.Klu, EntryPoint = "klu_rcond")]
    public static partial int ReciprocalCondition(nint symbolic, nint numeric, KluCommon* common);

    [LibraryImport(SuiteSparse.Klu, EntryPoint = "klu_rgrowth")]
    public static partial int ReciprocalGrowth(int* pointers, int* rows, double* values, nint symbolic, nint numeric, KluCommon* common);

    [LibraryImport(SuiteSparse.Klu, EntryPoint = "klu_extract")]
    public static partial int Extract(nint numeric, nint symbolic, int* lp, int* li, double* lx, int* up, int* ui, double* ux,
        int* fp, int* fi, double* fx, int* p, int* q, double* rs, int* r, KluCommon* common);

    [LibraryImport(SuiteSparse.Klu, EntryPoint = "klu_free_symbolic")]
    public static partial int FreeSymbolic(nint* symbolic, KluCommon* common);

    [LibraryImport(SuiteSparse.Klu, EntryPoint = "klu_free_numeric")]
    public static partial int FreeNumeric(nint* numeric, KluCommon* common);

    /// <summary>Compares the defaults that the library writes with the documented ones: a wrong layout shows here.</summary>
    public static string? Check(nint handle)
    {
        KluCommon c = default;
        Defaults(&c);
        bool right = c is { PivotTolerance: 0.001, MemoryGrowth: 1.2, Btf: 1, Ordering: 0, Scale: 2, HaltIfSingular: 1 };
        return right ? null : "the library klu that was found has another layout of klu_common than versions 1.3 and 2";
    }
}
