using System.Runtime.CompilerServices;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.LinearAlgebra;

/// <summary>Sorts pairs of numbers into compressed form: what stands second, by what stands first.</summary>
internal static class CompressedPairs
{
    /// <summary>Sorts pairs, each of which is taken once.</summary>
    /// <param name="count">Numbers run from 0 to below this one.</param>
    /// <param name="pairs">Pairs in any order.</param>
    /// <returns>Where the partners of each number start, with their total as last, and the partners in increasing order.</returns>
    [MethodImpl(Compilation.HotLoop)]
    public static (int[] Pointers, int[] Partners) Of(int count, ReadOnlySpan<(int First, int Second)> pairs)
    {
        var end = new int[count + 1];
        foreach ((int first, _) in pairs)
            end[first + 1]++;
        for (int i = 0; i < count; i++)
            end[i + 1] += end[i];
        // Partners are put in their place, which moves the start of each number to its end.
        var sorted = new int[pairs.Length];
        foreach ((int first, int second) in pairs)
            sorted[end[first]++] = second;
        var pointers = new int[count + 1];
        int kept = 0;
        for (int i = 0, start = 0; i < count; start = end[i++])
        {
            Array.Sort(sorted, start, end[i] - start);
            for (int k = start; k < end[i]; k++)
                if (k == start || sorted[k] != sorted[k - 1])
                    sorted[kept++] = sorted[k];
            pointers[i + 1] = kept;
        }
        return (pointers, sorted[..kept]);
    }
}
