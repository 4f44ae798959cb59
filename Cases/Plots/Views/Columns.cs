using FvSolver.Cases.Figures;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Plots.Views;

/// <summary>Columns of a table, asked for by name; a result of an older or smaller run may lack some.</summary>
internal static class Columns
{
    /// <summary>True when the table has rows and all of the columns.</summary>
    public static bool Has(this Table table, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
            if (table.Columns.All(c => c.Name != name))
                return false;
        return table.Count > 0;
    }

    /// <summary>Values of a column times a factor, on some rows.</summary>
    public static double[] Take(this Table table, string column, IEnumerable<int> rows, double factor)
    {
        IReadOnlyList<double> values = table[column];
        return [.. rows.Select(i => values[i] * factor)];
    }

    /// <summary>Rows of pulses that push protons in (positive amplitude), and of those that draw them out.</summary>
    public static (int[] Up, int[] Down) Directions(this Table pulses)
    {
        IReadOnlyList<double> amplitude = pulses["amplitude"];
        return ([.. Enumerable.Range(0, pulses.Count).Where(i => amplitude[i] > 0)],
            [.. Enumerable.Range(0, pulses.Count).Where(i => amplitude[i] < 0)]);
    }

    /// <summary>Rows that show what all of them show: of many in a row the one with the smallest
    /// and the one with the largest value.</summary>
    public static int[] Extremes(this Table table, string column, int[] rows)
    {
        const int Most = 20000;
        if (rows.Length <= Most)
            return rows;
        IReadOnlyList<double> values = table[column];
        return [.. rows.Chunk(2 * rows.Length / Most + 1).SelectMany(c => new[] { c.MinBy(i => values[i]), c.MaxBy(i => values[i]) })
            .Distinct().Order()];
    }

    /// <summary>Markers for few points, dots for many.</summary>
    public static CurveStyle PointStyle(int count) => count > 60 ? CurveStyle.Dots : CurveStyle.Markers;

    /// <summary>Number of the pulse of a row, from 1.</summary>
    public static double PulseNumber(this Table pulses, int row) => pulses.Has("pulse") ? pulses["pulse"][row] : row + 1.0;

    /// <summary>Words for the pulses of one direction, with amplitude and width where they are the same for all.</summary>
    public static string PulseLabel(this Table pulses, string direction, int[] rows)
    {
        string amplitude = Common(pulses, "amplitude", rows, "V"), width = Common(pulses, "width", rows, "s");
        string detail = string.Join(", ", new[] { amplitude, width }.Where(s => s.Length > 0));
        return detail.Length > 0 ? $"{direction}: {detail}" : direction;
    }

    private static string Common(Table pulses, string column, int[] rows, string unit)
    {
        if (rows.Length == 0 || !pulses.Has(column))
            return "";
        IReadOnlyList<double> values = pulses[column];
        double first = values[rows[0]];
        if (rows.Any(i => Math.Abs(values[i] - first) > 1e-9 * Math.Abs(first)))
            return "";
        string text = Typography.Quantity(first, unit);
        return unit == "V" && first > 0 ? "+" + text : text;
    }
}
