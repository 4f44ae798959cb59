using System.Globalization;
using FvSolver.Materials;

namespace FvSolver.Cases.Input;

/// <summary>Ranges within which values of a device of this kind lie, well inside what can be computed:
/// outside, a unit was probably forgotten.</summary>
internal static class PlausibleRange
{
    // By unit, and by the end of the path where that is not enough.
    private static readonly Dictionary<string, (double Least, double Most, string Example)> Units = new()
    {
        ["m"] = (1e-14, 1e-2, "nm"),
        ["K"] = (80, 3000, "K"),
        ["eV"] = (-20, 20, "eV"),
        ["V"] = (-1e4, 1e4, "V"),
    };

    private static readonly (string Ending, double Least, double Most, string Example)[] Endings =
    [
        ("thickness", 1e-11, 1e-5, "nm"),
        ("distance", 1e-12, 1e-7, "nm"),
        ("edge_time", 1e-13, 1e-2, "ns"),
    ];

    /// <summary>Longest pulse that is plausible [s].</summary>
    public const double LongestPulse = 1;

    /// <summary>Refuses implausible values that a case sets.</summary>
    /// <exception cref="InputException">One is outside; the message says what it means and what may have been meant.</exception>
    public static void Check(ParameterSet set)
    {
        foreach ((string path, ParameterSet.Entry entry) in set.OfUser)
            if (entry.Value is double value && Find(path) is { } parameter)
                Check(entry.Node, path, parameter.Unit, value);
    }

    /// <summary>Refuses a pulse that lasts implausibly long.</summary>
    public static void CheckPulse(TableReader table, string key, double width)
    {
        if (width > LongestPulse)
            throw table.Error(key, Words(width, "s", 0, LongestPulse, "ns"));
    }

    private static Parameter? Find(string path) => ParameterCatalogue.Device.Find(path) ?? RunSettings.Catalogue.Find(path);

    private static void Check(InputNode node, string path, string unit, double value)
    {
        if (!double.IsFinite(value) || value == 0)
            return;
        (string _, double least, double most, string example) =
            Endings.FirstOrDefault(e => path.EndsWith(e.Ending, StringComparison.Ordinal));
        if (example is null)
        {
            if (!Units.TryGetValue(unit, out var range))
                return;
            (least, most, example) = range;
        }
        if (value < least || value > most)
            throw InputValue.Error(node, path, Words(value, unit, least, most, example));
    }

    // 5 for 5 m is the unit forgotten; 10 mm is something else.
    private static string Words(double value, string unit, double least, double most, string example) =>
        $"means {QuantityText.Format(value, unit)}, which is not plausible ({QuantityText.Format(least, unit)} to "
            + $"{QuantityText.Format(most, unit)}); "
        + (Math.Abs(value) is >= 0.1 and < 1000 && example != unit
            ? $"did you mean \"{value.ToString("G6", CultureInfo.InvariantCulture)} {example}\"? " : "")
        + "--force accepts it";
}
