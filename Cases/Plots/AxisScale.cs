using FvSolver.Cases.Figures;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace FvSolver.Cases.Plots;

/// <summary>
/// How values of an axis become coordinates, and the ends and ticks of the axis: linear with a common power of ten
/// taken into the caption, or logarithmic; reversed when values grow downward.
/// </summary>
internal sealed class AxisScale
{
    /// <summary>Decades on an axis below which the round numbers of a decade are too few [decades].</summary>
    private const double Narrow = 0.3;

    private readonly bool _log, _isWhole;
    private readonly double _sign;
    private readonly double? _tickStep;
    private readonly double _factor = 1;

    /// <summary>An axis over given values.</summary>
    /// <param name="spec">What the axis shows.</param>
    /// <param name="values">All values that it must hold; those that cannot be shown are passed over.</param>
    /// <param name="margin">Room beyond the values, as a fraction of their span.</param>
    public AxisScale(AxisSpec spec, IEnumerable<double> values, double margin)
    {
        _log = spec.Log;
        _isWhole = spec.Whole;
        _tickStep = spec.TickStep;
        _sign = spec.Reversed ? -1 : 1;
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double v in values)
        {
            if (!Shows(v))
                continue;
            low = Math.Min(low, v);
            high = Math.Max(high, v);
        }
        if (low > high)
            (low, high) = _log ? (1, 10) : (0, 1);

        string unit = Typography.Unit(spec.Unit);
        if (!_log)
        {
            double largest = Math.Max(Math.Abs(spec.Min ?? low), Math.Abs(spec.Max ?? high));
            if (largest is >= 2e4 or < 1e-2 and > 0)
            {
                int power = 3 * (int)Math.Floor(Math.Log10(largest) / 3 + 1e-9);
                _factor = Math.Pow(10, -power);
                unit = Typography.Prefixed(unit, power)
                    ?? (unit is "1" or "" ? Typography.PowerOfTen(power) : $"{Typography.PowerOfTen(power)} {unit}");
            }
        }
        Caption = unit is "1" or "" ? spec.Label : $"{spec.Label} ({unit})";

        (double a, double b) = (Scaled(low), Scaled(high));
        // A constant is shown with some room around it rather than with its rounding errors.
        double room = _log || spec.Whole ? 1 : Math.Max(0.2 * Math.Abs(a), 1e-9);
        double span = b - a > 1e-9 * Math.Max(Math.Abs(a), Math.Abs(b)) ? b - a : room;
        if (b - a < span)
            (a, b) = (a - span / 2, b + span / 2);
        a = spec.Min is { } min && Shows(min) ? Scaled(min) : a - margin * span;
        b = spec.Max is { } max && Shows(max) ? Scaled(max) : b + margin * span;
        (Low, High) = spec.Reversed ? (-b, -a) : (a, b);
    }

    /// <summary>Lower end, in coordinates.</summary>
    public double Low { get; }

    /// <summary>Upper end, in coordinates.</summary>
    public double High { get; }

    /// <summary>Label with unit and power of ten.</summary>
    public string Caption { get; }

    /// <summary>False for values that the axis cannot show.</summary>
    public bool Shows(double value) => double.IsFinite(value) && (!_log || value > 0);

    /// <summary>Coordinate of a value; NaN when it cannot be shown.</summary>
    public double Map(double value) => Shows(value) ? _sign * Scaled(value) : double.NaN;

    /// <summary>Position between the ends, from 0 to 1.</summary>
    public double Fraction(double value) => (Map(value) - Low) / (High - Low);

    /// <summary>Coordinates of lines at round values within the ends, about as many as wanted.</summary>
    public IReadOnlyList<double> RoundLevels(int count)
    {
        double step = RoundStep((High - Low) / (count + 1));
        var levels = new List<double>();
        for (double k = Math.Ceiling(Low / step); k * step <= High; k++)
            levels.Add(k * step);
        return levels;
    }

    private static double RoundStep(double about)
    {
        double decade = Math.Pow(10, Math.Floor(Math.Log10(about)));
        return new[] { 1.0, 2, 5, 10 }.Select(m => m * decade).MinBy(s => Math.Abs(Math.Log(s / about)));
    }

    /// <summary>Ticks for the plotting library.</summary>
    /// <param name="density">Share of its usual number of numbers on a linear axis.</param>
    public ITickGenerator Ticks(double density)
    {
        if (_log)
            return LogTicks();
        if (_tickStep is { } step)
            return EqualTicks(step * _factor);
        return new NumericAutomatic
        {
            LabelFormatter = v => Typography.Number(Math.Round(_sign * v, 10) + 0.0),
            TickDensity = density,
            IntegerTicksOnly = _isWhole,
        };
    }

    private NumericManual EqualTicks(double step)
    {
        var ticks = new NumericManual();
        for (double k = Math.Ceiling(Low / step); k * step <= High; k++)
            ticks.AddMajor(k * step, Typography.Number(_sign * k * step + 0.0));
        return ticks;
    }

    private double Scaled(double value) => _log ? Math.Log10(value) : value * _factor;

    private NumericManual LogTicks()
    {
        var ticks = new NumericManual();
        (double from, double to) = _sign > 0 ? (Low, High) : (-High, -Low);
        bool few = to - from < 3;
        if (to - from < Narrow)
            return NarrowTicks(from, to);
        int every = Math.Max(1, (int)Math.Ceiling((to - from) / 8));
        for (int decade = (int)Math.Floor(from); decade <= to; decade++)
        {
            for (int digit = 1; digit <= 9; digit++)
            {
                double at = decade + Math.Log10(digit);
                if (at < from - 1e-9 || at > to + 1e-9)
                    continue;
                bool major = digit == 1 ? decade % every == 0 : few && (digit is 2 or 5 || to - from < 0.7);
                if (major)
                    ticks.AddMajor(_sign * at, LogLabel(decade, digit, few));
                else if (every == 1 || digit == 1)
                    ticks.AddMinor(_sign * at);
            }
        }
        return ticks;
    }

    /// <summary>Numbers at equal distances, where there are too few round ones within a decade.</summary>
    private NumericManual NarrowTicks(double from, double to)
    {
        var ticks = new NumericManual();
        (double low, double high) = (Math.Pow(10, from), Math.Pow(10, to));
        double step = RoundStep((high - low) / 4);
        for (double k = Math.Ceiling(low / step); k * step <= high; k++)
            ticks.AddMajor(_sign * Math.Log10(k * step), Typography.Number(k * step));
        return ticks;
    }

    private static string LogLabel(int decade, int digit, bool plain) => (plain, decade) switch
    {
        (true, >= -3 and < 4) => Typography.Number(digit * Math.Pow(10, decade)),
        _ => digit == 1 ? Typography.PowerOfTen(decade) : $"{digit}×{Typography.PowerOfTen(decade)}",
    };
}
