using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FvSolver.Solver.Arithmetic;

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

    // Of each cell the coefficients of 1, s, ..., s^4, then those of s, s^2, s^3 in the slope.
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
            Span<double> powers = _coefficients.AsSpan(cell * Stride, Stride);
            Interpolate(x, y, powers[..Points]);
            for (int k = 2; k < Points; k++)
                powers[Points + k - 2] = k * powers[k];
        }
    }

    /// <summary>Goes from a point to itself plus the value at it, again and again.</summary>
    /// <param name="points">The first point; takes the others.</param>
    /// <param name="slopes">Takes the slope at each point that was left.</param>
    /// <param name="from">Where points are left from, within the interval.</param>
    /// <param name="to">Where points may come to.</param>
    /// <returns>Points that were come to.</returns>
    /// <remarks>A point has to wait for the one before, but not for its cell: it is that of the place that was foreseen two points
    /// before.</remarks>
    [MethodImpl(Compilation.HotLoop)]
    public int Walk(Span<double> points, Span<double> slopes, (double Low, double High) from, (double Low, double High) to)
    {
        double u = points[0], before = u, near = u, next = u;
        int count = Math.Min(points.Length - 1, slopes.Length), n = 0;
        for (; n < count && u >= from.Low && u <= from.High; n++)
        {
            (u, before, near, next) = (Next(u, near, out slopes[n]), u, next, u + 2 * (u - before));
            if (!(u >= to.Low && u <= to.High))
                break;
            points[n + 1] = u;
        }
        return n;
    }

    /// <summary>A point plus the value at it, and the slope there.</summary>
    /// <param name="u">The point, in the interval.</param>
    /// <param name="near">A point near it that is known before it is: its cell is taken, unless the point is half a cell beyond.</param>
    /// <param name="slope">The slope.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Next(double u, double near, out double slope)
    {
        double rounded = Rounded(near), s = Math.FusedMultiplyAdd(u, _scale, _shift - (rounded - Round));
        if (!(Math.Abs(s) <= 1))
        {
            rounded = Rounded(u);
            s = Math.FusedMultiplyAdd(u, _scale, _shift - (rounded - Round));
        }
        ref double c = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_coefficients),
            (int)BitConverter.DoubleToInt64Bits(rounded) * Stride);
        double square = s * s, low = Math.FusedMultiplyAdd(Unsafe.Add(ref c, 1), s, u + c),
            high = Math.FusedMultiplyAdd(Unsafe.Add(ref c, 3), s, Unsafe.Add(ref c, 2));
        double first = Math.FusedMultiplyAdd(Unsafe.Add(ref c, 5), s, Unsafe.Add(ref c, 1)),
            third = Math.FusedMultiplyAdd(Unsafe.Add(ref c, 7), s, Unsafe.Add(ref c, 6));
        slope = _scale * Math.FusedMultiplyAdd(third, square, first);
        return Math.FusedMultiplyAdd(Math.FusedMultiplyAdd(Unsafe.Add(ref c, 4), square, high), square, low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Rounded(double u) => double.MinNative(double.MaxNative(Math.FusedMultiplyAdd(u, _scale, _shift), 0), Cells) + Round;

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
