using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FvSolver.Solver.Maps;

/// <summary>A function on an interval as polynomials of degree 4 on equal cells: where each value depends on the one before, quicker than
/// a series, as fewer operations wait for one another.</summary>
/// <remarks>Interpolated at five points of each cell.</remarks>
internal sealed class CellTable
{
    private const int Cells = 512, Points = 5, Stride = 8;

    // Added to a number below 2^51 it leaves the nearest integer in the last bits.
    private const double Round = 3L << 51;

    private readonly double _scale, _shift;
    private readonly double[] _coefficients = new double[(Cells + 1) * Stride];

    /// <summary>The table of a series.</summary>
    public CellTable(ChebyshevSeries series)
    {
        (_scale, _shift) = (Cells / (series.High - series.Low), -series.Low * Cells / (series.High - series.Low));
        Span<double> x = stackalloc double[Points], y = stackalloc double[Points];
        for (int cell = 0; cell <= Cells; cell++)
        {
            for (int i = 0; i < Points; i++)
            {
                // The cells at the ends are half beyond the interval, where nothing is asked for.
                x[i] = cell switch { 0 => 0.125 * i, Cells => -0.125 * i, _ => 0.25 * (i - 2) };
                y[i] = series.At((cell + x[i] - _shift) / _scale);
            }
            Interpolate(x, y, _coefficients.AsSpan(cell * Stride, Points));
        }
    }

    /// <summary>Value at a point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double At(double u)
    {
        double place = Math.FusedMultiplyAdd(u, _scale, _shift), rounded = place + Round, s = place - (rounded - Round), square = s * s;
        int cell = (int)BitConverter.DoubleToInt64Bits(rounded) & 0xFFFFF;
        ref double c = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_coefficients), Math.Min(cell, Cells) * Stride);
        double low = Math.FusedMultiplyAdd(Unsafe.Add(ref c, 1), s, c),
            high = Math.FusedMultiplyAdd(Unsafe.Add(ref c, 3), s, Unsafe.Add(ref c, 2));
        return Math.FusedMultiplyAdd(Math.FusedMultiplyAdd(Unsafe.Add(ref c, 4), square, high), square, low);
    }

    /// <summary>Coefficients of the powers of x of the polynomial through points, by Newton's divided differences.</summary>
    private static void Interpolate(ReadOnlySpan<double> x, Span<double> y, Span<double> powers)
    {
        for (int order = 1; order < Points; order++)
            for (int i = Points - 1; i >= order; i--)
                y[i] = (y[i] - y[i - 1]) / (x[i] - x[i - order]);
        powers.Clear();
        for (int i = Points - 1; i >= 0; i--)
        {
            for (int k = Points - 1; k > 0; k--)
                powers[k] = powers[k - 1] - x[i] * powers[k];
            powers[0] = y[i] - x[i] * powers[0];
        }
    }
}
