using System.Globalization;

namespace FvSolver.Cases.Compact.Emit;

/// <summary>Numbers as all consumers read them.</summary>
internal static class NumberText
{
    /// <summary>A number to the last bit.</summary>
    public static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture).ToLowerInvariant();

    /// <summary>A number of Python or C++ to the last bit: always with a point or an exponent.</summary>
    public static string Real(double value)
    {
        string text = Exact(value);
        return text.AsSpan().IndexOfAny(".e") >= 0 ? text : text + ".0";
    }

    /// <summary>A number with some digits, for comments.</summary>
    public static string Short(double value, int digits = 6) => value.ToString("g" + digits, CultureInfo.InvariantCulture);

    /// <summary>A list of numbers.</summary>
    public static string List(IEnumerable<double> values) => string.Join(", ", values.Select(Real));

    /// <summary>Text in one line.</summary>
    public static string Line(string text) => text.ReplaceLineEndings(" ");
}
