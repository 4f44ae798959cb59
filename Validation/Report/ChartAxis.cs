using FvSolver.Validation.Checks;

namespace FvSolver.Validation.Report;

/// <summary>Maps values to positions along one side of a figure, and chooses the ticks.</summary>
internal sealed class ChartAxis
{
    private readonly bool _log;
    private readonly double _low, _high, _start, _end;

    public ChartAxis(IEnumerable<double> values, bool log, double start, double end)
    {
        (_log, _start, _end) = (log, start, end);
        double[] scaled = [.. values.Where(Shows).Select(Scale)];
        (_low, _high) = scaled.Length == 0 ? (0, 1) : (scaled.Min(), scaled.Max());
        double margin = _high > _low ? 0.04 * (_high - _low) : Math.Max(0.5, 0.1 * Math.Abs(_high));
        (_low, _high) = (_low - margin, _high + margin);
    }

    /// <summary>True when the value has a place on the axis.</summary>
    public bool Shows(double value) => double.IsFinite(value) && (!_log || value > 0);

    /// <summary>Position of a value.</summary>
    public double Position(double value) => _start + (Scale(value) - _low) / (_high - _low) * (_end - _start);

    /// <summary>Values of the ticks and their labels.</summary>
    public IEnumerable<(double Value, string Label)> Ticks()
    {
        if (_log && _high - _low > 1.2)
        {
            int step = Math.Max(1, (int)Math.Ceiling((_high - _low) / 6));
            for (int k = (int)Math.Ceiling(_low / step) * step; k <= _high; k += step)
                yield return (Math.Pow(10, k), k is >= -2 and <= 3 ? Numbers.Text(Math.Pow(10, k)) : "10" + Superscript(k));
            yield break;
        }
        (double low, double high) = _log ? (Math.Pow(10, _low), Math.Pow(10, _high)) : (_low, _high);
        double raw = (high - low) / 5, power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double width = power * (raw / power < 1.5 ? 1 : raw / power < 3.5 ? 2 : raw / power < 7.5 ? 5 : 10);
        for (double k = Math.Ceiling(low / width); k * width <= high; k++)
            yield return (k * width, Numbers.Text(Math.Round(k * width / power, 6) * power));
    }

    private static string Superscript(int k) =>
        string.Concat(k.ToString().Select(c => c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']));

    private double Scale(double value) => _log ? Math.Log10(value) : value;
}
