namespace FvSolver.Validation.Checks;

/// <summary>How far a computed number may be from the expected one.</summary>
public readonly record struct Band
{
    private enum Measure
    {
        Relative,
        Absolute,
        Range,
        Shown,
    }

    private readonly Measure _measure;
    private readonly double _low, _high;

    private Band(Measure measure, double low, double high) => (_measure, _low, _high) = (measure, low, high);

    /// <summary>Printed and not judged.</summary>
    public static Band Shown { get; } = new(Measure.Shown, 0, 0);

    /// <summary>|computed - expected| at most a fraction of |expected|.</summary>
    public static Band Relative(double width) => new(Measure.Relative, -width, width);

    /// <summary>|computed - expected| at most this, in the unit of the quantity.</summary>
    public static Band Absolute(double width) => new(Measure.Absolute, -width, width);

    /// <summary>Computed value within these bounds, in the unit of the quantity.</summary>
    public static Band Between(double low, double high) => new(Measure.Range, low, high);

    /// <summary>Computed value at most this, in the unit of the quantity.</summary>
    public static Band AtMost(double high) => new(Measure.Range, double.NegativeInfinity, high);

    /// <summary>Computed value at least this, in the unit of the quantity.</summary>
    public static Band AtLeast(double low) => new(Measure.Range, low, double.PositiveInfinity);

    /// <summary>False for <see cref="Shown"/>.</summary>
    public bool Judged => _measure != Measure.Shown;

    /// <summary>True when the computed value is inside; a NaN never is.</summary>
    public bool Contains(double computed, double expected)
    {
        double value = _measure == Measure.Range ? computed : Error(computed, expected);
        return _measure == Measure.Shown || (value >= _low && value <= _high);
    }

    /// <summary>Distance from the expected value: absolute in an absolute band, else relative.</summary>
    public double Error(double computed, double expected) =>
        _measure == Measure.Absolute ? computed - expected : (computed - expected) / Math.Abs(expected);

    /// <summary>Place within the band, -1 and 1 being its ends; null when the band does not have two.</summary>
    public double? Place(double computed, double expected) => _measure switch
    {
        Measure.Shown => null,
        Measure.Range => double.IsFinite(_high - _low) ? (2 * computed - _low - _high) / (_high - _low) : null,
        _ => _high > 0 && !double.IsNaN(computed) ? Error(computed, expected) / _high : null,
    };

    /// <summary>The band in a few characters.</summary>
    public override string ToString() => _measure switch
    {
        Measure.Relative => $"±{Numbers.Text(_high)} rel.",
        Measure.Absolute => $"±{Numbers.Text(_high)}",
        Measure.Range when double.IsNegativeInfinity(_low) => $"≤ {Numbers.Text(_high)}",
        Measure.Range when double.IsPositiveInfinity(_high) => $"≥ {Numbers.Text(_low)}",
        Measure.Range => $"{Numbers.Text(_low)} to {Numbers.Text(_high)}",
        _ => "shown",
    };

    /// <summary>The error in the unit of the band, in a few characters.</summary>
    public string ErrorText(double computed, double expected)
    {
        double error = Error(computed, expected);
        return !double.IsFinite(error) ? "" : Numbers.Error(error, percent: _measure != Measure.Absolute);
    }
}
