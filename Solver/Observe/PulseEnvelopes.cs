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

    /// <summary>Adds a pulse.</summary>
    /// <param name="number">Its number, from 1.</param>
    /// <param name="after">Conductance after it [S].</param>
    /// <param name="step">Step of conductance [S].</param>
    /// <param name="bound">Bound on the error of the conductance after it [S].</param>
    public void Add(long number, double after, double step, double bound)
    {
        int decade = 0;
        for (long limit = 10; number >= limit && decade < Decades - 1; limit *= 10)
            decade++;
        Span<double> s = _sums.AsSpan(decade * Width, Width);
        bool isFirst = s[0] == 0;
        s[0]++;
        s[1] = isFirst ? after : Math.Min(s[1], after);
        s[2] += after;
        s[3] = isFirst ? after : Math.Max(s[3], after);
        s[4] = isFirst ? step : Math.Min(s[4], step);
        s[5] += step;
        s[6] = isFirst ? step : Math.Max(s[6], step);
        s[7] = Math.Max(s[7], bound);
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
