using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FvSolver.Solver.Arithmetic;

/// <summary>Arrays whose entries start on a line of the cache.</summary>
/// <remarks>
/// A vector of eight doubles fills a line. In an array that starts anywhere each of them lies across two, and every load and store
/// of <see cref="Lanes"/> costs twice. The runtime does not align arrays, but pinned ones stay where they are, one behind the
/// other: filling the gap to the next line before trying again leads there at once unless another thread allocates meanwhile.
/// </remarks>
internal static class AlignedArray
{
    private const int Line = 64, Header = 24, Trials = 8;

    /// <summary>An array of zeros; at worst, one that is not aligned.</summary>
    public static P[] Create<P>(int length)
        where P : struct
    {
        P[] array = GC.AllocateArray<P>(length, pinned: true);
        for (int i = 0; i < Trials && length > 0 && Offset(array) is > 0 and int offset; i++)
        {
            // An array takes its entries and 24 bytes: the one behind a filler of n bytes starts n + 48 bytes behind the end of this one.
            int end = (int)((offset + (long)length * Unsafe.SizeOf<P>() + 2 * Header) % Line);
            GC.AllocateUninitializedArray<byte>(Line - end, pinned: true);
            array = GC.AllocateArray<P>(length, pinned: true);
        }
        return array;
    }

    /// <summary>An array of given entries.</summary>
    public static P[] Of<P>(IEnumerable<P> entries)
        where P : struct
    {
        P[] given = [.. entries], array = Create<P>(given.Length);
        given.CopyTo(array, 0);
        return array;
    }

    private static unsafe int Offset<P>(P[] array)
        where P : struct => (int)((nuint)Unsafe.AsPointer(ref Unsafe.As<P, byte>(ref MemoryMarshal.GetArrayDataReference(array))) % Line);
}
