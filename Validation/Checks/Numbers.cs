using System.Globalization;

namespace FvSolver.Validation.Checks;

/// <summary>Numbers as the tables print them.</summary>
internal static class Numbers
{
    /// <summary>Up to six digits; an exponent below 1e-3 and from 1e6.</summary>
    public static string Text(double value)
    {
        double size = Math.Abs(value);
        string format = value == 0 || (size >= 1e-3 && size < 1e6) ? "G6" : "0.#####E+0";
        return double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture).Replace("E+", "e").Replace("E-", "e-") : "";
    }

    /// <summary>An error with two digits, in percent where it is relative and not tiny.</summary>
    public static string Error(double error, bool percent)
    {
        double size = Math.Abs(error);
        string text = percent && size >= 1e-3
            ? (100 * error).ToString(size < 10 ? "+0.##;-0.##" : "+0;-0", CultureInfo.InvariantCulture) + " %"
            : error.ToString("+0.0E+0;-0.0E+0", CultureInfo.InvariantCulture).Replace("E+", "e").Replace("E-", "e-");
        return error == 0 ? "0" : text;
    }

    /// <summary>A duration.</summary>
    public static string Seconds(double seconds) =>
        seconds.ToString(seconds < 10 ? "0.00" : "0", CultureInfo.InvariantCulture) + " s";

    /// <summary>A number for SVG coordinates.</summary>
    public static string Coordinate(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
