using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Observe;

/// <summary>What all pulses of a run did, decade by decade of their number, where only some of them have rows of their own.</summary>
public sealed class PulseEnvelopes
{
    private const int Decades = 10, Width = 8;

    private readonly double[] _sums = new double[Decades * Width];

    /// <summary>Columns of <see cref="ToTable"/>.</summary>
    public static IReadOnlyList<Column> Columns { get; } =
    [
        new("first", "1", "number of the first pulse of the decade"),
        new("count", "1", "pulses of the decade"),
        new("conductance_minimum", "S", "smallest conductance after a pulse"),
        new("conductance_mean", "S", "mean conductance after a pulse"),
        new("conductance_maximum", "S", "largest conductance after a pulse"),
        new("step_minimum", "S", "smallest step of conductance"),
        new("step_mean", "S", "mean step of conductance"),
        new("step_maximum", "S", "largest step of conductance"),
        new("bound_after_maximum", "S", "largest bound on the error of the conductance after a pulse"),
    ];

    /// <summary>Adds pulses that follow one another.</summary>
    /// <param name="number">Number of the first, from 1.</param>
    /// <param name="after">Conductance after each [S].</param>
    /// <param name="step">Step of conductance of each [S].</param>
    /// <param name="bound">Bound on the error of the conductance after each [S].</param>
    public void Add(long number, ReadOnlySpan<double> after, ReadOnlySpan<double> step, ReadOnlySpan<double> bound)
    {
        for (int done = 0, count; done < after.Length; done += count)
        {
            int decade = 0;
            long limit = 10;
            for (; number + done >= limit && decade < Decades - 1; limit *= 10)
                decade++;
            count = decade == Decades - 1 ? after.Length - done : (int)Math.Min(after.Length - done, limit - number - done);
            Span<double> s = _sums.AsSpan(decade * Width, Width);
            bool isFirst = s[0] == 0;
            s[0] += count;
            Take(s[1..4], after.Slice(done, count), isFirst);
            Take(s[4..7], step.Slice(done, count), isFirst);
            Span<double> bounds = [s[7], 0, s[7]];
            Take(bounds, bound.Slice(done, count), isFirst: false);
            s[7] = bounds[2];
        }
    }

    /// <summary>Takes numbers into their minimum, sum and maximum.</summary>
    private static void Take(Span<double> range, ReadOnlySpan<double> numbers, bool isFirst)
    {
        (double least, double most) = SpanSums.Range(numbers);
        range[0] = isFirst ? least : Math.Min(range[0], least);
        range[1] += SpanSums.Sum(numbers);
        range[2] = isFirst ? most : Math.Max(range[2], most);
    }

    /// <summary>All as numbers, for a checkpoint.</summary>
    public double[] Values
    {
        get => [.. _sums];
        set => value.CopyTo(_sums, 0);
    }

    /// <summary>One row a decade.</summary>
    public Table ToTable()
    {
        var table = new Table(Columns);
        for (int d = 0; d < Decades; d++)
            if (_sums.AsSpan(d * Width, Width) is var s && s[0] > 0)
                table.Append([Math.Pow(10, d), s[0], s[1], s[2] / s[0], s[3], s[4], s[5] / s[0], s[6], s[7]]);
        return table;
    }
}
