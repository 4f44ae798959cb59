using System.Globalization;

namespace FvSolver.Cases.Input;

/// <summary>Numbers with units as text: <c>10 nm</c>, <c>88 Mohm</c>, <c>4e4 A/m^2</c>.</summary>
public static class QuantityText
{
    private static readonly HashSet<string> PrefixedUnits = ["m", "s", "V", "A", "ohm", "S", "Pa", "J", "C", "W", "F"];
    private static readonly (int Decade, string Prefix)[] Prefixes =
        [(12, "T"), (9, "G"), (6, "M"), (3, "k"), (0, ""), (-3, "m"), (-6, "u"), (-9, "n"), (-12, "p"), (-15, "f"), (-18, "a")];

    /// <summary>Reads a number with a unit.</summary>
    /// <param name="text">E.g. <c>10 nm</c>.</param>
    /// <param name="unit">Unit of the result, e.g. <c>m</c>; <c>1</c> when dimensionless; null
    /// takes any unit and gives SI base units.</param>
    /// <param name="value">The number in that unit.</param>
    /// <returns>Null, or what is wrong and what is allowed.</returns>
    public static string? Parse(string text, string? unit, out double value)
    {
        value = double.NaN;
        string trimmed = text.Trim().Replace('\u2212', '-');
        int end = NumberLength(trimmed);
        if (end == 0)
            return $"must be a number{Example(unit)}";
        string number = trimmed[..end];
        string symbol = trimmed[end..].Trim();
        if (symbol.Length == 0 && unit is not (null or "1"))
            return $"must have a unit{Example(unit)}";
        if (unit == "K" && symbol is "degC" or "\u00b0C")
        {
            value = Read(number) + 273.15;
            return null;
        }
        Unit target = UnitExpression.Parse(unit ?? "1") ?? throw new ArgumentException($"'{unit}' is not a unit.", nameof(unit));
        if (UnitExpression.Parse(symbol.Length == 0 ? "1" : symbol) is not Unit given)
            return $"'{symbol}' is not a unit that is known{Example(unit)}";
        if (unit is not null && !given.Dimension.Matches(target.Dimension))
            return $"must be {(unit == "1" ? "a number without unit" : $"in {unit} or a multiple of it")}, not in {symbol}";
        value = Scale(number, given.Factor / target.Factor, given.Decade - target.Decade);
        return null;
    }

    /// <summary>A number with its unit for people, with a prefix where that is usual, e.g. <c>5.72e-10 m</c> as <c>572 pm</c>.</summary>
    public static string Format(double value, string unit)
    {
        if (unit == "1")
            return Digits(value);
        if (value != 0 && double.IsFinite(value) && PrefixedUnits.Contains(unit))
            foreach ((int decade, string prefix) in Prefixes)
            {
                double scaled = value / Math.Pow(10, decade);
                if (Math.Abs(scaled) >= 1 && Math.Abs(scaled) < 1000)
                    return $"{Digits(scaled)} {prefix}{unit}";
            }
        return $"{Digits(value)} {unit}";
    }

    private static string Digits(double value)
    {
        double size = Math.Abs(value);
        bool scientific = value != 0 && double.IsFinite(value) && size is < 1e-3 or >= 1e5;
        return value.ToString(scientific ? "0.#########e0" : "G10", CultureInfo.InvariantCulture);
    }

    // A power of ten goes into the digits, so that "10 nm" is the double nearest to 1e-8.
    private static double Scale(string number, double factor, double decade)
    {
        if (decade == Math.Floor(decade) && Math.Abs(decade) < 400)
        {
            int e = number.IndexOfAny(['e', 'E']);
            int exponent = 0;
            if (e < 0 || int.TryParse(number.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
            {
                string mantissa = e < 0 ? number : number[..e];
                // A long: the exponent a user writes may be near the limit of an int.
                long sum = exponent + (long)decade;
                return Read($"{mantissa}e{sum}") * factor;
            }
        }
        return Read(number) * factor * Math.Pow(10, decade);
    }

    private static double Read(string number) =>
        double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN;

    // Length of the number at the start of a text; "4e4 A" has 3, "4 eV" has 1.
    private static int NumberLength(string text)
    {
        int at = 0;
        if (at < text.Length && text[at] is '+' or '-')
            at++;
        int digits = 0;
        bool point = false;
        for (; at < text.Length; at++)
        {
            if (char.IsAsciiDigit(text[at]))
                digits++;
            else if (text[at] == '.' && !point)
                point = true;
            else
                break;
        }
        if (digits == 0)
            return 0;
        if (at < text.Length && text[at] is 'e' or 'E')
        {
            int exponent = at + 1;
            if (exponent < text.Length && text[exponent] is '+' or '-')
                exponent++;
            int start = exponent;
            while (exponent < text.Length && char.IsAsciiDigit(text[exponent]))
                exponent++;
            if (exponent > start)
                at = exponent;
        }
        return at;
    }

    private static string Example(string? unit) => unit switch
    {
        null or "1" => "",
        "m" => ", e.g. \"10 nm\"",
        "s" => ", e.g. \"5 ns\"",
        "V" => ", e.g. \"10 V\"",
        _ => $", e.g. \"1 {unit}\"",
    };
}
