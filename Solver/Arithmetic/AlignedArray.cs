using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FvSolver.Solver.Arithmetic;

/// <summary>Arrays whose entries start on a line of the cache.</summary>
/// <remarks>
/// A vector of eight doubles fills a line. In an array that starts anywhere each of them lies across two, and every load and store
/// of <see cref="Lanes"/> costs twice. The runtime does not align arrays, but pinned ones stay where they are, mostly one behind the
/// other: the gap to the next line is filled before an array is made. Where another one came between or memory that was given back
/// is used again, the guess fails and the next starts from there.
/// </remarks>
internal static class AlignedArray
{
    private const int Line = 64, Header = 24, Trials = 8;

    // Beyond this size [bytes] an array does not stay in the cache, and what trials leave behind is large.
    private const int LargestTried = 1 << 18;

    // Of the pinned array made last on this thread: the place behind its end, where the entries of the next would start.
    [ThreadStatic]
    private static nuint s_next;

    /// <summary>An array of zeros; at worst, one that is not aligned.</summary>
    public static P[] Create<P>(int length)
        where P : struct
    {
        P[] array = ArrayLoan.Again<P>(length) ?? Make<P>(length);
        ArrayLoan.Note(array);
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

    /// <summary>The entry at an index, without a check: loops over several arrays keep such places in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref P First<P>(P[] array, int index = 0)
        where P : struct => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(array), index);

    /// <summary>The first entry of some room on the stack that starts on a line, where entries are as long as lines.</summary>
    public static unsafe ref P OnLine<P>(Span<P> room)
        where P : struct
    {
        ref byte start = ref Unsafe.As<P, byte>(ref room[0]);
        return ref Unsafe.As<byte, P>(ref Unsafe.Add(ref start, (int)(Line - (nuint)Unsafe.AsPointer(ref start) % Line) % Line));
    }

    private static P[] Make<P>(int length)
        where P : struct
    {
        P[] array;
        int trial = 0;
        do
        {
            int gap = (int)(Line - s_next % Line) % Line;
            if (gap > 0)
                GC.AllocateUninitializedArray<byte>(gap < Header ? gap + Line - Header : gap - Header, pinned: true);
            array = GC.AllocateArray<P>(length, pinned: true);
            s_next = Start(array) + (nuint)(length * Unsafe.SizeOf<P>() + Header);
        }
        while (length > 0 && Start(array) % Line != 0 && (long)length * Unsafe.SizeOf<P>() <= LargestTried && ++trial < Trials);
        return array;
    }

    private static unsafe nuint Start<P>(P[] array)
        where P : struct => (nuint)Unsafe.AsPointer(ref Unsafe.As<P, byte>(ref MemoryMarshal.GetArrayDataReference(array)));
}
