using System.Globalization;
using FvSolver.Materials;

namespace FvSolver.Cases.Input;

/// <summary>Range within which a quantity of a device of this kind lies, well inside what can be computed:
/// outside, a unit was probably forgotten.</summary>
/// <param name="Least">Least magnitude other than zero [unit of the parameter].</param>
/// <param name="Most">Largest magnitude [unit of the parameter].</param>
/// <param name="Example">Unit in which people think of it.</param>
internal sealed record PlausibleRange(double Least, double Most, string Example)
{
    /// <summary>Longest pulse that is plausible [s].</summary>
    public const double LongestPulse = 1;

    private static readonly Dictionary<string, PlausibleRange> Units = new()
    {
        ["m"] = new(1e-14, 1e-2, "nm"),
        ["s"] = new(1e-15, 1e9, "ns"),
        ["K"] = new(80, 3000, "degC"),
        ["V"] = new(0, 1e4, "mV"),
        ["eV"] = new(0, 20, "meV"),
        ["V/m"] = new(1e5, 1e11, "V/nm"),
        ["V/K"] = new(1e-9, 0.1, "mV/K"),
        ["(m/V)^0.5"] = new(1e-8, 0.1, "(cm/V)^0.5"),
        ["ohm"] = new(1e-3, 1e15, "Mohm"),
        ["S/m"] = new(1e-30, 1e8, "S/cm"),
        ["A/m^2"] = new(1e-15, 1e17, "A/cm^2"),
        ["1/s"] = new(1e-15, 1e18, "1/ns"),
        ["m^2/s"] = new(1e-32, 1e-5, "cm^2/s"),
        ["m^2/(V s)"] = new(1e-18, 10, "cm^2/(V s)"),
        ["m^3/s"] = new(1e-36, 1e-9, "cm^3/s"),
        ["m^-2"] = new(1e8, 1e21, "nm^-2"),
        ["m^-3"] = new(1e12, 1e30, "cm^-3"),
        ["m^-3/bar"] = new(1e12, 1e30, "cm^-3/bar"),
        ["m^3/mol"] = new(1e-7, 1e-3, "cm^3/mol"),
        ["Pa"] = new(1e-9, 1e11, "GPa"),
        ["J/m^2"] = new(1e-5, 1e3, "mJ/m^2"),
        ["J/mol"] = new(100, 1e6, "kJ/mol"),
        ["J/(mol K)"] = new(0.1, 1e3, "kJ/(mol K)"),
        ["J/(m^3 K)"] = new(1e3, 1e8, "J/(cm^3 K)"),
        ["W/(m K)"] = new(1e-3, 1e4, "W/(cm K)"),
        ["W/(m^2 K)"] = new(1e-3, 1e12, "W/(cm^2 K)"),
    };

    // By the end of the path, where the unit alone is not enough.
    private static readonly (string Ending, PlausibleRange Range)[] Endings =
    [
        ("thickness", new(1e-11, 1e-5, "nm")),
        ("distance", new(1e-12, 1e-7, "nm")),
        ("edge_time", new(1e-13, 1e-2, "ns")),
        ("wo3.site_density", new(1e26, 1e30, "cm^-3")),
        ("atom_density", new(1e26, 1e30, "cm^-3")),
    ];

    /// <summary>The range of a parameter; null for one without a dimension.</summary>
    public static PlausibleRange? Of(Parameter parameter) =>
        Endings.FirstOrDefault(e => parameter.Path.EndsWith(e.Ending, StringComparison.Ordinal)).Range
            ?? Units.GetValueOrDefault(parameter.Unit);

    /// <summary>Refuses implausible values that a case sets.</summary>
    /// <exception cref="InputException">One is outside; the message says what it means and what may have been meant.</exception>
    public static void Check(ParameterSet set)
    {
        foreach ((string path, ParameterSet.Entry entry) in set.OfUser)
            if (RunSettings.FindParameter(path) is { } parameter && Of(parameter) is { } range)
                foreach (double value in Numbers(entry.Value))
                    if (!range.Holds(value))
                        throw InputValue.Error(entry.Node, path, range.Words(value, parameter.Unit));
    }

    /// <summary>Refuses a pulse that lasts implausibly long.</summary>
    public static void CheckPulse(TableReader table, string key, double width)
    {
        if (width > LongestPulse)
            throw table.Error(key, new PlausibleRange(0, LongestPulse, "ns").Words(width, "s"));
    }

    /// <summary>The range in words, e.g. <c>10 pm to 10 um</c>.</summary>
    /// <param name="unit">Unit of the parameter.</param>
    public string Describe(string unit) => $"{QuantityText.Format(Least, unit)} to {QuantityText.Format(Most, unit)}";

    private static IEnumerable<double> Numbers(object value) => value switch
    {
        double number => [number],
        NumberList list => list.Values,
        _ => [],
    };

    // Zero is no forgotten unit; what is not finite is refused elsewhere.
    private bool Holds(double value) => value == 0 || !double.IsFinite(value) || (Math.Abs(value) >= Least && Math.Abs(value) <= Most);

    // 5 for 5 m is the unit forgotten; 10 mm is something else.
    private string Words(double value, string unit)
    {
        string meant = $"{value.ToString("G6", CultureInfo.InvariantCulture)} {Example}";
        bool forgotten = Math.Abs(value) >= 0.1 && QuantityText.Parse(meant, unit, out double inUnit) is null && Holds(inUnit);
        return $"means {QuantityText.Format(value, unit)}, which is not plausible ({Describe(unit)}); "
            + (forgotten ? $"did you mean \"{meant}\"? " : "") + "--force accepts it";
    }
}
