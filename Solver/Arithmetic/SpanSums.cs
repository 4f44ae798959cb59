using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FvSolver.Solver.Arithmetic;

/// <summary>What many numbers come to, four at a time.</summary>
internal static class SpanSums
{
    /// <summary>Least and largest of some numbers, of which there is at least one.</summary>
    public static (double Least, double Most) Range(ReadOnlySpan<double> numbers)
    {
        ReadOnlySpan<Vector256<double>> whole = MemoryMarshal.Cast<double, Vector256<double>>(numbers);
        Vector256<double> low = Vector256.Create(numbers[0]), high = low;
        foreach (Vector256<double> x in whole)
            (low, high) = (Vector256.MinNative(low, x), Vector256.MaxNative(high, x));
        (double least, double most) = (low[0], high[0]);
        for (int lane = 1; lane < Vector256<double>.Count; lane++)
            (least, most) = (Math.Min(least, low[lane]), Math.Max(most, high[lane]));
        foreach (double x in numbers[(whole.Length * Vector256<double>.Count)..])
            (least, most) = (Math.Min(least, x), Math.Max(most, x));
        return (least, most);
    }

    /// <summary>Sum of some numbers.</summary>
    public static double Sum(ReadOnlySpan<double> numbers)
    {
        ReadOnlySpan<Vector256<double>> whole = MemoryMarshal.Cast<double, Vector256<double>>(numbers);
        Vector256<double> sums = Vector256<double>.Zero;
        foreach (Vector256<double> x in whole)
            sums += x;
        double sum = Vector256.Sum(sums);
        foreach (double x in numbers[(whole.Length * Vector256<double>.Count)..])
            sum += x;
        return sum;
    }
}
