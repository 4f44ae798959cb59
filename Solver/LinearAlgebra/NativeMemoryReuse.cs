using System.Runtime.InteropServices;

namespace FvSolver.Solver.LinearAlgebra;

/// <summary>Makes the C library keep memory that native code has freed, for its next request.</summary>
/// <remarks>
/// UMFPACK allocates its factors anew in each factorisation. By default glibc gives blocks of that size back to the system
/// and gets them again page by page: with 70 000 unknowns that took more time than the factorisation.
/// </remarks>
internal static partial class NativeMemoryReuse
{
    // Numbers of malloc.h.
    private const int TrimThreshold = -1, MappedBlocks = -4;

    /// <summary>Asks for it, where the C library is glibc; elsewhere nothing happens.</summary>
    public static void Prefer()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = SetOption(MappedBlocks, 0);
            _ = SetOption(TrimThreshold, int.MaxValue);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library has other habits.
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
