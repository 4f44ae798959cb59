using System.Runtime.CompilerServices;

// Methods over large gradients would begin with clearing kilobytes of memory that they write anyway.
[module: SkipLocalsInit]

namespace FvSolver.Solver.Arithmetic;

/// <summary>How methods of the hot loop are compiled.</summary>
internal static class Compilation
{
    /// <summary>Fully optimised at the first call, with the compiler's whole budget for inlining.</summary>
    /// <remarks>
    /// Code over <see cref="Scalar"/> and <see cref="Lanes"/> is 20 times slower before it is optimised, and the runtime does
    /// that only after a tenth of a second without new methods: on a busy processor a run of some seconds would not see it.
    /// </remarks>
    public const MethodImplOptions HotLoop = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;

    /// <summary>Operators, inlined where the compiler's budget allows; where it does not, they are optimised at their first call.</summary>
    public const MethodImplOptions Operator = MethodImplOptions.AggressiveInlining | MethodImplOptions.AggressiveOptimization;
}
