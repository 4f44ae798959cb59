using System.Globalization;

namespace FvSolver.Materials;

/// <summary>Allowed range of a number.</summary>
/// <param name="Min">Smallest allowed value.</param>
/// <param name="Max">Largest allowed value.</param>
/// <param name="ExclusiveMin">True when <paramref name="Min"/> itself is not allowed.</param>
/// <param name="ExclusiveMax">True when <paramref name="Max"/> itself is not allowed.</param>
public readonly record struct Bounds(double Min, double Max, bool ExclusiveMin = false, bool ExclusiveMax = false)
{
    /// <summary>Every finite number.</summary>
    public static Bounds Any { get; } = new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Numbers greater than zero.</summary>
    public static Bounds Positive { get; } = new(0, double.PositiveInfinity, ExclusiveMin: true);

    /// <summary>Zero and above.</summary>
    public static Bounds NonNegative { get; } = new(0, double.PositiveInfinity);

    /// <summary>Tells what is allowed when a value is not.</summary>
    /// <param name="value">Value to be checked.</param>
    /// <param name="unit">Unit of the value and of the bounds; <c>1</c> when dimensionless.</param>
    /// <returns>Null when the value is allowed, else e.g. <c>must be greater than 0 m</c>.</returns>
    public string? Violation(double value, string unit)
    {
        if (!double.IsFinite(value))
            return "must be a finite number";
        bool low = ExclusiveMin ? value <= Min : value < Min;
        bool high = ExclusiveMax ? value >= Max : value > Max;
        return low || high ? "must be " + Describe(unit) : null;
    }

    /// <summary>The range in words, e.g. <c>greater than 0 and at most 1</c>.</summary>
    public string Describe(string unit)
    {
        string suffix = unit == "1" ? "" : " " + unit;
        string? low = double.IsNegativeInfinity(Min) ? null : $"{(ExclusiveMin ? "greater than" : "at least")} {Text(Min)}";
        string? high = double.IsPositiveInfinity(Max) ? null : $"{(ExclusiveMax ? "less than" : "at most")} {Text(Max)}";
        return (low, high) switch
        {
            (null, null) => "a finite number" + (suffix.Length > 0 ? " of" + suffix : ""),
            (null, _) => high + suffix,
            (_, null) => low + suffix,
            _ => $"{low} and {high}{suffix}",
        };
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
