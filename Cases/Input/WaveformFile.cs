using FvSolver.Solver.Drive;

namespace FvSolver.Cases.Input;

/// <summary>Reads a voltage over time from a CSV with a column of times and one of voltages, found by name
/// or by unit; see <see cref="CsvTable"/>.</summary>
/// <remarks>
/// Numbers are in s and V unless the header has other units. Two lines of one time are a vertical edge, which takes the device's edge
/// time, or half the time to the next line where that is less. In place of a voltage a line may say <c>open</c>: from its time on the gate
/// is open, until the next line with a voltage, which the source reaches by a ramp of the device's edge time
/// that ends there; see <see cref="VoltageTable"/>.
/// </remarks>
internal static class WaveformFile
{
    private const string Open = "open";
    private static readonly string[] TimeNames = ["time", "t"],
        VoltageNames = ["voltage", "amplitude", "gate_voltage", "v", "u", "vg", "v_g", "v_gate"];

    /// <summary>Reads and checks a waveform.</summary>
    /// <param name="path">Where the file is.</param>
    /// <param name="name">What the user calls it, for messages.</param>
    /// <param name="edge">Edge time of the device [s].</param>
    public static VoltageTable Read(string path, string name, double edge)
    {
        CsvTable table = CsvTable.Parse(InputFile.Read(path, name), name);
        (int timeAt, double timeUnit) = Find(table, name, "time", TimeNames, "s");
        (int voltageAt, double voltageUnit) = Find(table, name, "voltage", VoltageNames, "V");
        var times = new List<double>();
        var voltages = new List<double>();
        for (int i = 0; i < table.Count; i++)
        {
            double time = table.Number(i, timeAt) * timeUnit;
            if (!double.IsFinite(time))
                throw table.Error(i, timeAt, "must be a finite number");
            if (times.Count == 0 && time != 0)
                throw table.Error(i, timeAt, "the first time must be 0 s");
            if (times.Count > 0 && time < times[^1])
                throw table.Error(i, timeAt, "times must not decrease");
            double voltage = table.Text(i, voltageAt) == Open ? VoltageTable.Open : table.Number(i, voltageAt) * voltageUnit;
            if (!double.IsFinite(voltage) && table.Text(i, voltageAt) != Open)
                throw table.Error(i, voltageAt, "must be a finite number, or open");
            if (times.Count > 0 && double.IsNaN(voltages[^1]) && !double.IsNaN(voltage) && time - times[^1] <= edge)
                throw table.Error(i, timeAt,
                    $"must be more than {QuantityText.Format(edge, "s")} (gate.edge_time) after the line before, where the gate is open");
            times.Add(time);
            voltages.Add(voltage);
        }
        (times, voltages) = WithEdges(times, voltages, edge);
        return times.Count >= 2
            ? new VoltageTable(times, voltages)
            : throw new InputException(name, 0, "", "", "must hold at least two lines of numbers");
    }

    private static (int Column, double Unit) Find(CsvTable table, string source, string what, string[] names, string unit)
    {
        Unit wanted = UnitExpression.Parse(unit)!;
        IReadOnlyList<CsvHeading> columns = table.Columns;
        int[] found = [.. columns.Index().Where(c => names.Contains(c.Item.Name.ToLowerInvariant())).Select(c => c.Index)];
        if (found.Length == 0)
            found = [.. columns.Index().Where(c => UnitExpression.Parse(c.Item.Unit) is { } u && u.Dimension.Matches(wanted.Dimension))
                .Select(c => c.Index)];
        if (found.Length != 1)
            throw new InputException(source, 0, "", "", $"{(found.Length == 0 ? "no column" : $"{found.Length} columns")} for the {what}: "
                + "the first line must name the columns, e.g. time,voltage or time_ns,mV");
        string own = columns[found[0]].Unit;
        if (own.Length == 0)
            return (found[0], 1);
        return UnitExpression.Parse(own) is { } given && given.Dimension.Matches(wanted.Dimension)
            ? (found[0], given.Factor / wanted.Factor * Math.Pow(10, given.Decade - wanted.Decade))
            : throw new InputException(source, 0, columns[found[0]].Name, own, $"must be in {unit} or a multiple of it");
    }

    // Of several lines of one time the first and the last count: from the one to the other in the time of an edge.
    private static (List<double> Times, List<double> Voltages) WithEdges(List<double> times, List<double> voltages, double edge)
    {
        var (t, v) = (new List<double>(), new List<double>());
        for (int i = 0; i < times.Count; i++)
        {
            int last = i;
            while (last + 1 < times.Count && times[last + 1] == times[i])
                last++;
            t.Add(times[i]);
            v.Add(voltages[i]);
            if (last > i && !voltages[last].Equals(voltages[i]))
            {
                double next = last + 1 < times.Count ? times[last + 1] - times[i] : double.PositiveInfinity;
                t.Add(times[i] + Math.Min(edge, next / 2));
                v.Add(voltages[last]);
            }
            i = last;
        }
        return (t, v);
    }
}
