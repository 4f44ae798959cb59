using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace FvSolver.Cases.Figures;

/// <summary>Numbers and units as print sets them.</summary>
internal static partial class Typography
{
    private const string SuperscriptDigits = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>10 to an integer power, e.g. 10⁻⁹.</summary>
    public static string PowerOfTen(int exponent) => "10" + Superscript(exponent.ToString(CultureInfo.InvariantCulture));

    /// <summary>A unit such as m^-3 or m^2/s with raised exponents.</summary>
    public static string Unit(string unit) => Exponent().Replace(unit, m => Superscript(m.Groups[1].Value));

    /// <summary>A number with few digits and a true minus sign, e.g. −1.5 or 3.2×10⁻¹².</summary>
    public static string Number(double value, string format = "G6")
    {
        string[] parts = value.ToString(format, CultureInfo.InvariantCulture).Split('E');
        string mantissa = parts[0].Replace('-', '−');
        return parts.Length == 1 ? mantissa : $"{mantissa}×{PowerOfTen(int.Parse(parts[1], CultureInfo.InvariantCulture))}";
    }

    /// <summary>A value with a prefix to its unit, e.g. 5 ns.</summary>
    public static string Quantity(double value, string unit)
    {
        if (value == 0 || !double.IsFinite(value))
            return $"{Number(value)} {unit}";
        int power = Math.Clamp((int)Math.Floor(Math.Log10(Math.Abs(value)) / 3 + 1e-9), -6, 4);
        return $"{Number(value / Math.Pow(10, 3 * power), "G3")} {Prefix(power)}{unit}";
    }

    /// <summary>A unit with the prefix of a power of ten, e.g. nm; null when the unit or the power has none.</summary>
    public static string? Prefixed(string unit, int power) =>
        unit is "m" or "s" or "V" or "A" or "S" or "ohm" or "J" or "C" or "F" or "W" or "Hz" or "Pa" && power % 3 == 0
            && power is >= -18 and <= 12 ? Prefix(power / 3) + unit : null;

    private static string Prefix(int thousands) => "afpnµm kMGT"[thousands + 6].ToString().Trim();

    private static string Superscript(string digits)
    {
        var text = new StringBuilder();
        foreach (char c in digits)
            text.Append(c == '-' ? '⁻' : SuperscriptDigits[c - '0']);
        return text.ToString();
    }

    [GeneratedRegex(@"\^(-?\d+)(?!\.)")]
    private static partial Regex Exponent();
}
